/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A command on the host, in the person's own terminal and process group, so
 * that the keyboard's signals reach it: they are not for us meanwhile.
 */
#include "repl/hostcmd.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/box/signals.h"

int hostcmd_run(const char *command, struct err *err)
{
	struct sigaction stop;
	int status;
	pid_t pid, r;

	fflush(stdout);
	sigaction(SIGTSTP, NULL, &stop);
	pid = fork();
	if (pid < 0)
		return err_kernel(err, errno, "fork()");
	if (pid == 0) {
		signals_program();
		/* We do not stop on ^Z at a prompt, and nobody could wake it. */
		sigaction(SIGTSTP, &stop, NULL);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	while ((r = waitpid(pid, &status, WNOHANG)) == 0) {
		signals_poll(NULL, 0); /* SIGCHLD, or what should end us: then it ends too */
		if (signals_ending() && signals_ending() != SIGINT)
			kill(pid, signals_ending());
	}
	if (r < 0)
		return err_kernel(err, errno, "waitpid(%d)", (int)pid);
	return status ? err_program(err, command + strspn(command, " \t"), status) : 0;
}
