/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The root of the box's mount namespace, from inside a chroot.
 */
#ifndef CTRSH_OPS_NAMESPACES_NSROOT_H
#define CTRSH_OPS_NAMESPACES_NSROOT_H

#include "ops/op.h"

/* In the box: opens a directory as the root of its mount namespace names it
 * (O_PATH). The box stands where it stood; it ends should there be no way back.
 * -1: c->err. Needs CAP_SYS_ADMIN and CAP_SYS_CHROOT in its user namespace. */
int nsroot_open(struct call *c, const char *dir);

#endif
