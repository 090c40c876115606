/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The limits that the control groups of a process set, read from the kernel's
 * files on v1 and v2 (cgroups(7)). A limit holds for all groups below, so the
 * tightest on the way to the root is the one in force.
 */
#ifndef CTRSH_OPS_FACTS_GROUPLIMIT_H
#define CTRSH_OPS_FACTS_GROUPLIMIT_H

#include "ops/facts/membership.h"

struct grouplimit {
	const char *name;       /* pids, memory, swap, memory+swap, cpu, io */
	const char *controller; /* as on v1; */
	const char *on_v2;      /* and on v2: another name or the same */
	const char *v1, *v2;    /* the file of the limit; NULL: there is none */
	const char *v1_used, *v2_used;
	/* Reads that of one group: how tight it is, and in words. false: no limit there. */
	bool (*read)(const struct grouplimit *l, const char *dir, bool v2, double *tight,
		     char *text, size_t size);
};

extern const struct grouplimit grouplimits[]; /* ends with a NULL name */

struct in_force {
	char limit[400];  /* in words: "20", "64M", "0.5 CPUs"; "" : none */
	char used[64];    /* "" : the kernel doesn't count it */
	char group[1000]; /* the directory of the group that sets it, or else of its own */
	bool own;         /* which is the process's own, and not one above */
};

/* What is in force in the group, which is in that hierarchy. */
void grouplimit_read(const struct grouplimit *l, const struct group_dir *d, bool v2,
		     struct in_force *f);

#endif
