/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where in the control group hierarchy a group of ours can be made.
 */
#ifndef CTRSH_OPS_CGROUP_GROUPPATH_H
#define CTRSH_OPS_CGROUP_GROUPPATH_H

#include "ops/op.h"

/* Whoever may write there could take the machine (release_agent): the kernel's
 * documents speak of delegation for v2 alone (cgroup-v2.rst). */
#define GROUPPATH_V1_ROOTS "cgroup v1 has no safe delegation: the groups are root's"

struct place {
	char mount[512];   /* where the hierarchy of the controller is mounted */
	char parent[1024]; /* the directory below which ours goes */
	bool v2;
};

/* Where the hierarchy is; libcgroup is started. 0, or -1: there is no such
 * controller, with those that there are. */
int grouppath_hierarchy(struct call *c, const char *controller, struct place *p);

/* Then finds the parent. On v2 it may have to be made ready (grouptree.h). 0 or
 * -1 with why and fix. */
int grouppath_parent(struct call *c, const char *controller, struct place *p);

#endif
