/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A PID or time namespace that was unshared, and a PID namespace that was
 * joined, is for children (pid_namespaces(7), time_namespaces(7)). As a
 * sibling (CLONE_PARENT) the new process is the shell's child, as the old was.
 */
#include "ops/box/successor.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/box/serve.h"
#include "ops/sys/sys.h"

/* The old PID 1 of a namespace cannot leave: the namespace would die with it.
 * It stays to reap, and ends as the box below it does. */
static _Noreturn void stay_as_reaper(pid_t box)
{
	int status;

	close_range(3, ~0U, 0);
	for (;;) {
		pid_t pid = waitpid(-1, &status, 0);

		if (pid == box || (pid < 0 && errno != EINTR))
			_exit(pid == box ? exit_status(status) : 1);
	}
}

/* The pipe keeps the order: the parent has written its part of the trace
 * before the child's. */
int successor_take_over(struct call *c)
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
		close(steal_fd(&out)); /* sooner than the end of a process */
		_exit(0);
	}
	close(steal_fd(&out));
	while (read(in, &end, 1) < 0 && errno == EINTR)
		;
	serve_die_with_parent();
	prctl(PR_SET_CHILD_SUBREAPER, 1); /* a fork clears this, too */
	return 0;
}

int successor_ask(struct call *c, const int *fds, int nfds)
{
	int r;

	/* The old box makes way for its successor, and its orphans come to us. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	r = box_ask_with(c, fds, nfds);
	prctl(PR_SET_CHILD_SUBREAPER, 0);
	return r;
}
