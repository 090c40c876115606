/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files of a control group that an op would write and what, by the version here (cgroups(7)).
 */
#ifndef CTRSH_OPS_EXPLAIN_GROUPSETTINGS_H
#define CTRSH_OPS_EXPLAIN_GROUPSETTINGS_H

#include "ops/explain/explain.h"

struct setting {
	char file[64], value[160];
};

#define SETTINGS_MAX 4

/* How many. */
int settings_of(const struct explaining *x, struct setting *s);

/* The controller of "cgroup WORD", "cgroup weight WORD" or "cgroup FILE". */
void settings_controller(const struct explaining *x, char *name, size_t size);

/* Is its hierarchy one of v2? */
bool settings_v2(const struct explaining *x);

/* The limits of "rbps=1M,wiops=3" one after the other, each with docker's option for it. */
bool settings_next_limit(const char **rest, const char **docker, long long *value);

#endif
