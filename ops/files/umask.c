/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * umask: the permissions that new files of the box and its programs do not get
 * (umask(2)). A program inherits it.
 */
#include <stdlib.h>
#include <string.h>

#include "ops/sys/sysnode.h"

static int check(int argc, char **argv, struct err *err)
{
	size_t n = strlen(argv[1]);

	(void)argc;
	if (n && n <= 4 && strspn(argv[1], "01234567") == n && strtoul(argv[1], NULL, 8) <= 0777)
		return 0;
	return err_usage(err, "umask: not an octal number from 0 to 777: \"%.100s\"", argv[1]);
}

static int box(struct call *c)
{
	sys_umask(c, (mode_t)strtoul(c->argv[1], NULL, 8));
	return 0;
}

const struct op op_umask = {
	.name = "umask",
	.usage = "umask MODE",
	.summary = "set the permissions that new files do not get",
	.detail =
		"MODE is octal: 022 takes write permission from group and others, 077 all of theirs.\n"
		"It holds for the files that later steps and the box's programs make.\n"
		"See umask(2).",
	.argmin = 1,
	.argmax = 1,
	.check = check,
	.box = box,
};
