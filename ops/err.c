/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors as values: how they are filled in. Texts that are too long are cut,
 * never refused: an error report must not fail.
 */
#include "ops/err.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

static int fill(struct err *e, enum err_kind kind, int status, const char *fmt, va_list ap)
{
	memset(e, 0, sizeof(*e));
	e->kind = kind;
	e->status = status;
	vsnprintf(e->what, sizeof(e->what), fmt, ap);
	return -1;
}

int err_usage(struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(e, ERR_USAGE, 2, fmt, ap);
	va_end(ap);
	return -1;
}

int err_order(struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(e, ERR_ORDER, 2, fmt, ap);
	va_end(ap);
	return -1;
}

int err_state(struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(e, ERR_STATE, 1, fmt, ap);
	va_end(ap);
	return -1;
}

int err_kernel(struct err *e, int errnum, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(e, ERR_KERNEL, 1, fmt, ap);
	va_end(ap);
	e->errnum = errnum;
	return -1;
}

int err_exec(struct err *e, int errnum, int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(e, ERR_EXEC, status, fmt, ap);
	va_end(ap);
	e->errnum = errnum;
	return -1;
}

int exit_status(int wait_status)
{
	if (WIFSIGNALED(wait_status))
		return 128 + WTERMSIG(wait_status);
	return WEXITSTATUS(wait_status);
}

static const char *limit_signal(int wait_status)
{
	int sig = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;

	if (sig == SIGXCPU)
		return "the kernel sends this when the limit of processor time is used up "
		       "(rlimit cpu, setrlimit(2))";
	if (sig == SIGSYS)
		return "the kernel sends this for a system call that a seccomp filter does not "
		       "allow: the box's seccomp lines (seccomp(2))";
	if (sig == SIGXFSZ)
		return "the kernel sends this when a file would grow beyond the limit of its "
		       "size (rlimit fsize, setrlimit(2))";
	return NULL;
}

int err_program(struct err *e, const char *program, int wait_status)
{
	memset(e, 0, sizeof(*e));
	e->kind = ERR_PROGRAM;
	e->status = exit_status(wait_status);
	if (WIFSIGNALED(wait_status))
		snprintf(e->what, sizeof(e->what), "%.200s was killed by signal %d (%s)", program,
			 WTERMSIG(wait_status), strsignal(WTERMSIG(wait_status)));
	else
		snprintf(e->what, sizeof(e->what), "%.200s ended with status %d", program,
			 e->status);
	if (limit_signal(wait_status))
		err_why(e, "%s", limit_signal(wait_status));
	return -1;
}

void err_why(struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e->why, sizeof(e->why), fmt, ap);
	va_end(ap);
}

void err_add(struct err *e, const char *fmt, ...)
{
	size_t n = strlen(e->why);
	va_list ap;

	if (n && n + 2 < sizeof(e->why))
		n += (size_t)snprintf(e->why + n, sizeof(e->why) - n, "; ");
	va_start(ap, fmt);
	vsnprintf(e->why + n, sizeof(e->why) - n, fmt, ap);
	va_end(ap);
}

void err_fix(struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e->fix, sizeof(e->fix), fmt, ap);
	va_end(ap);
	e->remedy = REMEDY_WORDS;
}
