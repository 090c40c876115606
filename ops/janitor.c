/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The janitor lives in a session of its own, so that neither the keyboard nor
 * a hang-up reaches it, and holds nothing but the pipe and the terminal.
 */
#include "janitor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "group.h"

struct duty {
	enum { DUTY_TERMINAL, DUTY_GROUP, DUTY_NONE } kind;
	struct termios mode;
	char dir[3072]; /* a message must fit PIPE_BUF */
};

static _Noreturn void watch(int fd)
{
	struct duty terminal = {.kind = DUTY_NONE}, group = {.kind = DUTY_NONE}, d;
	ssize_t n;

	setsid();
	for (int sig = 1; sig < SIGRTMIN; sig++)
		signal(sig, SIG_IGN);
	if (fd != 3)
		dup2(fd, 3);
	close_range(4, ~0U, 0);
	close(1);
	close(2);
	while ((n = read(3, &d, sizeof(d))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n != sizeof(d) || d.kind == DUTY_NONE)
			_exit(0);
		*(d.kind == DUTY_TERMINAL ? &terminal : &group) = d;
	}
	if (terminal.kind == DUTY_TERMINAL)
		tcsetattr(0, TCSADRAIN, &terminal.mode);
	if (group.kind == DUTY_GROUP && group.dir[0])
		group_remove_dir(group.dir);
	_exit(0);
}

int janitor_start(struct session *s)
{
	struct janitor *j = &s->janitor;
	int p[2];

	if (j->pid)
		return 0;
	if (pipe2(p, O_CLOEXEC | O_DIRECT) < 0) /* packets: pipe(2) */
		return -1;
	j->pid = fork();
	if (j->pid == 0) {
		close(p[1]);
		watch(p[0]);
	}
	close(p[0]);
	j->fd = p[1];
	if (j->pid < 0) {
		close(p[1]);
		j->pid = 0;
		return -1;
	}
	return 0;
}

static void tell(struct session *s, const struct duty *d)
{
	while (janitor_start(s) == 0 && write(s->janitor.fd, d, sizeof(*d)) < 0 && errno == EINTR)
		;
}

void janitor_guard_terminal(struct session *s, const struct termios *mode)
{
	struct duty d = {.kind = DUTY_TERMINAL, .mode = *mode};

	tell(s, &d);
}

void janitor_guard_group(struct session *s, const char *dir)
{
	struct duty d = {.kind = DUTY_GROUP};

	snprintf(d.dir, sizeof(d.dir), "%s", dir ? dir : "");
	tell(s, &d);
}

void janitor_dismiss(struct session *s)
{
	struct duty d = {.kind = DUTY_NONE};

	if (!s->janitor.pid)
		return;
	tell(s, &d);
	close(s->janitor.fd);
	while (waitpid(s->janitor.pid, NULL, 0) < 0 && errno == EINTR)
		;
	s->janitor = (struct janitor){0};
}
