/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The control groups of a box (cgroups(7)): in each hierarchy that an op needs
 * one directory, ctrsh-PID-N, made below the caller's own group, that the box
 * and what it started are moved into. On v2 that is one for everything, on v1
 * one for each controller (or those mounted together). All of it happens on
 * the host, in the shell.
 */
#ifndef CTRSH_OPS_CGROUP_GROUP_H
#define CTRSH_OPS_CGROUP_GROUP_H

#include "ops/box/session.h"
#include "ops/op.h"

/* One of them, while an op works on it. */
struct opened {
	int at; /* in session.groups */
	const char *dir;
	char controller[84];
	char mount[512]; /* of its hierarchy */
	bool v2, fresh;
};

/* Starts what is needed, ahead of time. */
void group_prepare(void);

/* Is the controller's hierarchy there, and is it v2? The names of some differ. */
bool group_offers(struct call *c, const char *controller, bool *v2);

/* A controller of v2 by which the files are reached that belong to none
 * (cgroup.freeze). 0, or -1: v2 has none here. */
int group_core(struct call *c, char *controller, unsigned size);

/* The group for a controller, made if there is none yet; the box is not moved
 * into it before group_close. 0 or -1 with why and fix. */
int group_open(struct call *c, const char *controller, struct opened *g);

/* Writes a value; a refusal is explained. 0 or -1. */
int group_write(struct call *c, const struct opened *g, const char *file, const char *value);

/* r: how the writes went. The box and its descendants enter a group that is
 * new; if it failed, a new one is removed. Returns 0 or -1. */
int group_close(struct call *c, const struct opened *g, int r);

/* The three together, for one value. */
int group_set(struct call *c, const char *controller, const char *file, const char *value);

/* "50%", "1.5", "2": the processor time in each period, both in µs (the period is the kernel's
 * default, and a quota at least 1000). -1: malformed, or too little or too much. */
#define GROUP_CPU_PERIOD 100000
long group_cpu_quota(const char *word);

/* cpu.shares of v1 for a weight of v2: 100 is 1024. */
int group_cpu_shares(int weight);

/* The one that was being made (session.made) is there. Returns its place. */
int group_add(struct session *s);

/* pids.current and pids.max (LONG_MAX for max). 0 or -1. */
int group_numbers(const struct session *s, long *now, long *max);

/* How many processes in the box the kernel killed because the memory limit was
 * reached, so far; -1: there is no such limit, or it is not counted. */
long group_oom_kills(const struct session *s);

/* How many forks the limit of processes refused there, so far; -1: it is not counted. */
long group_forks_refused(const struct session *s);

/* Says in *err that there were such kills since there were so many before. */
void group_oom_why(struct session *s, long before, struct err *err);

/* Is the box frozen (cgroup.freeze, or the freezer of v1)? */
bool group_is_frozen(const struct session *s);

/* Lets it go on where nothing frozen can even be killed: on v1. */
void group_thaw(const struct session *s);

/* Kills what is in the session's groups, removes them, newest first, and puts back what
 * was changed above them. false: some are still there; one is named in left
 * (size 256). */
bool group_remove(struct session *s, char *left);

/* For one directory. Waits at most 5 s. */
bool group_remove_dir(const char *dir);

/* Adds why (and fix) to the refusal of a write, by looking. */
void group_why(struct call *c, const struct opened *g, const char *file, const char *value);

#endif
