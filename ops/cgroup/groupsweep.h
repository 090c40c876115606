/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Groups whose session was killed together with its warden.
 */
#ifndef CTRSH_OPS_CGROUP_GROUPSWEEP_H
#define CTRSH_OPS_CGROUP_GROUPSWEEP_H

#include "ops/op.h"

/* Writes this session's name (owner.h) on a group that it has just made. */
void groupsweep_mark(const struct session *s, const char *dir);

/* Of the groups below parent, removes those that ctrsh made, whose session has
 * certainly ended, and in which nothing is. What it removes is in the trace. true:
 * there was something, and parent is as it was before that session. */
bool groupsweep(struct call *c, const char *parent);

#endif
