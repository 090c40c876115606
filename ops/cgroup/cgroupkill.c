/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cgroup kill: everything in the box but the box itself, whose end is reset.
 * The kernel's own cgroup.kill (v2, since Linux 5.14) would spare nobody, so it is done
 * process by process, while the group is frozen or may not grow.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/box/children.h"
#include "ops/box/signals.h"
#include "ops/cgroup/group.h"
#include "ops/cgroup/groupfile.h"
#include "ops/sys/sys.h"

#define MANY     1024
#define TRIES    500
#define PAUSE_NS 10000000L /* 500 of them are 5 s */

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

/* Does the freezer of v1 hold the box, by whichever of its groups? */
static bool is_stuck(struct call *c)
{
	const struct session *s = c->session;
	char state[32];

	for (int i = 0; i < s->made->n_groups; i++)
		if (groupfile_line(s->made->groups[i].dir, "freezer.state", state, sizeof(state)) &&
		    strcmp(state, "THAWED") != 0)
			return true;
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

struct killed {
	pid_t pids[MANY];
	int n;
};

/* All but the box, and those that turn up meanwhile, once each. wait: until
 * they are gone. */
static int kill_group(struct call *c, const char *dir, struct killed *done, bool wait)
{
	pid_t now[MANY];
	int left = 1;

	for (int i = 0; left && i < TRIES; i++) {
		int n = groupfile_processes(dir, now, MANY);

		left = 0;
		for (int k = 0; k < n; k++) {
			if (now[k] == c->session->box.pid)
				continue;
			left++;
			if (children_has(done->pids, done->n, now[k]) || done->n == MANY)
				continue;
			done->pids[done->n++] = now[k];
			if (kill_one(c, dir, now[k]) < 0)
				return -1;
		}
		if (left && !wait)
			return 0;
		if (left && signals_pause(PAUSE_NS) < 0)
			return box_interrupted(c->err);
	}
	return left ? err_kernel(c->err, 0, "after 5 s %d killed processes are still in %s", left,
				 dir)
		    : 0;
}

/* Frozen on v1, what is killed goes only when it is thawed: then not waited for. */
static int kill_held(struct call *c, const char *dir)
{
	struct killed done = {.n = 0};
	struct hold h;
	bool held = hold(c, dir, &h), stuck = is_stuck(c);
	int r = kill_group(c, dir, &done, !stuck);

	if (held && groupfile_write(c, dir, h.file, h.before) < 0)
		return -1;
	return r == 0 && held && stuck ? kill_group(c, dir, &done, true) : r;
}

static int host_kill(struct call *c)
{
	struct session *s = c->session;
	char controller[64] = "pids";
	struct opened g;
	bool v2;
	int r = 0;

	if (!s->made->n_groups && ((!group_offers(c, controller, &v2) &&
				    group_core(c, controller, sizeof(controller)) < 0) ||
				   group_open(c, controller, &g) < 0 || group_close(c, &g, 0) < 0))
		return -1;
	for (int i = 0; i < s->made->n_groups && r == 0; i++)
		r = kill_held(c, s->made->groups[i].dir);
	return r;
}

const struct op op_cgroup_kill = {
	.name = "cgroup kill",
	.usage = "cgroup kill",
	.summary = "kill everything in the box but the box itself",
	.detail =
		"What run left in the background gets SIGKILL, one process after the other, while\n"
		"the group is frozen or can take no new process. The box lives on; reset ends it,\n"
		"too. (cgroup cgroup.kill 1 has the kernel kill all of the group, box and all: v2,\n"
		"since Linux 5.14.) See pidfd_send_signal(2), cgroups(7).",
	.prepare = group_prepare,
	.host = host_kill,
};
