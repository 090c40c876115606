/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One table: the word, and what it is called here. Programs that people look
 * around with are not ops: they run in the box.
 */
#include "repl/habit.h"

#include <stdio.h>
#include <string.h>

static const struct habit {
	const char *word, *here;
} habits[] = {
	{"setns", "join PID|FILE [NAMESPACE...]"},
	{"nsenter", "join PID [NAMESPACE...]; then run or exec"},
	{"clone", "unshare NAMESPACE..."},
	{"fork", "run PROGRAM, or unshare pid"},
	{"execve", "exec PROGRAM"},
	{"sethostname", "hostname NAME"},
	{"chdir", "cd DIR"},
	{"export", "setenv NAME VALUE; set NAME VALUE is for $NAME in later lines"},
	{"env", "run env; setenv NAME VALUE changes it"},
	{"setgroups", "groups GROUP..."},
	{"seteuid", "setuid USER, or user USER[:GROUP]"},
	{"setresuid", "setuid USER, or user USER[:GROUP]"},
	{"setpriv", "user, caps, no_new_privs"},
	{"su", "user USER"},
	{"sudo",
	 "run PROGRAM: the box has its own rights (caps show); for root's start ctrsh with sudo"},
	{"newuidmap", "map auto, or map uid IN OUT COUNT"},
	{"newgidmap", "map auto, or map gid IN OUT COUNT"},
	{"capsh", "caps drop, caps keep, caps ambient; caps show"},
	{"setcap", "caps ambient NAME..."},
	{"prctl", "no_new_privs, caps ambient, caps securebits"},
	{"ulimit", "rlimit NAME SOFT[:HARD]"},
	{"prlimit", "rlimit NAME SOFT[:HARD]"},
	{"setrlimit", "rlimit NAME SOFT[:HARD]"},
	{"renice", "nice N"},
	{"chrt", "sched POLICY [PRIORITY]"},
	{"ionice", "ioprio rt|be|idle"},
	{"numactl", "mempolicy bind|preferred|interleave NODES, mempolicy local"},
	{"setarch", "personality linux|linux32 [FLAG...]"},
	{"keyctl", "keyring [NAME]"},
	{"aa-exec", "label apparmor PROFILE"},
	{"runcon", "label selinux CONTEXT"},
	{"ln", "symlink TARGET PATH"},
	{"taskset", "sched affinity CPUS"},
	{"cgcreate", "cgroup pids N, cgroup memory SIZE, ..."},
	{"cgexec", "cgroup pids N, cgroup memory SIZE, ...; then run or exec"},
	{"ip", "net show, net up DEV, net addr DEV CIDR, net veth NAME; or run ip ..."},
	{"ifconfig", "net show, net up DEV, net addr DEV CIDR"},
	{"docker", "ctrsh is the container's inside out: unshare, chroot, mount proc, exec"},
	{"podman", "ctrsh is the container's inside out: unshare, chroot, mount proc, exec"},
	{"unmount", "umount DIR"},
	{"source", "include FILE"},
	{"echo", "!echo on the host, run echo in the box"},
	{NULL, NULL},
};

static const char *const programs[] = {"ls",   "cat",     "ps",    "id", "whoami", "sh",
				       "bash", "findmnt", "grep",  "ss", "touch",  "sleep",
				       "pwd",  "top",     "uname", "df", "find",   NULL};

static bool say(const char *word, struct err *err)
{
	err_usage(err, "unknown op: %.100s", word);
	return true;
}

static bool is_program(int argc, char *const *argv, const char *word, struct err *err)
{
	char line[ERR_TEXT / 4];
	size_t n = 0;

	for (const char *const *p = programs; *p; p++) {
		if (strcmp(*p, word) != 0)
			continue;
		for (int i = 0; i < argc && n < sizeof(line); i++)
			n += (size_t)snprintf(line + n, sizeof(line) - n, " %s",
					      i ? argv[i] : word);
		say(word, err);
		err_fix(err, "run%s in the box, !%s on the host", line, line + 1);
		return true;
	}
	return false;
}

/* As sh(1) has it. */
static bool assignment(const char *word, struct err *err)
{
	char name[ERR_TEXT / 4];

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, "="), word);
	err_usage(err, "setenv: the value is a word of its own: \"%.100s\"", word);
	err_instead(err, "setenv %s %s", name, strchr(word, '=') + 1);
	return true;
}

bool habit_refuses(int argc, char *const *argv, struct err *err)
{
	const char *word = argv[0] + (argv[0][0] == '-' && argv[0][1]);

	if (!strcmp(word, "mount"))
		return habit_mount(argc, argv, err);
	if (!strcmp(word, "unshare"))
		return habit_unshare(argc, argv, err);
	if (!strcmp(word, "setenv") && argc == 2 && strchr(argv[1], '='))
		return assignment(argv[1], err);
	for (const struct habit *h = habits; h->word; h++)
		if (!strcmp(h->word, word)) {
			say(word, err);
			err_fix(err, "%s", h->here);
			return true;
		}
	return is_program(argc, argv, word, err);
}
