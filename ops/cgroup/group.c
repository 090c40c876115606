/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box's control groups, through libcgroup: it knows where the hierarchies
 * are, writes values and moves the box. The directories are made and removed
 * here (groupmake.c, groupend.c).
 */
#include "ops/cgroup/group.h"

#include <stdio.h>
#include <string.h>

#include "ops/cgroup/groupenter.h"
#include "ops/cgroup/groupfile.h"
#include "ops/cgroup/grouplib.h"
#include "ops/cgroup/groupmake.h"
#include "ops/cgroup/grouppath.h"
#include "ops/cgroup/grouptree.h"

void group_prepare(void)
{
	grouplib_prepare();
}

bool group_offers(struct call *c, const char *controller, bool *v2)
{
	struct place p = {0};
	struct err ignored = *c->err;
	bool there;

	if (grouplib_start(c) < 0)
		return false;
	there = grouppath_hierarchy(c, controller, &p) == 0;
	*v2 = p.v2;
	*c->err = ignored;
	return there;
}

static bool is_v2(struct call *c, const char *controller)
{
	bool v2 = false;

	return group_offers(c, controller, &v2) && v2;
}

/* One that the group has already; else pids, which costs least, or any. */
int group_core(struct call *c, char *controller, unsigned size)
{
	const struct session *s = c->session;
	char list[256], *rest = list;

	if (grouplib_start(c) < 0)
		return -1;
	for (int i = 0; i < s->made->n_groups; i++)
		if (groupfile_line(s->made->groups[i].dir, "cgroup.controllers", list,
				   sizeof(list)) &&
		    list[0]) {
			snprintf(controller, size, "%.*s", (int)strcspn(list, " "), list);
			return 0;
		}
	snprintf(controller, size, "pids");
	if (is_v2(c, controller))
		return 0;
	grouplib_controllers(list, sizeof(list));
	for (char *word = strtok_r(list, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
		snprintf(controller, size, "%s", word);
		if (is_v2(c, controller))
			return 0;
	}
	err_kernel(c->err, 0, "this machine has no cgroup v2 with a controller");
	err_why(c->err, "%s is a file of cgroup v2; mounted here is v1",
		c->argc > 1 ? c->argv[1] : "cgroup.freeze");
	return -1;
}

int group_open(struct call *c, const char *controller, struct opened *g)
{
	struct place p = {0};

	*g = (struct opened){.at = -1};
	snprintf(g->controller, sizeof(g->controller), "%.80s", controller);
	if (grouplib_start(c) < 0 || grouppath_hierarchy(c, controller, &p) < 0)
		return -1;
	g->v2 = p.v2;
	g->at = groupmake_find(c->session, p.mount);
	g->fresh = g->at < 0;
	snprintf(g->mount, sizeof(g->mount), "%s", p.mount);
	g->at = g->fresh ? groupmake_create(c, controller, &p)
			 : groupmake_extend(c, controller, &p, g->at);
	g->dir = g->at < 0 ? NULL : c->session->made->groups[g->at].dir;
	return g->at < 0 ? -1 : 0;
}

int group_write(struct call *c, const struct opened *g, const char *file, const char *value)
{
	/* libcgroup opens for reading, too: cgroup.kill and some others are only written. And 3.1
	 * calls it a success to pass over those that are only read. */
	bool one_way = groupfile_exists(g->dir, file) &&
		       (!groupfile_readable(g->dir, file) || groupfile_read_only(g->dir, file));

	if ((one_way ? groupfile_write(c, g->dir, file, value)
		     : grouplib_write(c, g->dir + strlen(g->mount), g->controller, file, value)) ==
	    0)
		return 0;
	group_why(c, g, file, value);
	return -1;
}

/* A group that holds no box is of no use, and must not stay. */
static void discard(struct call *c, const struct opened *g)
{
	struct session *s = c->session;
	char parent[1000];

	group_remove_dir(g->dir);
	snprintf(parent, sizeof(parent), "%s", g->dir);
	*strrchr(parent, '/') = '\0';
	grouptree_restore(parent);
	s->made->n_groups--; /* it was the last */
}

int group_close(struct call *c, const struct opened *g, int r)
{
	if (!g->fresh || g->at < 0)
		return r;
	if (r == 0 && groupenter_box(c, g) == 0)
		return groupenter_descendants(c, g);
	discard(c, g);
	return -1;
}

int group_set(struct call *c, const char *controller, const char *file, const char *value)
{
	struct opened g;

	if (group_open(c, controller, &g) < 0)
		return -1;
	return group_close(c, &g, group_write(c, &g, file, value));
}
