/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On cgroup v2 a group has a controller only if its parent distributes it
 * (cgroup.subtree_control), and except for the root none may distribute while
 * it holds processes (cgroups(7), "no internal processes"; the kernel's
 * cgroup-v2.rst). pids and cpu can, but turn the group threaded without a
 * word, and then no process can enter those below. So its processes go to a
 * leaf first. What was changed is written down in the group itself, as an
 * extended attribute (since Linux 5.7), for whoever leaves it last.
 */
#include "ops/cgroup/grouptree.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "ops/cgroup/groupfile.h"
#include "ops/sys/sys.h"

#define CGROUP2_MAGIC 0x63677270 /* CGROUP2_SUPER_MAGIC, linux/magic.h */
#define ROOM          1100
#define MANY          4096
#define ROUNDS        100

bool grouptree_is_root(const char *dir)
{
	return groupfile_exists(dir, "cgroup.procs") && !groupfile_exists(dir, "cgroup.type");
}

bool grouptree_is_delegated(const char *dir)
{
	char value[4] = "";

	return (getxattr(dir, "user.delegate", value, 1) == 1 ||
		getxattr(dir, "trusted.delegate", value, 1) == 1) &&
	       value[0] == '1';
}

bool grouptree_is_threaded(const char *dir)
{
	char type[64];

	return groupfile_line(dir, "cgroup.type", type, sizeof(type)) &&
	       strcmp(type, "domain") != 0;
}

static void remember(const char *dir, const char *controller)
{
	char list[512] = "";
	ssize_t n = getxattr(dir, GROUPTREE_MARK, list, sizeof(list) - 80);

	list[n > 0 ? n : 0] = '\0';
	snprintf(list + strlen(list), 80, "%s%.64s", n > 0 ? " " : "", controller);
	setxattr(dir, GROUPTREE_MARK, list, strlen(list), 0);
}

static int distribute(struct call *c, const char *dir, const char *controller)
{
	char value[80], before[512];
	ssize_t n;

	snprintf(value, sizeof(value), "+%.64s", controller);
	n = getxattr(dir, GROUPTREE_MARK, before, sizeof(before));
	remember(dir, controller); /* first: ctrsh could be killed in between */
	if (groupfile_write(c, dir, "cgroup.subtree_control", value) == 0)
		return 0;
	if (n > 0)
		setxattr(dir, GROUPTREE_MARK, before, (size_t)n, 0);
	else
		removexattr(dir, GROUPTREE_MARK);
	if (c->err->errnum == EACCES || c->err->errnum == EPERM || c->err->errnum == EROFS) {
		err_why(c->err, "%s does not distribute %s, and user %u may not change that%s", dir,
			controller, (unsigned)geteuid(),
			c->err->errnum == EROFS ? ": it is mounted read-only" : "");
		err_fix(c->err,
			"run ctrsh with sudo, or in a delegated group: systemd-run --user "
			"--scope -p Delegate=yes ctrsh");
	}
	return -1;
}

/* A process that ended meanwhile, or cannot be seen from here (PID 0)? */
static int move(struct call *c, const char *leaf, pid_t pid)
{
	struct err before = *c->err;
	char value[16];

	snprintf(value, sizeof(value), "%d", (int)pid);
	if (groupfile_write(c, leaf, "cgroup.procs", value) == 0)
		return 0;
	if (c->err->errnum != ESRCH)
		return -1;
	*c->err = before;
	return 0;
}

static int move_all(struct call *c, const char *dir, const char *leaf)
{
	pid_t pids[MANY];
	int n, rounds = 0;

	while ((n = groupfile_processes(dir, pids, MANY)) > 0 && rounds++ < ROUNDS)
		for (int i = 0; i < n; i++)
			if (move(c, leaf, pids[i]) < 0)
				return -1;
	if (n == 0)
		return 0;
	return err_kernel(c->err, 0, "new processes start in %s faster than they can be moved",
			  dir);
}

/* Whose processes are they? Where the whole group was handed to us, as to a user
 * or a container, they are ours to arrange; the kernel asks no more than
 * that its files may be written. */
static int may_make_leaf(struct call *c, const char *dir, const char *controller)
{
	pid_t pids[MANY];
	int n = groupfile_processes(dir, pids, MANY);
	bool ours = groupfile_writable(dir, "cgroup.procs") && groupfile_writable(dir, ".");
	bool unseen = false;

	for (int i = 0; i < n; i++)
		unseen |= pids[i] == 0;
	if (ours && !unseen && !grouptree_is_threaded(dir))
		return 0;
	err_kernel(c->err, 0, "no control group for the box can be made below %s", dir);
	if (grouptree_is_threaded(dir))
		err_why(c->err,
			"it is threaded: pids or cpu was distributed there while it held "
			"processes, and no process can enter a group below");
	else if (unseen)
		err_why(c->err,
			"it holds processes of a PID namespace outside of this one, which cannot "
			"be moved out of its way (cgroups(7), no internal processes)");
	else
		err_why(c->err,
			"it does not distribute %s, and one that holds processes cannot begin to "
			"(cgroups(7), no internal processes)",
			controller);
	err_fix(c->err,
		"run ctrsh in a group of its own: systemd-run %s--scope -p Delegate=yes ctrsh",
		geteuid() ? "--user " : "");
	return -1;
}

static int make_leaf(struct call *c, const char *dir, const char *controller)
{
	struct err before = *c->err;
	char leaf[ROOM];

	if (may_make_leaf(c, dir, controller) < 0)
		return -1;
	snprintf(leaf, sizeof(leaf), "%.1000s/" GROUPTREE_LEAF, dir);
	if (sys_mkdir(c, leaf, 0755) < 0) {
		if (c->err->errnum != EEXIST)
			return -1;
		*c->err = before;
	}
	if (move_all(c, dir, leaf) == 0)
		return 0;
	grouptree_take_back(dir);
	return -1;
}

int grouptree_ready(struct call *c, const char *top, const char *dir, const char *controller)
{
	char above[ROOM];
	pid_t pid;

	if (groupfile_has(dir, "cgroup.subtree_control", controller))
		return 0;
	if (!groupfile_has(dir, "cgroup.controllers", controller) && strcmp(dir, top) != 0) {
		snprintf(above, sizeof(above), "%.1000s", dir);
		*strrchr(above, '/') = '\0';
		if (grouptree_ready(c, top, above, controller) < 0)
			return -1;
	}
	if (!grouptree_is_root(dir) && groupfile_processes(dir, &pid, 1) > 0 &&
	    make_leaf(c, dir, controller) < 0)
		return -1;
	if (distribute(c, dir, controller) == 0)
		return 0;
	grouptree_take_back(dir);
	return -1;
}
