/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * run: a program in the box, which forks and waits, and lives on.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/box/program.h"
#include "ops/box/runwatch.h"
#include "ops/box/serve.h"
#include "ops/box/signals.h"
#include "ops/box/terminal.h"
#include "ops/limits/limits.h"
#include "ops/seccomp/filter.h"
#include "ops/seccomp/notify.h"
#include "ops/seccomp/rules.h"
#include "ops/sys/sys.h"

/* The box half of run, in the child. */
static _Noreturn void child(struct call *c, int report)
{
	serve_die_with_parent();
	prctl(PR_SET_DUMPABLE, 0); /* until execve, which sets it again */
	program_become(c, false);
	if (write(report, c->err, sizeof(*c->err)) < 0)
		_exit(126);
	_exit(127);
}

/* Nobody but us could continue what was stopped with SIGSTOP. ^Z is another
 * matter: it stops all of the person's job, and fg continues it. */
static void wake(const siginfo_t *who)
{
	siginfo_t taken;

	waitid(P_PID, (id_t)who->si_pid, &taken, WSTOPPED | WNOHANG);
	if (who->si_status == SIGSTOP)
		kill(who->si_pid, SIGCONT);
}

/* Everything that ends is waited for: PID 1 must reap orphans too. */
static int wait_for(struct call *c, pid_t pid)
{
	siginfo_t who;

	for (;;) {
		who.si_pid = 0;
		if (waitid(P_ALL, 0, &who, WEXITED | WSTOPPED | WNOWAIT) < 0 && errno != EINTR)
			return sys_report(c, -1, errno, "waitpid(%d)", (int)pid);
		if (who.si_pid && who.si_code == CLD_STOPPED) {
			wake(&who);
			continue;
		}
		if (who.si_pid == pid)
			return sys_waitpid(c, pid, &c->status) < 0 ? -1 : 0;
		if (who.si_pid)
			waitpid(who.si_pid, NULL, 0);
	}
}

static int run_box(struct call *c)
{
	auto_close int in = -1, out = -1;
	char filter[ERR_TEXT], execve[ERR_TEXT] = "", path[4096];
	struct err failure;
	int p[2];
	pid_t pid;

	if (program_prepare(c) < 0)
		return -1;
	if (pipe2(p, O_CLOEXEC) < 0)
		return sys_report(c, -1, errno, "pipe2()");
	in = p[0];
	out = p[1];
	if (c->trace->on && program_find(c->argv[1], path, &failure) == 0)
		sys_execve_text(execve, sizeof(execve), path, c->argv + 1);
	pid = sys_fork(c);
	if (pid < 0)
		return -1;
	if (pid == 0)
		child(c, out);
	close(steal_fd(&out));
	for (int i = 0; i < c->nfds; i++) /* they are the program's now */
		close(steal_fd(&c->fds[i]));
	if (read(in, &failure, sizeof(failure)) == sizeof(failure)) {
		waitpid(pid, NULL, 0);
		*c->err = failure;
		return -1;
	}
	if (*filter_text(filter, sizeof(filter)) && !rules_notify())
		trace_line(c->trace, "%s = 0", filter);
	if (execve[0])
		serve_announce_execve(c, execve); /* as done: the shell waits for it */
	return wait_for(c, pid);
}

/* One reply of the box, beside what the program writes: on a terminal of its own that
 * comes after the line of its execve. */
static enum reply_kind receive(struct call *c, struct terminal *t)
{
	struct trace box_trace = *c->trace;
	struct reply r;

	if (box_receive(c, &r) != REPLY_EXECVE)
		return r.kind;
	box_trace.side = "box";
	trace_line(&box_trace, "%s = 0", r.text);
	t->held = false;
	return REPLY_TRACE;
}

static int run_host(struct call *c)
{
	enum reply_kind kind = REPLY_TRACE;
	struct runwatch before;
	struct terminal t;
	int sent;

	if (terminal_open(&t, c->session, c->err) < 0)
		return -1;
	runwatch_begin(c, &before);
	sent = box_send(c, t.streams, 3, t.master >= 0);
	terminal_handed_over(&t);
	t.held = c->trace->on;
	while (sent == 0 && (kind == REPLY_TRACE || kind == REPLY_PRINT)) {
		if (terminal_wait(&t, c->session, c->session->box.sock) < 0) {
			terminal_close(&t);
			return box_interrupted(c->err);
		}
		kind = receive(c, &t);
	}
	terminal_close(&t);
	notify_end(c->session);
	if (sent < 0 || kind == REPLY_FAILED)
		return -1;
	if (kind == REPLY_GONE)
		return box_gone(c->session, c->err);
	if (!c->status)
		return 0;
	err_program(c->err, c->argv[1], c->status);
	runwatch_why(c, &before);
	return -1;
}

const struct op op_run = {
	.name = "run",
	.usage = "run PROGRAM [ARG...]",
	.summary = "run a program in the box and come back",
	.detail =
		"The box forks, the child executes PROGRAM, the box waits. PROGRAM is looked up "
		"in\n"
		"the PATH of the box, inside its root. On a terminal it gets a pseudo-terminal of\n"
		"its own. A status other than 0 is a failure: it ends a script, and is its "
		"status;\n"
		"-run goes on. See fork(2), execve(2), waitpid(2).",
	.argmin = 1,
	.argmax = -1,
	.flags = OP_VERBATIM,
	.args = {{ARG_PROGRAM, NULL}, {ARG_FILE, NULL}, {ARG_FILE, NULL}},
	.host = run_host,
	.box = run_box,
	.diagnose = program_refused,
};
