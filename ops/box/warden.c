/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kernel tells the warden of its parent's death by a signal
 * (PR_SET_PDEATHSIG(2const)), which comes after the parent's descriptors are
 * closed and its locks are gone. All signals are blocked and its process group is its
 * own, so that neither the keyboard nor a hang-up reaches it; it holds nothing
 * but the terminal.
 */
#include "ops/box/warden.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/box/closefrom.h"
#include "ops/err.h"

static void refused(int sig)
{
	(void)sig;
}

/* Unless the person's shell has the terminal back: then it is its affair. The
 * kernel looks at that as it sets the mode, if we are one of the process group
 * that ctrsh was in: a group in the background gets SIGTTOU (tcsetattr(3)), or
 * EIO. If the group is gone, ctrsh has been waited for already. */
static void restore_terminal(const struct session *s)
{
	sigset_t ttou;

	if (!s->made->guarded || setpgid(0, s->shell_group) < 0)
		return;
	sigaction(SIGTTOU, &(struct sigaction){.sa_handler = refused}, NULL);
	sigemptyset(&ttou);
	sigaddset(&ttou, SIGTTOU);
	sigprocmask(SIG_UNBLOCK, &ttou, NULL);
	tcsetattr(0, TCSANOW, &s->made->mode);
}

/* What it holds of others' network namespaces is its own (moved.h). */
static void close_others(const struct session *s)
{
	int last = 0;

	for (int i = 0; i < s->n_nets; i++)
		last = s->nets[i] > last ? s->nets[i] : last;
	for (int fd = 1; fd <= last; fd++) {
		bool held = false;

		for (int i = 0; i < s->n_nets; i++)
			held |= s->nets[i] == fd;
		if (!held)
			close(fd);
	}
	close_from(last + 1);
}

static _Noreturn void watch(struct session *s)
{
	char left[SESSION_LEFT];
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	setpgid(0, 0);
	close_others(s);
	if (!isatty(0))
		close(0);
	sigemptyset(&all);
	sigaddset(&all, SIGTERM);
	/* Anybody may send it: only the parent's death counts. */
	while (getppid() == s->shell)
		sigwaitinfo(&all, NULL);
	restore_terminal(s);
	session_clean(s, left);
	_exit(0);
}

int warden_start(struct session *s)
{
	pid_t pid;

	/* One that was killed gets a follower. */
	if (s->warden && waitpid(s->warden, NULL, WNOHANG) == 0)
		return 0;
	s->warden = 0;
	pid = fork();
	if (pid == 0)
		watch(s);
	if (pid < 0)
		return -1;
	s->warden = pid;
	return 0;
}

int warden_needed(struct session *s, struct err *err)
{
	if (warden_start(s) == 0)
		return 0;
	return err_kernel(err, errno,
			  "fork() of the process that cleans up should ctrsh be killed");
}

int warden_follow(struct session *s, struct err *err)
{
	pid_t before = s->warden, after;

	s->warden = 0;
	if (warden_needed(s, err) < 0) {
		s->warden = before;
		return -1;
	}
	after = s->warden;
	s->warden = before;
	warden_dismiss(s);
	s->warden = after;
	return 0;
}

/* Also where none could be had the last time: what was made stays to be cleaned up. */
void warden_renew(struct session *s)
{
	if (s->warden || s->made->n_groups || s->made->links.used || s->made->guarded)
		warden_start(s);
}

void warden_guard_terminal(struct session *s, const struct termios *mode)
{
	s->made->mode = *mode;
	s->made->guarded = true;
	warden_start(s);
}

void warden_dismiss(struct session *s)
{
	if (!s->warden)
		return;
	if (kill(s->warden, SIGKILL) == 0) /* rules of a security module may forbid it */
		while (waitpid(s->warden, NULL, 0) < 0 && errno == EINTR)
			;
	s->warden = 0;
}
