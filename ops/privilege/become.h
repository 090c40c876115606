/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A box whose own ID has no place in the map of its user namespace is nobody
 * (65534) there, and yet on disk whoever it was on the host. Where 0 is
 * mapped, it becomes 0.
 */
#ifndef CTRSH_OPS_PRIVILEGE_BECOME_H
#define CTRSH_OPS_PRIVILEGE_BECOME_H

#include "ops/op.h"

/* Host half: looks at maps and IDs, and asks the box for what is needed: with
 * the one argument uid, gid or ids. 0 or -1. */
int become_host(struct call *c);

/* Box half: that argument? Then does it. */
bool become_is_asked(const struct call *c);
int become_box(struct call *c);

#endif
