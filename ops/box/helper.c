/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fork(2), execve(2), waitpid(2). The program's standard error is read to its
 * end and not shown, but for a failure; its other streams are /dev/null.
 */
#include "ops/box/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/signals.h"
#include "ops/sys/sys.h"

const char *helper_find(const char *program, char *path)
{
	const char *env = getenv("PATH");
	char dirs[8192];

	snprintf(dirs, sizeof(dirs), "%s:/usr/bin:/usr/local/bin:/usr/sbin:/bin", env ? env : "");
	for (const char *d = dirs, *end;; d = end + 1) {
		end = strchrnul(d, ':');
		if (d[0] == '/' &&
		    snprintf(path, PATH_MAX, "%.*s/%s", (int)(end - d), d, program) < PATH_MAX &&
		    access(path, X_OK) == 0)
			return path;
		if (!*end)
			return NULL;
	}
}

static _Noreturn void become(struct call *c, const char *path, char **argv, int out)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	dup2(null, 0);
	dup2(null, 1);
	dup2(out, 2);
	signals_program();
	sys_execve(c, path, argv);
	_exit(127);
}

/* To its end, also what does not fit. */
static void read_all(int fd, char *text, size_t size)
{
	char rest[512];
	size_t n = 0;
	ssize_t r;

	while ((r = n + 1 < size ? read(fd, text + n, size - 1 - n)
				 : read(fd, rest, sizeof(rest))) != 0) {
		if (r < 0 && errno != EINTR)
			break;
		if (r > 0 && n + 1 < size)
			n += (size_t)r;
	}
	text[n] = '\0';
	text[strcspn(text, "\n")] = '\0';
}

int helper_run(struct call *c, const char *program, char **argv, const char *missing)
{
	char path[PATH_MAX], said[ERR_TEXT / 2], line[ERR_TEXT];
	auto_close int in = -1, out = -1;
	int p[2], status = 0;
	siginfo_t who = {0};
	pid_t pid;

	argv[0] = helper_find(program, path) ? path : NULL;
	if (!argv[0]) {
		err_kernel(c->err, 0, "there is no program %s", program);
		err_fix(c->err, "%s", missing);
		return -1;
	}
	if (pipe2(p, O_CLOEXEC) < 0)
		return sys_report(c, -1, errno, "pipe2()");
	in = p[0];
	out = p[1];
	argv[0] = (char *)program;
	pid = sys_fork(c);
	if (pid < 0)
		return -1;
	if (pid == 0)
		become(c, path, argv, out);
	close(steal_fd(&out));
	sys_execve_text(line, sizeof(line), path, argv);
	read_all(in, said, sizeof(said));
	waitid(P_PID, (id_t)pid, &who, WEXITED | WNOWAIT);
	if (who.si_status != 127)
		trace_line(c->trace, "%s = 0", line);
	if (sys_waitpid(c, pid, &status) < 0)
		return -1;
	if (status == 0)
		return 0;
	err_kernel(c->err, 0, "%s failed: status %d", line, exit_status(status));
	err_why(c->err, "%s", said[0] ? said : "it said nothing");
	return -1;
}
