/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Below a nested `unshare user` the parent is not the shell's own user
 * namespace. A process is forked that joins it (setns(2); the creator of a
 * namespace, and root above it, may), does its work and ends.
 */
#include "ops/namespaces/parentns.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/serve.h"
#include "ops/box/session.h"
#include "ops/namespaces/nstree.h"
#include "ops/sys/sys.h"

static bool same(int a, int b)
{
	struct stat x, y;

	return fstat(a, &x) == 0 && fstat(b, &y) == 0 && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/* A descriptor of the parent, -1: it cannot be seen. */
static int parent_of_box(struct call *c)
{
	auto_close int user = nstree_open(c->session->box.pid, "user");

	return user < 0 ? -1 : nstree_parent(user);
}

bool parentns_is_ours(struct call *c)
{
	auto_close int parent = parent_of_box(c), own = nstree_open(getpid(), "user");

	return parent >= 0 && own >= 0 && same(parent, own);
}

static _Noreturn void act(struct call *c, int parent, int report, int (*fn)(struct call *c))
{
	serve_die_with_parent();
	if (sys_setns(c, parent, "the parent of the box's user namespace", CLONE_NEWUSER) == 0) {
		serve_die_with_parent();
		if (fn(c) == 0)
			_exit(0);
	}
	_exit(write(report, c->err, sizeof(*c->err)) < 0 ? 2 : 1);
}

static int elsewhere(struct call *c, int parent, int (*fn)(struct call *c))
{
	auto_close int in = -1, out = -1;
	int p[2], status = -1;
	struct err failure;
	pid_t pid;

	if (pipe2(p, O_CLOEXEC) < 0)
		return sys_report(c, -1, errno, "pipe2()");
	in = p[0];
	out = p[1];
	pid = sys_fork(c);
	if (pid < 0)
		return -1;
	if (pid == 0)
		act(c, parent, out, fn);
	close(steal_fd(&out));
	if (read(in, &failure, sizeof(failure)) == sizeof(failure))
		*c->err = failure;
	else
		failure.kind = ERR_NONE;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (status != 0 && failure.kind == ERR_NONE)
		err_kernel(c->err, 0, "the process in the parent user namespace was killed");
	return status == 0 ? 0 : -1;
}

int parentns_do(struct call *c, int (*fn)(struct call *c))
{
	auto_close int parent = parent_of_box(c);

	if (parent < 0 || parentns_is_ours(c))
		return fn(c);
	return elsewhere(c, parent, fn);
}
