/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cgroup freeze, thaw and kill. v2 has cgroup.freeze in every group, v1 a
 * hierarchy of its own (the kernel's freezer-subsystem.rst). The box is in the
 * group, too, and frozen it cannot answer: box.c refuses to ask it. kill spares it:
 * its end is reset.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "auto.h"
#include "children.h"
#include "group.h"
#include "groupfile.h"
#include "sys.h"

#define MANY     1024
#define TRIES    500
#define PAUSE_NS 10000000L /* 500 of them are 5 s */

static void pause_a_little(void)
{
	nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
}

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

static int host_freeze(struct call *c)
{
	struct opened g;

	if (open_freezer(c, &g) < 0 || group_close(c, &g, 0) < 0 ||
	    (groupfile_exists(g.dir, "freezer.state")
		     ? group_write(c, &g, "freezer.state", "FROZEN")
		     : group_write(c, &g, "cgroup.freeze", "1")) < 0)
		return -1;
	for (int i = 0; i < TRIES; i++) {
		if (all_frozen(&g))
			return 0;
		pause_a_little();
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

	for (int i = 0; i < s->n_groups; i++) {
		const char *dir = s->groups[i].dir;

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

/* What keeps the group from growing while it is killed, and its value before. */
struct hold {
	const char *file, *on;
	char before[32];
};

static bool hold(struct call *c, const char *dir, struct hold *h)
{
	static const char *const holds[][2] = {
		{"cgroup.freeze", "1"}, {"freezer.state", "FROZEN"}, {"pids.max", "0"}};

	for (size_t i = 0; i < sizeof(holds) / sizeof(holds[0]); i++) {
		h->file = holds[i][0];
		h->on = holds[i][1];
		if (groupfile_line(dir, h->file, h->before, sizeof(h->before)))
			return strcmp(h->before, h->on) != 0 &&
			       groupfile_write(c, dir, h->file, h->on) == 0;
	}
	return false;
}

/* Held by a descriptor and looked for again, it cannot be somebody else. */
static int kill_one(struct call *c, const char *dir, pid_t pid)
{
	auto_close int fd = (int)syscall(SYS_pidfd_open, pid, 0);
	pid_t again[MANY];
	int r;

	if (fd < 0)
		return errno == ESRCH ? 0 : sys_report(c, -1, errno, "pidfd_open(%d, 0)", (int)pid);
	if (!children_has(again, groupfile_processes(dir, again, MANY), pid))
		return 0;
	sys_report(c, fd, 0, "pidfd_open(%d, 0)", (int)pid);
	r = (int)syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0);
	if (r < 0 && errno == ESRCH)
		return 0;
	return sys_report(c, r, r < 0 ? errno : 0, "pidfd_send_signal(%d<%d>, SIGKILL, NULL, 0)",
			  fd, (int)pid);
}

/* All but the box, and those that turn up meanwhile, once each. wait: until
 * they are gone. */
static int kill_group(struct call *c, const char *dir, bool wait)
{
	pid_t now[MANY], done[MANY];
	int n_done = 0, left = 1;

	for (int i = 0; left && i < TRIES; i++) {
		int n = groupfile_processes(dir, now, MANY);

		left = 0;
		for (int k = 0; k < n; k++) {
			if (now[k] == c->session->box.pid)
				continue;
			left++;
			if (children_has(done, n_done, now[k]) || n_done == MANY)
				continue;
			done[n_done++] = now[k];
			if (kill_one(c, dir, now[k]) < 0)
				return -1;
		}
		if (left && wait)
			pause_a_little();
		else if (left)
			return 0;
	}
	return left ? err_kernel(c->err, 0, "after 5 s %d killed processes are still in %s", left,
				 dir)
		    : 0;
}

/* Frozen on v1, what is killed goes only when it is thawed. */
static int host_kill(struct call *c)
{
	struct session *s = c->session;
	char controller[64] = "pids";
	bool v2;
	int r = 0;

	if (!s->n_groups) {
		struct opened g;

		if ((!group_offers(c, controller, &v2) &&
		     group_core(c, controller, sizeof(controller)) < 0) ||
		    group_open(c, controller, &g) < 0 || group_close(c, &g, 0) < 0)
			return -1;
	}
	for (int i = 0; i < s->n_groups && r == 0; i++) {
		const char *dir = s->groups[i].dir;
		struct hold h;
		bool held = hold(c, dir, &h), sleeps = groupfile_exists(dir, "freezer.state");

		r = kill_group(c, dir, !sleeps && !group_is_frozen(s));
		if (held && groupfile_write(c, dir, h.file, h.before) < 0)
			return -1;
		if (r == 0 && held)
			r = kill_group(c, dir, true);
	}
	return r;
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
	.flags = OP_WARDEN,
	.prepare = group_prepare,
	.host = host_freeze,
};

const struct op op_cgroup_thaw = {
	.name = "cgroup thaw",
	.usage = "cgroup thaw",
	.summary = "let it go on",
	.detail = "The end of cgroup freeze. See cgroups(7).",
	.flags = OP_WARDEN,
	.prepare = group_prepare,
	.host = host_thaw,
};

const struct op op_cgroup_kill = {
	.name = "cgroup kill",
	.usage = "cgroup kill",
	.summary = "kill everything in the box but the box itself",
	.detail =
		"What run left in the background gets SIGKILL, one process after the other, while\n"
		"the group is frozen or can take no new process. The box lives on; reset ends it,\n"
		"too. (cgroup cgroup.kill 1 has the kernel kill all of the group, box and all: v2,\n"
		"since Linux 5.14.) See pidfd_send_signal(2), cgroups(7).",
	.flags = OP_WARDEN,
	.prepare = group_prepare,
	.host = host_kill,
};
