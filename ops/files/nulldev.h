/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Something empty to cover a file with.
 */
#ifndef CTRSH_OPS_FILES_NULLDEV_H
#define CTRSH_OPS_FILES_NULLDEV_H

#include "ops/op.h"

/* The null device as a detached mount, from the box's /dev if it really is one,
 * or made for it; where no device can be had, an empty file that nobody can write
 * to. For move_mount(2). -1: c->err. */
int nulldev_mount(struct call *c);

#endif
