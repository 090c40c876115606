/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box is started; from then on it is asked (boxtalk.c), and ended (boxend.c).
 */
#include "ops/box/box.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/serve.h"

/* There is no box yet to be diagnosed: the limits are our own. */
static int not_started(struct err *err, int errnum, const char *what, int resource)
{
	const char *name = resource == RLIMIT_NPROC ? "RLIMIT_NPROC" : "RLIMIT_NOFILE";
	struct rlimit limit;

	err_kernel(err, errnum, "%s", what);
	if (errnum != EMFILE && errnum != EAGAIN)
		return -1;
	if (getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
		err_why(err, "%s of ctrsh itself is %llu%s", name,
			(unsigned long long)limit.rlim_cur,
			resource == RLIMIT_NOFILE
				? ", and a box takes some descriptors"
				: ", which counts all processes of its user, or its control group "
				  "has a limit (pids.max)");
	else
		err_why(err, "the control group that ctrsh is in has a limit (pids.max)");
	err_fix(err, "start ctrsh with a higher limit (ulimit -%c)",
		resource == RLIMIT_NPROC ? 'u' : 'n');
	return -1;
}

int box_start(struct session *s, struct err *err)
{
	int pair[2], on = 1;
	pid_t pid;

	if (s->box.pid)
		return 0;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return not_started(err, errno, "socketpair(AF_UNIX, SOCK_SEQPACKET)",
				   RLIMIT_NOFILE);
	setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on));
	pid = fork();
	if (pid == 0) {
		munmap(s->made, sizeof(*s->made)); /* not for what may look into the box */
		serve(pair[1]);
	}
	if (pid < 0) {
		not_started(err, errno, "fork()", RLIMIT_NPROC);
		close(pair[1]);
		close(pair[0]);
		return -1;
	}
	close(pair[1]);
	s->box = (struct box){.pid = pid, .child = pid, .sock = pair[0]};
	return 0;
}

void box_proc(const struct session *s, char *buf, unsigned size, const char *name)
{
	snprintf(buf, size, "/proc/%d/%s", (int)s->box.pid, name);
}
