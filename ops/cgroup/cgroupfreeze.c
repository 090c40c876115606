/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cgroup freeze and thaw. v2 has cgroup.freeze in every group, v1 a hierarchy of
 * its own (the kernel's freezer-subsystem.rst). The box is in the group, too,
 * and frozen it cannot answer: box.c refuses to ask it.
 */
#include <string.h>

#include "ops/box/box.h"
#include "ops/box/signals.h"
#include "ops/cgroup/group.h"
#include "ops/cgroup/groupfile.h"

#define TRIES    500
#define AGAIN    50
#define PAUSE_NS 10000000L /* 500 of them are 5 s */

static bool all_frozen(const struct opened *g)
{
	char state[32];

	if (groupfile_line(g->dir, "freezer.state", state, sizeof(state)))
		return !strcmp(state, "FROZEN");
	return groupfile_key(g->dir, "cgroup.events", "frozen") == 1;
}

static int open_freezer(struct call *c, struct opened *g)
{
	char controller[64] = "freezer";
	bool v2;

	if (!group_offers(c, controller, &v2) && group_core(c, controller, sizeof(controller)) < 0)
		return -1;
	return group_open(c, controller, g);
}

/* On v1 a group in which something forks can stay FREEZING for good; thawed for
 * a moment it gets another chance. */
static int freeze_again(struct call *c, struct opened *g)
{
	if (!groupfile_exists(g->dir, "freezer.state"))
		return 0;
	if (group_write(c, g, "freezer.state", "THAWED") < 0)
		return -1;
	return group_write(c, g, "freezer.state", "FROZEN");
}

static int host_freeze(struct call *c)
{
	struct opened g;

	if (open_freezer(c, &g) < 0 || group_close(c, &g, 0) < 0 ||
	    (groupfile_exists(g.dir, "freezer.state")
		     ? group_write(c, &g, "freezer.state", "FROZEN")
		     : group_write(c, &g, "cgroup.freeze", "1")) < 0)
		return -1;
	for (int i = 1; i <= TRIES; i++) {
		if (all_frozen(&g))
			return 0;
		if (signals_pause(PAUSE_NS) < 0)
			return box_interrupted(c->err);
		if (i % AGAIN == 0 && freeze_again(c, &g) < 0)
			return -1;
	}
	err_kernel(c->err, 0, "after 5 s some process of the box is not frozen");
	err_why(c->err, "one that waits in the kernel (state D) is frozen only when it comes back");
	err_fix(c->err, "cgroup thaw, or reset");
	return -1;
}

/* Wherever it is that it is frozen. */
static int host_thaw(struct call *c)
{
	const struct session *s = c->session;
	char state[32];

	for (int i = 0; i < s->made->n_groups; i++) {
		const char *dir = s->made->groups[i].dir;

		if (groupfile_number(dir, "cgroup.freeze") == 1 &&
		    groupfile_write(c, dir, "cgroup.freeze", "0") < 0)
			return -1;
		if (groupfile_line(dir, "freezer.state", state, sizeof(state)) &&
		    strcmp(state, "THAWED") != 0 &&
		    groupfile_write(c, dir, "freezer.state", "THAWED") < 0)
			return -1;
	}
	if (!group_is_frozen(s))
		return 0;
	err_kernel(c->err, 0, "the box is still frozen");
	err_why(c->err, "a control group above it is");
	return -1;
}

const struct op op_cgroup_freeze = {
	.name = "cgroup freeze",
	.usage = "cgroup freeze",
	.summary = "stop everything in the box, until cgroup thaw",
	.detail =
		"Writes cgroup.freeze, or on cgroup v1 freezer.state, and waits until no process "
		"of\n"
		"the box gets to run. The box itself is among them: until cgroup thaw it takes no "
		"op\n"
		"but those of cgroup; reset and quit end it all the same. See cgroups(7), and\n"
		"Documentation/admin-guide/cgroup-v1/freezer-subsystem.rst of the kernel.",
	.prepare = group_prepare,
	.host = host_freeze,
};

const struct op op_cgroup_thaw = {
	.name = "cgroup thaw",
	.usage = "cgroup thaw",
	.summary = "let it go on",
	.detail = "The end of cgroup freeze. See cgroups(7).",
	.prepare = group_prepare,
	.host = host_thaw,
};
