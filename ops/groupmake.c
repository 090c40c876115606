/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Making a group is mkdir(2), once its parent is ready. libcgroup does not do
 * it here: on v2 cgroup_create_cgroup(3) would write to cgroup.subtree_control
 * of every ancestor, which a delegated group does not permit; nor does it
 * remove them: cgroup_delete_cgroup(3) moves processes out, where they would live
 * on.
 */
#include "groupmake.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "group.h"
#include "grouptree.h"
#include "sys.h"

/* The group that we have in this hierarchy: each has a device number of its
 * own, however often it is mounted. -1: none yet. */
int groupmake_find(const struct session *s, const char *mount)
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
	return group_add(s, dir);
}

int groupmake_create(struct call *c, const char *controller, struct place *p)
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
int groupmake_extend(struct call *c, const char *controller, struct place *p, int at)
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
