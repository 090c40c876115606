/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cgroup: limits for the box and all that it starts (cgroups(7)). Only host
 * halves: the files live on the host, out of the box's sight after chroot.
 * Here: the number of processes, the shares of a weight, and any other file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "group.h"
#include "groupfile.h"

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

static int check_weight(int argc, char **argv, struct err *err)
{
	(void)argc;
	if (strcmp(argv[1], "cpu") != 0 && strcmp(argv[1], "io") != 0)
		return err_usage(err, "cgroup weight: of what? cpu or io, not \"%.100s\"", argv[1]);
	if (!is_number(argv[2], 5) || atoi(argv[2]) < 1 || atoi(argv[2]) > 10000)
		return err_usage(err, "cgroup weight: not a number from 1 to 10000: \"%.100s\"",
				 argv[2]);
	return 0;
}

/* On v1: the kernel's own conversion (sched_weight_from_cgroup), 100 is 1024. */
static int write_cpu_weight(struct call *c, const struct opened *g, int weight)
{
	char value[16];
	int shares = (weight * 1024 + 50) / 100;

	snprintf(value, sizeof(value), "%d", g->v2 ? weight : shares < 2 ? 2 : shares);
	return group_write(c, g, g->v2 ? "cpu.weight" : "cpu.shares", value);
}

/* io.weight is io.cost's; the others belong to the scheduler BFQ (1 to 1000). */
static int write_io_weight(struct call *c, const struct opened *g, const char *weight)
{
	static const char *const files[] = {"io.weight", "io.bfq.weight", "blkio.bfq.weight",
					    "blkio.weight", NULL};

	for (const char *const *file = files; *file; file++)
		if (groupfile_exists(g->dir, *file))
			return group_write(c, g, *file, weight);
	err_kernel(c->err, 0, "this kernel offers no weights for block devices");
	err_why(c->err, "neither io.cost (io.weight) nor the scheduler bfq is there");
	err_fix(c->err, "!modprobe bfq, and reset; or set limits: help cgroup io");
	return -1;
}

static int host_weight(struct call *c)
{
	bool cpu = !strcmp(c->argv[1], "cpu"), v2 = true;
	struct opened g;

	if (group_open(c, cpu ? "cpu" : group_offers(c, "blkio", &v2) ? "blkio" : "io", &g) < 0)
		return -1;
	return group_close(c, &g,
			   cpu ? write_cpu_weight(c, &g, atoi(c->argv[2]))
			       : write_io_weight(c, &g, c->argv[2]));
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
			"a file is named as in memory.high: a controller, a dot, and letters, "
			"digits, _ or -");
		err_fix(err, "help cgroup");
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

/* cgroup.freeze and the like belong to no controller: any of v2 leads there. */
static int host_file(struct call *c)
{
	char controller[84];

	snprintf(controller, sizeof(controller), "%.*s", (int)strcspn(c->argv[1], "."), c->argv[1]);
	if (!strcmp(controller, "cgroup") && group_core(c, controller, sizeof(controller)) < 0)
		return -1;
	return group_set(c, controller, c->argv[1], c->argv[2]);
}

static const char *const values[] = {"max", NULL};
static const char *const weights[] = {"cpu", "io", NULL};

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
	.flags = OP_WARDEN,
	.args = {{ARG_WORD, values}},
	.check = check_pids,
	.prepare = group_prepare,
	.host = host_pids,
};

const struct op op_cgroup_weight = {
	.name = "cgroup weight",
	.usage = "cgroup weight cpu|io N",
	.summary = "the box's share where others want the same",
	.detail =
		"N is from 1 to 10000, and 100 is what every group has. It matters only while "
		"there\n"
		"is not enough for all. cpu writes cpu.weight, or on cgroup v1 cpu.shares (100 is\n"
		"1024 there); io writes io.weight, or the weight of the scheduler bfq.\n"
		"See cgroups(7), and Documentation/admin-guide/cgroup-v2.rst of the kernel.",
	.argmin = 2,
	.argmax = 2,
	.flags = OP_WARDEN,
	.args = {{ARG_WORD, weights}},
	.check = check_weight,
	.prepare = group_prepare,
	.host = host_weight,
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
	.flags = OP_WARDEN,
	.check = check_file,
	.prepare = group_prepare,
	.host = host_file,
};
