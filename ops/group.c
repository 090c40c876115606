/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box's control groups, through libcgroup: it knows where the hierarchies
 * are, writes values and moves the box. The directories are made here: on v2
 * cgroup_create_cgroup(3) would write to cgroup.subtree_control of every
 * ancestor, which a delegated group does not permit. They are removed here too:
 * cgroup_delete_cgroup(3) moves processes out, where they would live on.
 */
#include "group.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "groupenter.h"
#include "groupfile.h"
#include "grouplib.h"
#include "grouppath.h"
#include "grouptree.h"
#include "sys.h"

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
	for (int i = 0; i < s->n_groups; i++)
		if (groupfile_line(s->groups[i].dir, "cgroup.controllers", list, sizeof(list)) &&
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

/* The group that we have in this hierarchy: each has a device number of its
 * own, however often it is mounted. -1: none yet. */
static int find(const struct session *s, const char *mount)
{
	struct stat root, own;
	size_t n = strlen(mount);

	for (int i = 0; i < s->n_groups && stat(mount, &root) == 0; i++)
		if (stat(s->groups[i].dir, &own) == 0 && own.st_dev == root.st_dev &&
		    !strncmp(s->groups[i].dir, mount, n) && s->groups[i].dir[n] == '/')
			return i;
	return -1;
}

static int explain_mkdir(struct call *c)
{
	int errnum = c->err->errnum;

	if (errnum == EROFS) {
		err_why(c->err, "the hierarchy is mounted read-only here, as in many containers");
	} else if (errnum == EACCES || errnum == EPERM) {
		err_why(c->err, "user %u may make no group there", (unsigned)geteuid());
		err_fix(c->err,
			"run ctrsh with sudo, or in a delegated group: systemd-run --user "
			"--scope -p Delegate=yes ctrsh");
	} else if (errnum == EAGAIN) {
		err_why(c->err,
			"cgroup.max.descendants or cgroup.max.depth of a group above is reached");
	}
	return -1;
}

/* PIDs are not unique: a ctrsh in another PID namespace may have ours. */
static int make_directory(struct call *c, const struct place *p)
{
	struct session *s = c->session;
	struct err before = *c->err;
	int r, tries = 100;
	char *dir;

	if (s->n_groups == GROUPS_MAX)
		return err_kernel(c->err, 0, "more than %d control groups for one box", GROUPS_MAX);
	dir = s->groups[s->n_groups].dir;
	do {
		snprintf(dir, sizeof(s->groups->dir), "%.950s/ctrsh-%d-%u", p->parent,
			 (int)s->shell, ++s->groups_made);
		r = sys_mkdir(c, dir, 0755);
	} while (r < 0 && c->err->errnum == EEXIST && --tries);
	if (r < 0)
		return explain_mkdir(c);
	*c->err = before;
	return s->n_groups++;
}

static int create(struct call *c, const char *controller, struct place *p)
{
	int at = -1, lock;

	if (grouppath_parent(c, controller, p) < 0)
		return -1;
	if (!p->v2)
		return make_directory(c, p);
	lock = grouptree_lock(p->parent);
	if (grouptree_ready(c, p->mount, p->parent, controller) == 0)
		at = make_directory(c, p);
	if (lock >= 0)
		close(lock);
	if (at < 0)
		grouptree_restore(p->parent);
	return at;
}

/* A group of v2 may still lack this controller. */
static int extend(struct call *c, const char *controller, struct place *p, int at)
{
	int lock, r;

	if (!p->v2)
		return at;
	snprintf(p->parent, sizeof(p->parent), "%s", c->session->groups[at].dir);
	*strrchr(p->parent, '/') = '\0';
	lock = grouptree_lock(p->parent);
	r = grouptree_ready(c, p->mount, p->parent, controller);
	if (lock >= 0)
		close(lock);
	return r < 0 ? -1 : at;
}

int group_open(struct call *c, const char *controller, struct opened *g)
{
	struct place p = {0};

	*g = (struct opened){.at = -1};
	snprintf(g->controller, sizeof(g->controller), "%.80s", controller);
	if (grouplib_start(c) < 0 || grouppath_hierarchy(c, controller, &p) < 0)
		return -1;
	g->v2 = p.v2;
	g->at = find(c->session, p.mount);
	g->fresh = g->at < 0;
	snprintf(g->mount, sizeof(g->mount), "%s", p.mount);
	g->at = g->fresh ? create(c, controller, &p) : extend(c, controller, &p, g->at);
	g->dir = g->at < 0 ? NULL : c->session->groups[g->at].dir;
	return g->at < 0 ? -1 : 0;
}

int group_write(struct call *c, const struct opened *g, const char *file, const char *value)
{
	if (grouplib_write(c, g->dir + strlen(g->mount), g->controller, file, value) == 0)
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
	s->n_groups--; /* it was the last */
	s->groups[s->n_groups].dir[0] = '\0';
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
