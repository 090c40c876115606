/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A child for each try. It tells its finding in memory that both have, for
 * which it needs no system call: a filter may allow none. One that the filter
 * kills has found the way closed (seccomp(2), SECCOMP_RET_KILL_PROCESS).
 */
#include "ops/audit/probe.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/audit/look.h"
#include "ops/box/serve.h"
#include "ops/seccomp/filter.h"
#include "ops/sys/syscap.h"

#define SECONDS 5

/* Shared by the box and the child. */
struct shared {
	bool ready; /* it is as a program would be */
	struct finding f;
};

/* What the kernel does to a process in execve(2), and our starter before it. */
static int become_program(uint64_t caps)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct now[2], want[2] = {{0}};

	if (filter_made()->len &&
	    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, filter_made()) < 0)
		return -1;
	if (syscall(SYS_capget, &header, now) < 0)
		return -1;
	for (int i = 0; i < 2; i++) {
		unsigned set = (unsigned)(caps >> (32 * i)) & now[i].permitted;

		want[i] = (struct __user_cap_data_struct){set, set, now[i].inheritable};
	}
	return memcmp(now, want, sizeof(want)) == 0 ? 0 : (int)syscall(SYS_capset, &header, want);
}

static _Noreturn void child(const struct try *t, const struct host *h, struct shared *m)
{
	uint64_t caps = caps_of_program();

	serve_die_with_parent();
	signal(SIGALRM, SIG_DFL);
	alarm(SECONDS);
	if (become_program(caps) == 0) {
		m->ready = true;
		t->go(h, &m->f);
	}
	_exit(0);
}

/* A box holds more or less than its programs will: its own caps are no matter. */
static void try_one(const struct try *t, const struct host *h, struct shared *m)
{
	int status = 0;
	pid_t pid;

	*m = (struct shared){0};
	pid = fork();
	if (pid == 0)
		child(t, h, m);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (m->ready && m->f.state == WAY_UNKNOWN && WIFSIGNALED(status) &&
	    WTERMSIG(status) == SIGSYS)
		found(&m->f, WAY_CLOSED, 0, "its seccomp filter kills who tries");
}

/* All tries of one way, up to the first that finds it open: that one counts, or else
 * the worst. The next way's. */
static const struct try *try_way(struct call *c, const struct try *t, const struct host *h,
				 struct shared *m)
{
	struct finding worst = {.state = WAY_UNKNOWN};
	const char *name = t->name;

	for (; t->name && !strcmp(t->name, name); t++) {
		if (worst.state == WAY_OPEN)
			continue;
		try_one(t, h, m);
		if (m->f.state > worst.state)
			worst = m->f;
	}
	if (worst.state != WAY_UNKNOWN)
		trace_print(c->trace, "%s %s %s", name, audit_word(worst.state), worst.shows);
	return t;
}

static int parse(struct call *c, struct host *h)
{
	int pid, user;

	*h = (struct host){0};
	if (c->argc != 4 || sscanf(c->argv[1], "%lu:%lu", &h->dev, &h->ino) != 2 ||
	    sscanf(c->argv[2], "%d:%d", &pid, &user) != 2 ||
	    sscanf(c->argv[3], "%u:%u", &h->major, &h->minor) != 2)
		return err_kernel(c->err, EINVAL, "audit");
	h->pid = pid;
	h->user = user;
	return 0;
}

int probe_answer(struct call *c)
{
	struct host h;
	struct shared *m;

	if (parse(c, &h) < 0 || filter_prepare(c) < 0)
		return -1;
	m = mmap(NULL, sizeof(*m), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (m == MAP_FAILED)
		return err_kernel(c->err, errno, "mmap()");
	for (const struct try *t = tries; t->name;)
		t = try_way(c, t, &h, m);
	munmap(m, sizeof(*m));
	return 0;
}
