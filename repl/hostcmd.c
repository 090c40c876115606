/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A command on the host, in the person's own terminal and process group, so
 * that the keyboard's signals reach it: they are not for us meanwhile.
 */
#include "repl/hostcmd.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/box/signals.h"

static void set_environment(const struct vars *vars, pid_t box)
{
	char pid[16];

	for (int i = 0; i < vars->n; i++)
		setenv(vars->names[i], vars->values[i], 1);
	snprintf(pid, sizeof(pid), "%d", (int)box);
	if (box)
		setenv(HOSTCMD_BOX, pid, 1);
	else
		unsetenv(HOSTCMD_BOX);
}

static _Noreturn void become_shell(const char *command, const struct vars *vars)
{
	char **argv = calloc((size_t)vars->n_args + 5, sizeof(*argv));

	if (!argv)
		_exit(127);
	argv[0] = (char *)"sh";
	argv[1] = (char *)"-c";
	argv[2] = (char *)command;
	argv[3] = (char *)(vars->script ? vars->script : "sh");
	for (int i = 0; i < vars->n_args; i++)
		argv[4 + i] = vars->args[i];
	execv("/bin/sh", argv);
	_exit(127);
}

int hostcmd_run(const char *command, const struct vars *vars, pid_t box, struct err *err)
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
		set_environment(vars, box);
		become_shell(command, vars);
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
