/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The propagation of all mounts of the box (mount_namespaces(7)).
 */
#ifndef CTRSH_OPS_FILES_PROPAGATE_H
#define CTRSH_OPS_FILES_PROPAGATE_H

#include "ops/op.h"

/* In the box half: MS_PRIVATE, MS_SLAVE or MS_SHARED for all that is mounted
 * in its mount namespace. 0 or -1. */
int propagate_all(struct call *c, unsigned long propagation);

#endif
