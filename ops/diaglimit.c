/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Limits that were reached: of namespaces, processes, descriptors. Several can
 * be the one, so the values and what is used of them are read.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auto.h"
#include "boxid.h"
#include "diagnose.h"
#include "diagprobe.h"
#include "group.h"
#include "limits.h"
#include "ns.h"
#include "nstree.h"
#include "probes.h"

/* With so many descriptors a box starts programs: its streams, the socket, the
 * program's streams, copies and a pipe (program.c, run.c). */
#define DESCRIPTORS 16

/* What a process in the user namespace reads there: each has a table of its own
 * (namespaces(7), /proc/sys/user). -1: it cannot be told. */
static long limit_inside(struct call *c, const char *path)
{
	auto_close int user = nstree_open(c->session->box.pid, "user");
	auto_close int in = -1;
	long n = -1;
	int p[2];
	pid_t pid;

	if (user < 0 || pipe2(p, O_CLOEXEC) < 0)
		return -1;
	in = p[0];
	pid = fork();
	if (pid == 0) {
		struct call quiet = {0};

		if (setns(user, CLONE_NEWUSER) == 0)
			n = diagnose_number(&quiet, path);
		_exit(write(p[1], &n, sizeof(n)) < 0);
	}
	close(p[1]);
	if (pid < 0 || read(in, &n, sizeof(n)) != sizeof(n))
		n = -1;
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (n >= 0)
		probes_note(c, path, "the same, in the box", "%ld", n);
	return n;
}

/* The limit is the box's own: its sysctl sets it. */
static bool is_inside(struct call *c, const char *name, const char *path, long outside)
{
	long inside = -1;

	if (diagnose_own(c, CLONE_NEWUSER))
		inside = limit_inside(c, path);
	if (inside < 0 || inside >= outside)
		return false;
	err_why(c->err,
		"not the disk: in the box's user namespace %s is %ld (outside %ld), for each user "
		"there",
		path, inside, outside);
	err_first(c->err, "sysctl user.max_%s_namespaces %ld", name, inside ? inside * 2 : 1000);
	return true;
}

/* The smallest limit among those of the wanted namespaces. */
void diagnose_namespace_limits(struct call *c, unsigned flags, int depth)
{
	const char *least = NULL;
	char path[64];
	long limit = -1;

	for (const struct ns *ns = namespaces; ns->name; ns++) {
		long n;

		snprintf(path, sizeof(path), "/proc/sys/user/max_%s_namespaces", ns->name);
		n = flags & ns->flag ? diagnose_number(c, path) : -1;
		if (n >= 0 && (limit < 0 || n < limit)) {
			limit = n;
			least = ns->name;
		}
	}
	if (!least)
		return;
	snprintf(path, sizeof(path), "/proc/sys/user/max_%s_namespaces", least);
	if (is_inside(c, least, path, limit))
		return;
	if (limit == 0)
		err_why(c->err, "not the disk: /proc/sys/user/max_%s_namespaces is 0", least);
	else
		err_why(c->err,
			"not the disk: /proc/sys/user/max_%s_namespaces is %ld for each user, and "
			"the box is %d user namespace%s deep, each with a limit of its own",
			least, limit, depth, depth == 1 ? "" : "s");
	if (geteuid() == 0)
		err_first(c->err, "!sysctl -w user.max_%s_namespaces=%ld", least,
			  limit ? limit * 2 : 1000);
	else
		err_first(c->err, "!sudo sysctl -w user.max_%s_namespaces=%ld", least,
			  limit ? limit * 2 : 1000);
}

static void fork_limit(struct call *c, const struct rlimit *nproc, uid_t uid)
{
	err_why(c->err,
		"RLIMIT_NPROC is %lu, which counts all processes of user %u, or a control "
		"group above has a limit",
		(unsigned long)nproc->rlim_cur, (unsigned)uid);
	if (nproc->rlim_max == RLIM_INFINITY)
		err_first(c->err, "rlimit nproc unlimited");
	else if (nproc->rlim_max > nproc->rlim_cur)
		err_first(c->err, "rlimit nproc %llu", (unsigned long long)nproc->rlim_max);
	else
		err_fix(c->err, "reset: a hard limit does not rise again");
}

void diagnose_fork(struct call *c)
{
	struct rlimit nproc;
	struct boxid id;
	long max, now;

	if (group_numbers(c->session, &now, &max) == 0 && now >= max) {
		probes_note(c, "pids.current", "processes in its control group", "%ld", now);
		probes_note(c, "pids.max", "of at most", "%ld", max);
		err_why(c->err,
			"the limit works: the control group holds %ld of at most %ld processes",
			now, max);
		err_first(c->err, "cgroup pids %ld", max > 1 ? max * 2 : 4);
		return;
	}
	boxid_read(c->session->box.pid, &id);
	if (diagnose_limit(c, RLIMIT_NPROC, &nproc) == 0 && nproc.rlim_cur != RLIM_INFINITY)
		fork_limit(c, &nproc, id.uid);
}

void diagnose_descriptors(struct call *c)
{
	struct rlimit files;

	if (diagnose_limit(c, RLIMIT_NOFILE, &files) < 0 || files.rlim_cur >= DESCRIPTORS)
		return;
	err_why(c->err,
		"the limit works: RLIMIT_NOFILE is %lu, and the box itself holds some descriptors "
		"to start a program",
		(unsigned long)files.rlim_cur);
	err_first(c->err, "rlimit nofile %d", DESCRIPTORS);
}
