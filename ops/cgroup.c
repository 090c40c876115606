/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cgroup: limits for the box and all that it starts (cgroups(7)). Only a host
 * half: the files live on the host, out of the box's sight after chroot.
 */
#include <string.h>

#include "group.h"

static int check(int argc, char **argv, struct err *err)
{
	(void)argc;
	if (strcmp(argv[1], "pids") != 0) {
		err_usage(err, "cgroup: unknown limit: %.100s", argv[1]);
		err_why(err, "cgroup knows pids N|max");
		return -1;
	}
	if (!strcmp(argv[2], "max"))
		return 0;
	if (!*argv[2] || strlen(argv[2]) > 7 || strspn(argv[2], "0123456789") != strlen(argv[2]))
		return err_usage(err,
				 "cgroup pids: neither a number of processes (0 to 9999999) "
				 "nor max: \"%.100s\"",
				 argv[2]);
	return 0;
}

static int host(struct call *c)
{
	return group_set(c, "pids", "pids.max", c->argv[2]);
}

static const char *const limits[] = {"pids", NULL};
static const char *const values[] = {"max", NULL};

const struct op op_cgroup = {
	.name = "cgroup",
	.usage = "cgroup pids N|max",
	.summary = "limit the number of processes in the box",
	.detail =
		"Makes a control group for the box below the one ctrsh is in, moves the box "
		"there,\n"
		"and writes pids.max: a fork beyond it fails with EAGAIN. What the box started\n"
		"before stays outside. The group is removed when the box ends. Done from the "
		"host,\n"
		"so it works before and after chroot. See cgroups(7).",
	.argmin = 2,
	.argmax = 2,
	.flags = OP_WARDEN,
	.args = {{ARG_WORD, limits}, {ARG_WORD, values}},
	.check = check,
	.prepare = group_prepare,
	.host = host,
};
