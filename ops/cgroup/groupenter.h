/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How processes get into a control group of ours.
 */
#ifndef CTRSH_OPS_CGROUP_GROUPENTER_H
#define CTRSH_OPS_CGROUP_GROUPENTER_H

#include "ops/cgroup/group.h"

/* The box alone. 0, or -1 with why: it is where it was. */
int groupenter_box(struct call *c, const struct opened *g);

/* Then all that it started before. 0 or -1. */
int groupenter_descendants(struct call *c, const struct opened *g);

#endif
