/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * unshare: new namespaces for the box (unshare(2), namespaces(7)). Three of
 * them need more than the call:
 * - pid moves only children, so the box forks and the new process, PID 1
 *   inside, is the box from then on (pid_namespaces(7));
 * - time likewise takes effect for children only (time_namespaces(7));
 * - mnt copies the mounts with their propagation: unless it is made private,
 *   what is mounted inside appears on the host (mount_namespaces(7)).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auto.h"
#include "box.h"
#include "diagnose.h"
#include "ns.h"
#include "serve.h"
#include "signals.h"
#include "sys.h"

static unsigned wanted(int argc, char **argv)
{
	unsigned flags = 0;

	for (int i = 1; i < argc; i++) {
		const struct ns *ns = ns_find(argv[i]);

		flags |= ns ? ns->flag : 0;
	}
	return flags;
}

/* The old PID 1 of a namespace cannot leave: the namespace would die with it.
 * It stays to reap, and ends as the box below it does. */
_Noreturn static void stay_as_reaper(pid_t box)
{
	int status;

	close_range(3, ~0U, 0);
	for (;;) {
		pid_t pid = waitpid(-1, &status, 0);

		if (pid == box || (pid < 0 && errno != EINTR))
			_exit(pid == box ? exit_status(status) : 1);
	}
}

/* The process forks and the child goes on in its place. The pipe keeps the
 * order: the parent has written its part of the trace before the child's. */
static int succeed(struct call *c)
{
	auto_close int in = -1, out = -1;
	bool init = getpid() == 1;
	int p[2];
	pid_t pid;
	char end;

	if (pipe2(p, O_CLOEXEC) < 0)
		return sys_report(c, -1, errno, "pipe2()");
	in = p[0];
	out = p[1];
	pid = init ? sys_fork(c) : sys_clone_sibling(c);
	if (pid < 0)
		return -1;
	if (pid > 0) {
		if (init)
			stay_as_reaper(pid);
		_exit(0);
	}
	close(steal_fd(&out));
	while (read(in, &end, 1) < 0 && errno == EINTR)
		;
	serve_die_with_parent();
	return 0;
}

/* The root of the mount namespace, from inside a chroot: joining one's own
 * mount namespace sets root and working directory to its root (setns(2)). */
