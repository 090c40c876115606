/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a file or directory could not be made.
 */
#ifndef CTRSH_OPS_FILES_NODEDIAG_H
#define CTRSH_OPS_FILES_NODEDIAG_H

#include <stdbool.h>

#include "ops/op.h"

/* For EOVERFLOW: has the box a user or group ID that its user namespace does not
 * know? true: told. */
bool diagnose_unmapped(struct call *c);

/* path: what was to be made. Fills why and fix of c->err, if it finds them. */
void diagnose_creation(struct call *c, const char *path);

#endif
