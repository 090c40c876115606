/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The devices that every container has: made where the kernel allows it, else
 * bound from the host's /dev. What is bound is looked at first: it is the
 * device with the right numbers, and not what a link or a file of that name
 * leads to (CVE-2025-31133).
 */
#ifndef CTRSH_OPS_FILES_DEVICE_H
#define CTRSH_OPS_FILES_DEVICE_H

#include <stdbool.h>
#include <sys/types.h>

#include "ops/op.h"

/* null zero full random urandom tty in the directory dev (a tmpfs, nobody else
 * has it yet). under: the directory that dev covers, which may be the host's /dev. */
int device_make_all(struct call *c, int dev, int under);

/* Is name in that directory this device itself, and not a link? */
bool device_is(int dir, const char *name, dev_t number);

/* A copy of the mount of that one device, detached, for move_mount(2). What it
 * shows is looked at once more: -1 if it is not the device (c->err). */
int device_copy(struct call *c, int dir, const char *name, dev_t number);

#endif
