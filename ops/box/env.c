/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * setenv, unsetenv: the environment that programs in the box get
 * (environ(7)). It starts as a copy of the shell's and lives in the box.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ops/op.h"

static int check(int argc, char **argv, struct err *err)
{
	(void)argc;
	if (!*argv[1] || strchr(argv[1], '='))
		return err_usage(err, "%s: not a name: \"%.100s\"", argv[0], argv[1]);
	return 0;
}

static int check_unset(int argc, char **argv, struct err *err)
{
	if (strpbrk(argv[1], "*?")) {
		err_usage(err, "unsetenv: there are no patterns: \"%.100s\"", argv[1]);
		err_fix(err, "unsetenv --all removes every variable");
		return -1;
	}
	return check(argc, argv, err);
}

static int set(struct call *c)
{
	if (setenv(c->argv[1], c->argv[2], 1) < 0)
		return err_kernel(c->err, errno, "setenv(\"%.100s\")", c->argv[1]);
	return 0;
}

static int unset(struct call *c)
{
	if (!strcmp(c->argv[1], "--all"))
		clearenv();
	else
		unsetenv(c->argv[1]);
	return 0;
}

const struct op op_setenv = {
	.name = "setenv",
	.usage = "setenv NAME VALUE",
	.summary = "set a variable in the environment of the box",
	.detail = "Programs that run or exec starts find it in their environment. See environ(7).",
	.argmin = 2,
	.argmax = 2,
	.flags = OP_VERBATIM,
	.check = check,
	.box = set,
};

const struct op op_unsetenv = {
	.name = "unsetenv",
	.usage = "unsetenv NAME|--all",
	.summary = "remove a variable from the environment of the box",
	.detail =
		"Programs that run or exec starts no longer find it; with --all their environment is\n"
		"empty. Without PATH they are looked for in the usual directories.\n"
		"See environ(7), clearenv(3).",
	.argmin = 1,
	.argmax = 1,
	.flags = OP_VERBATIM,
	.args = {{ARG_WORD, (const char *const[]){"--all", NULL}}},
	.check = check_unset,
	.box = unset,
};
