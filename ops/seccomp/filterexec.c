/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filter and execve. What a filter binds is a thread, and for good; but execve
 * may fail, and then the box must go on as it was. So a thread of its own loads
 * the filter and calls execve: the kernel ends all other threads and gives it
 * their leader's place, PID included (execve(2)). Should it fail, the thread
 * ends, and nothing else was bound. No thread of the C library, for that takes
 * calls which the filter may forbid.
 */
#include <errno.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "ops/box/serve.h"
#include "ops/seccomp/filter.h"
#include "ops/seccomp/rules.h"
#include "ops/sys/sys.h"

struct start {
	const char *path;
	char **argv;
	bool listens;
	_Atomic int listener; /* -1: not yet */
	int filter_errno, exec_errno;
};

static int starter(void *arg)
{
	struct start *s = arg;
	long fd;

	serve_die_with_parent(); /* a clone clears it */
	fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		     s->listens ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0, filter_made());
	if (fd < 0) {
		s->filter_errno = errno;
	} else {
		if (s->listens) {
			atomic_store(&s->listener, (int)fd);
			syscall(FILTER_PAUSE);
		}
		execve(s->path, s->argv, environ);
		s->exec_errno = errno;
	}
	syscall(SYS_exit, 0);
	return 0;
}

/* The starter may make no call by which it could wake us, so we look each millisecond. It shares
 * our errno, which this one does not touch. */
static void nap(void)
{
	clock_nanosleep(CLOCK_MONOTONIC, 0, &(struct timespec){.tv_nsec = 1000000}, NULL);
}

/* The starter stops at the first call that its filter tells of: that is ours to answer, once the
 * shell has the listener, which is then ours no more. */
static void hand_over(struct start *s, _Atomic pid_t *tid)
{
	struct seccomp_notif_resp answer = {0};
	char filter[ERR_TEXT / 2], text[ERR_TEXT];
	union {
		struct seccomp_notif call;
		char space[512];
	} in = {.space = {0}};

	while (atomic_load(&s->listener) < 0 && atomic_load(tid) != 0)
		nap();
	if (atomic_load(&s->listener) < 0)
		return;
	while (ioctl(s->listener, SECCOMP_IOCTL_NOTIF_RECV, &in.call) < 0 && errno == EINTR)
		;
	snprintf(text, sizeof(text), "%s = %d", filter_text(filter, sizeof(filter)), s->listener);
	serve_hand_over(text, s->listener);
	answer.id = in.call.id;
	ioctl(s->listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

static int in_thread(struct call *c, struct start *s)
{
	static char stack[65536] __attribute__((aligned(64)));
	static _Atomic pid_t tid; /* the kernel makes it 0 when the thread has ended */
	const int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD |
			  CLONE_SYSVSEM | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;

	if (clone(starter, stack + sizeof(stack), flags, s, &tid, NULL, &tid) < 0)
		return sys_report(c, -1, errno, "clone(CLONE_VM|CLONE_THREAD|...)");
	if (s->listens)
		hand_over(s, &tid);
	while (atomic_load(&tid) != 0)
		nap();
	if (s->listener >= 0)
		close(s->listener);
	return 0;
}

int filter_execve(struct call *c, const char *path, char **argv)
{
	char text[ERR_TEXT];
	struct start s = {.path = path, .argv = argv, .listens = rules_notify(), .listener = -1};

	if (!filter_made()->len)
		return sys_execve(c, path, argv);
	if (in_thread(c, &s) < 0)
		return -1;
	filter_text(text, sizeof(text));
	if (s.filter_errno)
		return sys_report(c, -1, s.filter_errno, "%s", text);
	if (!s.listens)
		trace_line(c->trace, "%s = 0", text);
	sys_execve_text(text, sizeof(text), path, argv);
	return sys_report(c, -1, s.exec_errno, "%s", text);
}
