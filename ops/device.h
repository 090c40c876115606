/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The devices that every container has: made where the kernel allows it, else
 * bound from the host's /dev. What is bound is looked at first: it is the
 * device with the right numbers, and not what a link or a file of that name
 * leads to (CVE-2025-31133).
 */
#ifndef CTRSH_OPS_DEVICE_H
#define CTRSH_OPS_DEVICE_H

#include "op.h"

/* null zero full random urandom tty in the directory dev (a tmpfs, nobody else
 * has it yet). under: the directory that dev covers, which may be the host's /dev. */
int device_make_all(struct call *c, int dev, int under);

/* The null device as a detached mount, from the box's /dev or made for it; an
 * empty file that nobody can write to where no device can be had. For
 * move_mount(2). -1: c->err. */
int device_null_mount(struct call *c);

#endif
