/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Making a group is mkdir(2), once its parent is ready. libcgroup does not do
 * it here: on v2 cgroup_create_cgroup(3) would write to cgroup.subtree_control
 * of every ancestor, which a delegated group does not permit; nor does it
 * remove them: cgroup_delete_cgroup(3) moves processes out, where they would live
 * on.
 */
#include "ops/cgroup/groupmake.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/box/warden.h"
#include "ops/cgroup/group.h"
#include "ops/cgroup/groupsweep.h"
#include "ops/cgroup/grouptree.h"
#include "ops/sys/sys.h"

/* The group that we have in this hierarchy: each has a device number of its
 * own, however often it is mounted. -1: none yet. */
int groupmake_find(const struct session *s, const char *mount)
{
	struct stat root, own;
	size_t n = strlen(mount);

	for (int i = 0; i < s->made->n_groups && stat(mount, &root) == 0; i++)
		if (stat(s->made->groups[i].dir, &own) == 0 && own.st_dev == root.st_dev &&
		    !strncmp(s->made->groups[i].dir, mount, n) && s->made->groups[i].dir[n] == '/')
			return i;
	return -1;
}

/* A filter gives the same errno (seccomp(2)), so it is looked at. */
static int explain_mkdir(struct call *c, const struct place *p)
{
	int errnum = c->err->errnum;

	if (errnum == EROFS) {
		err_why(c->err, "the hierarchy is mounted read-only here, as in many containers");
	} else if ((errnum == EACCES || errnum == EPERM) &&
		   faccessat(AT_FDCWD, p->parent, W_OK | X_OK, AT_EACCESS) < 0) {
		err_why(c->err, "user %u may make no group there%s", (unsigned)geteuid(),
			p->v2 ? "" : "; " GROUPPATH_V1_ROOTS);
		err_fix(c->err, "run ctrsh with sudo%s",
			p->v2 ? ", or in a delegated group: systemd-run --user --scope -p "
				"Delegate=yes ctrsh"
			      : "");
	} else if (errnum == EAGAIN) {
		err_why(c->err,
			"cgroup.max.descendants or cgroup.max.depth of a group above is reached");
	}
	return -1;
}

/* What will be made, and below what there will perhaps be changes for it
 * (grouptree.h): before anything is done. A half of the name must not be read. */
static void write_down(struct session *s, const struct place *p)
{
	struct made *m = s->made;

	m->making = false;
	atomic_signal_fence(memory_order_seq_cst);
	snprintf(m->groups[m->n_groups].dir, sizeof(m->groups->dir), "%.950s/ctrsh-%d-%u",
		 p->parent, (int)s->shell, ++s->groups_made);
	atomic_signal_fence(memory_order_seq_cst);
	m->making = true;
}

/* PIDs are not unique: a ctrsh in another PID namespace may have ours. */
static int make_directory(struct call *c, const struct place *p)
{
	struct session *s = c->session;
	const char *dir = s->made->groups[s->made->n_groups].dir;
	struct err before = *c->err;
	int r, tries = 100;

	while ((r = sys_mkdir(c, dir, 0755)) < 0 && c->err->errnum == EEXIST && --tries)
		write_down(s, p);
	if (r < 0)
		return explain_mkdir(c, p);
	*c->err = before;
	groupsweep_mark(s, dir);
	return group_add(s);
}

int groupmake_create(struct call *c, const char *controller, struct place *p)
{
	struct session *s = c->session;
	int at = -1, lock;

	if (s->made->n_groups == GROUPS_MAX)
		return err_kernel(c->err, 0, "more than %d control groups for one box", GROUPS_MAX);
	if (grouppath_parent(c, controller, p) < 0 ||
	    (groupsweep(c, p->parent) && grouppath_parent(c, controller, p) < 0) ||
	    warden_needed(s, c->err) < 0)
		return -1;
	lock = p->v2 ? grouptree_lock(p->parent) : -1;
	write_down(s, p);
	if (!p->v2 || grouptree_ready(c, p->mount, p->parent, controller) == 0)
		at = make_directory(c, p);
	if (lock >= 0)
		close(lock);
	if (at < 0 && p->v2)
		grouptree_restore(p->parent);
	s->made->making = false;
	return at;
}

/* A group of v2 may still lack this controller. */
int groupmake_extend(struct call *c, const char *controller, struct place *p, int at)
{
	int lock, r;

	if (!p->v2)
		return at;
	snprintf(p->parent, sizeof(p->parent), "%s", c->session->made->groups[at].dir);
	*strrchr(p->parent, '/') = '\0';
	lock = grouptree_lock(p->parent);
	r = grouptree_ready(c, p->mount, p->parent, controller);
	if (lock >= 0)
		close(lock);
	return r < 0 ? -1 : at;
}
