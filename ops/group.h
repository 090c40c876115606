/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The control group of a box (cgroups(7)): one directory, ctrsh-PID-N, made
 * below the caller's own group, that the box is moved into. Works on cgroup
 * v1, on hybrid hosts and on v2. All of it happens on the host.
 */
#ifndef CTRSH_OPS_GROUP_H
#define CTRSH_OPS_GROUP_H

#include "op.h"
#include "session.h"

/* Sets a limit: file (as pids.max) of controller (as pids) to value. Makes the
 * group and moves the box into it the first time. In the warden. 0 or -1. */
int group_set(struct call *c, const char *controller, const char *file, const char *value);

/* Starts what group_set needs, ahead of time. */
void group_prepare(void);

/* pids.current and pids.max (LONG_MAX for max). 0 or -1. */
int group_numbers(const struct group *g, long *now, long *max);

/* Kills what is in the session's group, removes it. false: it is still there,
 * and named in left (size 256). */
bool group_remove(struct session *s, char *left);

/* The same for a directory, by itself. Waits at most 5 s. */
bool group_remove_dir(const char *dir);

#endif
