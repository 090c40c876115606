/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A path of the box, looked up from outside.
 */
#ifndef CTRSH_OPS_BOXPATH_H
#define CTRSH_OPS_BOXPATH_H

#include <stdint.h>

#include "session.h"

/* What the path leads to as the box sees it: from its root, no link leaves it
 * (RESOLVE_IN_ROOT); or, if relative, from its working directory. An O_PATH
 * descriptor, or -1 and errno. resolve: further RESOLVE_* bits (openat2(2)). */
int boxpath_open(const struct session *s, const char *path, uint64_t resolve);

#endif
