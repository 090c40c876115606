/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a cgroup namespace begins: at the groups that its maker was in, one in each
 * hierarchy (cgroup_namespaces(7)). Where that was the top one, the names of all others
 * are seen as before.
 */
#ifndef CTRSH_OPS_AUDIT_GROUPNAMES_H
#define CTRSH_OPS_AUDIT_GROUPNAMES_H

#include <stdbool.h>

#include "ops/facts/subject.h"

struct groupnames {
	int errnum;     /* why it can't be told; 0: it can */
	int n;          /* hierarchies that have groups of others */
	int seen;       /* of them: those with our top group as its own */
	int below;      /* of these: it is in a group below by now */
	char list[128]; /* the names of those seen */
};

/* shared: it has our cgroup namespace; then of one that it would make now. */
void groupnames_read(const struct subject *who, bool shared, struct groupnames *g);

#endif
