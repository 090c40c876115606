/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The directories of a box's control groups: where they are, and made. Places
 * are those in session.groups; -1 with why and fix where there is none.
 */
#ifndef CTRSH_OPS_CGROUP_GROUPMAKE_H
#define CTRSH_OPS_CGROUP_GROUPMAKE_H

#include "ops/box/session.h"
#include "ops/cgroup/grouppath.h"

/* The group in the hierarchy that is mounted there; -1: none yet. */
int groupmake_find(const struct session *s, const char *mount);

/* A new one. */
int groupmake_create(struct call *c, const char *controller, struct place *p);

/* Sees to it that the one we have got has this controller, too. */
int groupmake_extend(struct call *c, const char *controller, struct place *p, int at);

#endif
