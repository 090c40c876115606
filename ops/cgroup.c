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
	if (!strcmp(argv[1], "max"))
		return 0;
	if (!*argv[1] || strlen(argv[1]) > 7 || strspn(argv[1], "0123456789") != strlen(argv[1]))
		return err_usage(err,
				 "cgroup pids: neither a number of processes (0 to 9999999) "
				 "nor max: \"%.100s\"",
				 argv[1]);
	return 0;
}

static int host(struct call *c)
{
	return group_set(c, "pids", "pids.max", c->argv[1]);
}

static const char *const values[] = {"max", NULL};

const struct op op_cgroup_pids = {
	.name = "cgroup pids",
	.usage = "cgroup pids N|max",
	.summary = "limit the number of processes in the box",
	.detail =
		"Makes a control group for the box below the one ctrsh is in, moves the box "
		"there,\n"
		"and writes pids.max: a fork beyond it fails with EAGAIN. What the box started\n"
		"before stays outside. The group is removed when the box ends. Done from the "
		"host,\n"
		"so it works before and after chroot. See cgroups(7).",
	.argmin = 1,
	.argmax = 1,
	.flags = OP_WARDEN,
	.args = {{ARG_WORD, values}},
	.check = check,
	.prepare = group_prepare,
	.host = host,
};
