/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cgroup: limits for the box and all that it starts (cgroups(7)). Only host
 * halves: the files live on the host, out of the box's sight after chroot.
 * Here: the number of processes, and any file that has no word of its own.
 */
#include <stdio.h>
#include <string.h>

#include "ops/cgroup/group.h"

static bool is_number(const char *word, size_t digits)
{
	return *word && strlen(word) <= digits && strspn(word, "0123456789") == strlen(word);
}

static int check_pids(int argc, char **argv, struct err *err)
{
	(void)argc;
	if (!strcmp(argv[1], "max") || is_number(argv[1], 7))
		return 0;
	return err_usage(err,
			 "cgroup pids: neither a number of processes (0 to 9999999) "
			 "nor max: \"%.100s\"",
			 argv[1]);
}

static int host_pids(struct call *c)
{
	return group_set(c, "pids", "pids.max", c->argv[1]);
}

/* Nothing but the name of a file in the group's own directory. */
static int check_file(int argc, char **argv, struct err *err)
{
	const char *file = argv[1], *dot = strchr(file, '.');
	size_t len = strlen(file);

	(void)argc;
	if (!dot || dot == file || !dot[1] || len > 80 || strstr(file, "..") ||
	    strspn(file, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-") !=
		    len) {
		err_usage(
			err,
			"cgroup: \"%.80s\" is neither a word it knows nor a file of a control group",
			file);
		err_why(err,
			"its words are pids memory cpu cpuset io devices weight show freeze thaw kill; a "
			"file is named as in memory.high: a controller, a dot, and letters, "
			"digits, _ or -");
		err_fix(err, "help cgroup");
		return -1;
	}
	if (!strcmp(file, "cgroup.procs") || !strcmp(file, "cgroup.threads")) {
		err_usage(err, "cgroup: %s is not a limit: it moves processes", file);
		err_why(err, "what is in the box's group is killed when the box ends");
		return -1;
	}
	if (!*argv[2] || strlen(argv[2]) > 400)
		return err_usage(err,
				 "cgroup: the value for %.80s is empty, or has more than 400 bytes",
				 file);
	for (const char *p = argv[2]; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return err_usage(err, "cgroup: the value for %.80s has a control character",
					 file);
	return 0;
}

/* cgroup.kill and the like belong to no controller: any of v2 leads there. They
 * act on those who are in the group, so the box enters first. */
static int host_file(struct call *c)
{
	char controller[84];
	struct opened g;

	snprintf(controller, sizeof(controller), "%.*s", (int)strcspn(c->argv[1], "."), c->argv[1]);
	if (!strcmp(controller, "cgroup"))
		return group_core(c, controller, sizeof(controller)) < 0 ||
				       group_open(c, controller, &g) < 0 ||
				       group_close(c, &g, 0) < 0
			       ? -1
			       : group_write(c, &g, c->argv[1], c->argv[2]);
	return group_set(c, controller, c->argv[1], c->argv[2]);
}

static const char *const values[] = {"max", NULL};

const struct op op_cgroup_pids = {
	.name = "cgroup pids",
	.usage = "cgroup pids N|max",
	.summary = "limit the number of processes in the box",
	.detail =
		"Makes a control group for the box below the one ctrsh is in, moves the box and "
		"what\n"
		"it started there, and writes pids.max: a fork beyond it fails with EAGAIN. The\n"
		"group is removed when the box ends. Done from the host, so it works before and\n"
		"after chroot. See cgroups(7).",
	.argmin = 1,
	.argmax = 1,
	.args = {{ARG_WORD, values}},
	.check = check_pids,
	.prepare = group_prepare,
	.host = host_pids,
};

const struct op op_cgroup = {
	.name = "cgroup",
	.usage = "cgroup FILE VALUE",
	.summary = "write any other file of the box's control group",
	.detail =
		"FILE is one of the kernel's, as memory.high, cpu.max.burst or cgroup.max.depth; "
		"what\n"
		"stands before the dot is the controller. VALUE is written as it is.\n"
		"See cgroups(7), and Documentation/admin-guide/cgroup-v2.rst of the kernel.",
	.argmin = 2,
	.argmax = 2,
	.check = check_file,
	.prepare = group_prepare,
	.host = host_file,
};
