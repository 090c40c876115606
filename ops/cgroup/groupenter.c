/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box goes first: from then on all that it starts is born inside. What it
 * started before is known from /proc, and is moved process by process until
 * nothing new turns up (libcgroup would move single threads on v1). On v1 a
 * group with cpusets takes nobody before both of its sets are filled
 * (cpusets(7): ENOSPC).
 */
#include "ops/cgroup/groupenter.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/box/children.h"
#include "ops/cgroup/groupfile.h"
#include "ops/cgroup/grouplib.h"
#include "ops/cgroup/grouptree.h"

#define MANY   1024
#define ROUNDS 100

static int fill_cpuset(struct call *c, const struct opened *g, const char *file)
{
	char parent[1000], value[512];

	if (!groupfile_line(g->dir, file, value, sizeof(value)) || value[0])
		return 0;
	snprintf(parent, sizeof(parent), "%s", g->dir);
	*strrchr(parent, '/') = '\0';
	groupfile_line(parent, file, value, sizeof(value));
	return value[0] ? group_write(c, g, file, value) : 0;
}

static int explain(struct call *c, const struct opened *g)
{
	char parent[1000];

	snprintf(parent, sizeof(parent), "%s", g->dir);
	*strrchr(parent, '/') = '\0';
	if (g->v2 && c->err->errnum == EACCES && !groupfile_writable(parent, "cgroup.procs")) {
		err_why(c->err,
			"who moves a process must be allowed to write cgroup.procs of the group "
			"above both places, and user %u may not in %.200s",
			(unsigned)geteuid(), parent);
		err_fix(c->err, "systemd-run --user --scope -p Delegate=yes ctrsh");
	} else if (c->err->errnum == EOPNOTSUPP || (g->v2 && grouptree_is_threaded(g->dir))) {
		err_why(c->err,
			"%.200s has become threaded: pids or cpu was distributed while it held "
			"processes, and no process can enter a group below",
			parent);
	} else if (g->v2 && c->err->errnum == ENOENT && groupfile_exists(g->dir, "cgroup.procs")) {
		err_why(c->err,
			"what is mounted at %.200s reaches beyond the cgroup namespace of ctrsh, and "
			"no process may be moved across that (cgroup_namespaces(7))",
			g->mount);
		err_fix(c->err, "unshare -m, and there mount -t cgroup2 none %.200s", g->mount);
	} else if (c->err->errnum == EBUSY && g->v2) {
		err_why(c->err,
			"the group distributes controllers itself: processes live in leaves");
	}
	return -1;
}

int groupenter_box(struct call *c, const struct opened *g)
{
	if (!g->v2 && groupfile_exists(g->dir, "cpuset.mems") &&
	    (fill_cpuset(c, g, "cpuset.mems") < 0 || fill_cpuset(c, g, "cpuset.cpus") < 0))
		return -1;
	if (grouplib_attach(c, g->dir + strlen(g->mount), g->controller, c->session->box.pid) == 0)
		return 0;
	return explain(c, g);
}

/* Appends the descendants of pid, the box or one of them, to list. */
static int descendants(pid_t box, pid_t pid, pid_t *list, int n)
{
	pid_t *own = NULL;
	int k = children_of(pid, pid == box, &own);

	for (int i = 0; i < k && n < MANY; i++) {
		list[n++] = own[i];
		n = descendants(box, own[i], list, n);
	}
	free(own);
	return n;
}

static int move(struct call *c, const struct opened *g, pid_t pid)
{
	struct err before = *c->err;
	char value[16];

	snprintf(value, sizeof(value), "%d", (int)pid);
	if (groupfile_write(c, g->dir, "cgroup.procs", value) == 0)
		return 1;
	if (c->err->errnum != ESRCH)
		return -1;
	*c->err = before; /* it ended meanwhile */
	return 0;
}

int groupenter_descendants(struct call *c, const struct opened *g)
{
	pid_t all[MANY], inside[MANY];
	int moved = 1;

	for (int round = 0; moved && round < ROUNDS; round++) {
		pid_t box = c->session->box.pid;
		int n = descendants(box, box, all, 0), m;

		if (n == 0)
			return 0;
		m = groupfile_processes(g->dir, inside, MANY);
		moved = 0;
		for (int i = 0; i < n; i++) {
			int r = children_has(inside, m, all[i]) ? 0 : move(c, g, all[i]);

			if (r < 0)
				return -1;
			moved += r;
		}
	}
	return 0;
}
