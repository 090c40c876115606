/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a process of the box to a program (execve(2)). The program gets three
 * descriptors and no more, default signals, and a session of its own (setsid(2)):
 * with a new terminal as the controlling one (ioctl_tty(2)), or with none, so
 * that /dev/tty never is the person's terminal, into which it could push
 * characters (TIOCSTI). Should execve fail, all of it but that session is taken
 * back, for the box lives on.
 */
#include "ops/box/program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/serve.h"
#include "ops/box/signals.h"
#include "ops/privilege/capsets.h"
#include "ops/seccomp/filter.h"
#include "ops/seccomp/filterwhy.h"
#include "ops/seccomp/rules.h"
#include "ops/sys/sys.h"
#include "ops/why/diagnose.h"

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC 4 /* since Linux 5.11, close_range(2) */
#endif

#define DEFAULT_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* 0: executable; else the errno. */
static int executable(const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return ENOENT; /* also where a directory may not be searched */
	if (!S_ISREG(st.st_mode))
		return EACCES;
	return access(path, X_OK) < 0 ? errno : 0;
}

/* Words that shells have in themselves. */
static bool is_of_shells(const char *name)
{
	static const char *const words[] = {"cd",   "export", "ulimit", "source", ".",
					    "exit", "alias",  "set",    "jobs",   "bg",
					    "fg",   "exec",   "eval",   "trap",   "type"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i], name))
			return true;
	return false;
}

static void unknown_program(const char *name, const char *dirs, struct err *err)
{
	err_why(err, "PATH is %.400s", dirs);
	if (!*dirs) {
		err_why(err, "PATH is empty: there is no directory to look in");
		err_first_names(err, "setenv PATH %s", DEFAULT_PATH);
	} else if (is_of_shells(name)) {
		err_why(err, "%s is no program: a shell carries it out in itself", name);
		err_fix(err, "%srun sh -c '%s ...', for what follows in that shell",
			strcmp(name, "cd") ? "" : "cd DIR, which changes the box's directory; or ",
			name);
	} else if (strchr(name, ' ')) {
		err_why(err, "it was looked for as one word, with its blanks: \"%.100s\"", name);
		err_fix(err, "without quotes, each word by itself: %.200s", name);
	}
}

int program_find(const char *name, char *path, struct err *err)
{
	const char *env = getenv("PATH"), *dirs = env ? env : DEFAULT_PATH;
	char first[PATH_MAX] = ""; /* that is forbidden */
	int r;

	if (!*name)
		return err_exec(err, 0, 127, "the name of the program is empty");
	if (strchr(name, '/')) {
		snprintf(path, PATH_MAX, "%s", name);
		return 0;
	}
	for (const char *d = dirs, *end;; d = end + 1) {
		end = strchrnul(d, ':');
		snprintf(path, PATH_MAX, "%.*s%s%s", (int)(end - d), d, end > d ? "/" : "", name);
		r = executable(path);
		if (r == 0)
			return 0;
		if (r == EACCES && !first[0])
			memcpy(first, path, sizeof(first));
		if (!*end)
			break;
	}
	if (!first[0]) {
		err_exec(err, 0, 127, "%.100s: no such program in the box's PATH", name);
		unknown_program(name, dirs, err);
		return -1;
	}
	err_exec(err, EACCES, 126, "%.100s: found, but not executable", name);
	program_diagnose(first, err);
	err->errnum = 0; /* no call was refused yet */
	if (!err->why[0])
		err_why(err, "PATH is %.400s", dirs);
	return -1;
}

static void leave_session(struct call *c)
{
	/* Fails with EPERM in a process that leads its session already: then an
	 * earlier exec failed, and the session has no terminal any more. */
	setsid();
	if (!c->terminal)
		return;
	for (int i = 0; i < c->nfds; i++)
		if (isatty(c->fds[i])) {
			ioctl(c->fds[i], TIOCSCTTY, 0);
			return;
		}
}

/* The leader of a session that gives up its terminal is sent SIGHUP, which the
 * box ignores. */
static void give_back(struct call *c, const int *saved)
{
	sigset_t chld;

	signals_box();
	sigemptyset(&chld);
	sigaddset(&chld, SIGCHLD);
	sigprocmask(SIG_BLOCK, &chld, NULL);
	if (c->terminal)
		for (int i = 0; i < 3; i++)
			ioctl(i, TIOCNOTTY);
	for (int i = 0; i < 3; i++)
		dup2(saved[i], i);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
}

int program_prepare(struct call *c)
{
	char told[512];

	if (caps_raise_again(c) < 0 || filter_prepare(c) < 0)
		return -1;
	if (*filterwhy_told(told, sizeof(told)))
		serve_tell_filter(told);
	return 0;
}

/* The calls after which there may be nobody to tell of them. */
static void announce_calls(struct call *c, const char *path)
{
	char text[ERR_TEXT];

	if (*filter_text(text, sizeof(text)) && !rules_notify())
		serve_announce_execve(c, text);
	sys_execve_text(text, sizeof(text), path, c->argv + 1);
	serve_announce_execve(c, text);
}

int program_become(struct call *c, bool announce)
{
	char path[PATH_MAX];
	auto_close int in = -1, out = -1, err = -1;
	void (*handler)(int);
	int r;

	if (program_find(c->argv[1], path, c->err) < 0)
		return -1;
	in = fcntl(0, F_DUPFD_CLOEXEC, 3);
	out = fcntl(1, F_DUPFD_CLOEXEC, 3);
	err = fcntl(2, F_DUPFD_CLOEXEC, 3);
	leave_session(c);
	for (int i = 0; i < c->nfds; i++)
		dup2(c->fds[i], i);
	close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
	prctl(PR_SET_CHILD_SUBREAPER, 0);
	if (announce)
		announce_calls(c, path);
	handler = signal(SIGCHLD, SIG_DFL);
	signals_program();
	r = filter_execve(c, path, c->argv + 1);
	give_back(c, (int[]){in, out, err});
	signal(SIGCHLD, handler);
	if (strncmp(c->err->what, "execve(", 7) != 0)
		return r; /* it did not come to that */
	c->err->kind = ERR_EXEC;
	c->err->status = c->err->errnum == ENOENT ? 127 : 126;
	program_diagnose(path, c->err);
	return r;
}

void program_refused(struct call *c)
{
	if (c->err->errnum == EAGAIN)
		diagnose_fork(c);
	if (c->err->errnum == EACCES && !strncmp(c->err->what, "seccomp(", 8))
		diagnose_filter(c);
	if (c->err->errnum == EBUSY && !strncmp(c->err->what, "seccomp(", 8))
		err_why(c->err,
			"a filter that binds ctrsh has a listener already, and the kernel lets a "
			"process have one");
	if (c->err->errnum == EMFILE)
		diagnose_descriptors(c);
	if (c->err->kind == ERR_EXEC && !c->err->why[0] &&
	    (c->err->errnum == EACCES || c->err->errnum == ENOTDIR ||
	     c->err->errnum == ENAMETOOLONG))
		diagnose_path(c, c->argv[1]);
}
