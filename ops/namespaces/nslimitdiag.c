/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ENOSPC of a new namespace. It counts in the user namespace that makes it and
 * in all above that one, each with limits of its own (namespaces(7),
 * /proc/sys/user; inc_ucount() in kernel/ucount.c). A process reads only those
 * of its own user namespace, so a child enters one after the other. How many
 * are used the kernel tells nobody: those that processes are in are counted.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/session.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/nstree.h"
#include "ops/why/diagnose.h"
#include "ops/why/probes.h"

#define SEEN_MAX 4096

/* The first namespaces have fixed numbers (linux/proc_ns.h), and count nowhere. */
#define IS_FIRST(number) ((number) >> 4 == 0xeffffff)
#define FIRST_USER       0xeffffffdU

/* A user namespace from the box's upwards. */
struct level {
	int user;   /* the descriptor */
	int above;  /* so many above the box's */
	bool shell; /* it is the shell's own: there the walk ends */
};

static long read_inside(int user, const char *path)
{
	auto_close int in = -1;
	long n = -1;
	int p[2];
	pid_t pid;

	if (pipe2(p, O_CLOEXEC) < 0)
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
	return n;
}

static ino_t number_of(int fd)
{
	struct stat st;

	return fd >= 0 && fstat(fd, &st) == 0 ? st.st_ino : 0;
}

/* Was it made in the user namespace, or in one below? */
static bool counts_in(int ns, ino_t user)
{
	int fd = ioctl(ns, NS_GET_USERNS);

	while (fd >= 0) {
		bool same = number_of(fd) == user;
		int parent = same ? -1 : nstree_parent(fd);

		close(fd);
		if (same)
			return true;
		fd = parent;
	}
	return false;
}

/* Namespaces of this kind, of processes, that count there; no more than SEEN_MAX. */
static long in_use(const struct level *l, const struct ns *ns)
{
	static ino_t seen[SEEN_MAX];
	ino_t user = number_of(l->user);
	DIR *proc = opendir("/proc");
	long n = 0;

	for (struct dirent *d; n < SEEN_MAX && proc && (d = readdir(proc)) != NULL;) {
		pid_t pid = (pid_t)strtol(d->d_name, NULL, 10);
		auto_close int fd = pid > 0 ? nstree_open(pid, ns->name) : -1;
		ino_t number = number_of(fd);
		bool known = !number || IS_FIRST(number);

		for (long i = 0; !known && i < n; i++)
			known = seen[i] == number;
		if (!known && counts_in(fd, user))
			seen[n++] = number;
	}
	if (proc)
		closedir(proc);
	return n;
}

static void shells(struct call *c, const struct ns *ns, long max, long used)
{
	if (max == 0)
		err_why(c->err, "not the disk: /proc/sys/user/max_%s_namespaces is 0", ns->name);
	else
		err_why(c->err,
			"not the disk: /proc/sys/user/max_%s_namespaces is %ld for each user, and "
			"processes are in %ld",
			ns->name, max, used);
	err_first(c->err,
		  geteuid() == 0 ? "!sysctl -w user.max_%s_namespaces=%ld"
				 : "!sudo sysctl -w user.max_%s_namespaces=%ld",
		  ns->name, max ? max * 2 : 1000);
}

static void tell(struct call *c, const struct level *l, const struct ns *ns, long max, long used)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/sys/user/max_%s_namespaces", ns->name);
	if (l->shell) {
		shells(c, ns, max, used);
	} else if (!l->above) {
		err_why(c->err,
			"not the disk: in the box's user namespace %s is %ld (outside %ld), for "
			"each user there",
			path, max, diagnose_number(c, path));
		err_first(c->err, "sysctl user.max_%s_namespaces %ld", ns->name,
			  max ? max * 2 : 1000);
	} else {
		err_why(c->err,
			"not the disk: in a user namespace above the box's (%d up) %s is %ld for "
			"each user, and what is made below it counts there, too",
			l->above, path, max);
		err_fix(c->err,
			"reset, and there, before the next unshare user: sysctl "
			"user.max_%s_namespaces %ld",
			ns->name, max ? max * 2 : 1000);
	}
}

/* What is known after the walk. */
struct seen {
	bool unread;    /* a limit that cannot be read */
	long max, used; /* of the first kind, in the shell's user namespace, where it is the last */
	const char *kind; /* its name */
};

/* true: a limit is reached there, and told. */
static bool is_reached(struct call *c, const struct level *l, unsigned flags, struct seen *seen)
{
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		char path[64], name[48];
		long max, used = 0;

		if (!(flags & ns->flag))
			continue;
		snprintf(path, sizeof(path), "/proc/sys/user/max_%s_namespaces", ns->name);
		max = l->shell ? diagnose_number(c, path) : read_inside(l->user, path);
		seen->unread |= max < 0;
		snprintf(name, sizeof(name), "the same, %d user namespaces above", l->above);
		if (max >= 0 && !l->shell)
			probes_note(c, path, l->above ? name : "the same, in the box", "%ld", max);
		if (max > 0 && (l->shell || max <= SEEN_MAX))
			used = in_use(l, ns);
		if (l->shell && !seen->kind)
			*seen = (struct seen){seen->unread, max, used, ns->name};
		if (max < 0 || max > SEEN_MAX || used < max)
			continue;
		tell(c, l, ns, max, used);
		return true;
	}
	return false;
}

/* Those above the shell's own user namespace nobody in it can read. */
static void tell_none(struct call *c, const struct seen *seen, bool first)
{
	if (first || seen->unread || !seen->kind) {
		err_why(c->err,
			"not the disk: one of the user namespaces from the box's upwards has "
			"reached its limit of namespaces for a user "
			"(/proc/sys/user/max_*_namespaces there)%s",
			seen->unread ? "; not all of them can be read from here" : "");
		return;
	}
	err_why(c->err,
		"not the disk: the limit that is seen here is not reached%s "
		"(/proc/sys/user/max_%s_namespaces is %ld, processes are in %ld), so one of a user "
		"namespace around ctrsh is, which cannot be read from here",
		seen->max > SEEN_MAX ? "" : ", as far as processes tell", seen->kind, seen->max,
		seen->used);
	err_fix(c->err,
		"start ctrsh outside of that user namespace, or let its maker allow more (bwrap: "
		"without --disable-userns)");
}

void diagnose_namespace_limits(struct call *c, unsigned flags)
{
	auto_close int own = nstree_open(getpid(), "user");
	struct level l = {.user = nstree_open(c->session->box.pid, "user")};
	struct seen seen = {0};
	bool found = false;

	while (!found && l.user >= 0) {
		int parent;

		l.shell = number_of(l.user) == number_of(own);
		found = is_reached(c, &l, flags, &seen);
		parent = l.shell ? -1 : nstree_parent(l.user);
		close(l.user);
		l.user = parent;
		l.above++;
	}
	if (!found && l.above)
		tell_none(c, &seen, number_of(own) == FIRST_USER);
}