static int private_from_chroot(struct call *c)
{
	auto_close int root = sys_open_path(c, "/");
	auto_close int cwd = sys_open_path(c, ".");
	auto_close int self = sys_pidfd_open_self(c);
	int r;

	if (root < 0 || cwd < 0 || self < 0 ||
	    sys_setns(c, self, "pidfd of itself", CLONE_NEWNS) < 0)
		return -1;
	r = sys_mount(c, NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	if (sys_fchdir(c, root, "the root it had") < 0 || sys_chroot(c, ".") < 0 ||
	    sys_fchdir(c, cwd, "the directory it had") < 0)
		_exit(1); /* neither here nor there: better no box than one outside */
	return r;
}

static int make_private(struct call *c)
{
	struct err first = *c->err;

	if (sys_mount(c, NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0)
		return 0;
	if (c->err->errnum != EINVAL)
		return -1;
	if (private_from_chroot(c) < 0)
		return -1;
	*c->err = first;
	return 0;
}

static int check(int argc, char **argv, struct err *err)
{
	for (int i = 1; i < argc; i++) {
		if (!ns_find(argv[i])) {
			err_usage(err, "unshare: no such namespace: %.100s", argv[i]);
			err_why(err, "the kernel has uts pid mnt ipc net cgroup user time");
			return -1;
		}
		for (int j = 1; j < i; j++)
			if (!strcmp(argv[i], argv[j]))
				return err_usage(err, "unshare: %s is named twice", argv[i]);
	}
	return 0;
}

static int settle(struct call *c, unsigned flags)
{
	if ((flags & CLONE_NEWNS) && make_private(c) < 0)
		return -1;
	if (flags & (CLONE_NEWPID | CLONE_NEWTIME))
		return succeed(c);
	return 0;
}

/* What unshare(2) did cannot be taken back. A box that stays half way, with
 * mounts that still propagate or children in another namespace than itself,
 * would be a trap: it ends. */
static int box(struct call *c)
{
	unsigned flags = wanted(c->argc, c->argv);

	if (sys_unshare(c, flags) < 0)
		return -1;
	if (settle(c, flags) == 0)
		return 0;
	c->err->kind = ERR_BOX;
	return -1;
}

/* From outside: the numbers of the namespaces, before and after. */
static int host(struct call *c)
{
	const struct session *s = c->session;
	ino_t before[16] = {0};
	int i = 0, r;

	if (c->trace->on)
		for (const struct ns *ns = namespaces; ns->name; ns++)
			before[i++] = ns_id(s->box.pid, ns);
	/* The old box makes way for its successor, and its orphans come to us. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	r = box_ask(c);
	prctl(PR_SET_CHILD_SUBREAPER, 0);
	if (r < 0)
		return -1;
	i = 0;
	for (const struct ns *ns = namespaces; ns->name && c->trace->on; ns++, i++)
		if (wanted(c->argc, c->argv) & ns->flag)
			trace_line(c->trace, "%s namespace: %lu -> %lu", ns->name,
				   (unsigned long)before[i], (unsigned long)ns_id(s->box.pid, ns));
	if (c->trace->on && (wanted(c->argc, c->argv) & CLONE_NEWPID))
		trace_line(c->trace, "the box: PID 1 inside, PID %d outside", (int)s->box.pid);
	return 0;
}

static bool lacks_map(struct call *c)
{
	char path[64], line[64];
	auto_fclose FILE *f = NULL;

	box_proc(c->session, path, sizeof(path), "uid_map");
	f = fopen(path, "re");
	return f && !fgets(line, sizeof(line), f);
}

static void diagnose(struct call *c)
{
	struct stat here, there;
	char root[64];

	box_proc(c->session, root, sizeof(root), "root/.");
	if (c->err->errnum == EPERM && (wanted(c->argc, c->argv) & CLONE_NEWUSER) &&
	    stat("/proc/self/root/.", &here) == 0 && stat(root, &there) == 0 &&
	    (here.st_ino != there.st_ino || here.st_dev != there.st_dev)) {
		err_why(c->err,
			"the box has another root: after chroot the kernel makes no user "
			"namespace (user_namespaces(7))");
		err_fix(c->err, "reset, and unshare user before chroot");
	} else if (c->err->errnum == EPERM && (wanted(c->argc, c->argv) & CLONE_NEWUSER) &&
		   lacks_map(c)) {
		err_why(c->err,
			"the box's user namespace has no uid_map: its user and group IDs do not exist there (user_namespaces(7))");
	} else if (c->err->errnum == ENOSPC) {
		diagnose_namespace_limits(c);
	} else if (c->err->errnum == EAGAIN) {
		diagnose_fork(c);
	} else {
		diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	}
	if (c->err->kind == ERR_BOX && !c->err->why[0])
		err_why(c->err,
			"unshare itself succeeded and cannot be taken back: a box that stays "
			"half way is a trap");
}

const struct op op_unshare = {
	.name = "unshare",
	.usage = "unshare NAMESPACE...",
	.summary = "give the box namespaces of its own",
	.detail =
		"NAMESPACE is one of uts pid mnt ipc net cgroup user time. The kernel gives the\n"
		"box a copy (uts, mnt) or an empty one (pid, ipc, net) that it shares with "
		"nobody.\n"
		"  pid   only children move, so the box forks: the new process is PID 1 inside.\n"
		"  mnt   mounts are then made private, or they would show up on the host.\n"
		"  time  takes effect for children, so the box forks here too.\n"
		"  user  the box then holds all capabilities there, but no ID is mapped: whoever it\n"
		"        was is shown as 65534, and the programs it runs hold no capability.\n"
		"Needs CAP_SYS_ADMIN, except for user.\n"
		"See unshare(2), namespaces(7).",
	.argmin = 1,
	.argmax = 8,
	.args = {{ARG_WORD, ns_names}},
	.check = check,
	.gains = wanted,
	.host = host,
	.box = box,
	.diagnose = diagnose,
};
