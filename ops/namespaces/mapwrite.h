/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writing the files of the box's user namespace in /proc/PID.
 */
#ifndef CTRSH_OPS_NAMESPACES_MAPWRITE_H
#define CTRSH_OPS_NAMESPACES_MAPWRITE_H

#include "ops/op.h"

/* In the parent namespace (parentns.h): text into uid_map, gid_map or
 * setgroups, with one write(2). 0 or -1. */
int mapwrite(struct call *c, const char *file, const char *text);

/* Denies setgroups, unless it is already. */
int mapwrite_deny_setgroups(struct call *c);

/* In a host half: fn, which writes, in the parent namespace; then the box
 * becomes whom the map makes it (become.h). */
int mapwrite_and_become(struct call *c, int (*fn)(struct call *c));

#endif
