/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where in the control group hierarchy a group of ours can be made.
 */
#ifndef CTRSH_OPS_GROUPPATH_H
#define CTRSH_OPS_GROUPPATH_H

#include "op.h"

struct place {
	char mount[512];  /* where the hierarchy of the controller is mounted */
	char parent[512]; /* group below which ours goes, from there: "/" or "/a/b" */
	bool v2;
};

/* Finds the place for a controller; libcgroup is initialised. 0 or -1 with why
 * and fix. */
int group_place(struct call *c, const char *controller, struct place *p);

#endif
