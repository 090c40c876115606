/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cgroup weight: the box's share of a processor or a disk that others want as
 * well. The scale is v2's (1 to 10000, 100 for everybody); v1 has another.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/cgroup/group.h"
#include "ops/cgroup/groupfile.h"

static int check_weight(int argc, char **argv, struct err *err)
{
	(void)argc;
	if (strcmp(argv[1], "cpu") != 0 && strcmp(argv[1], "io") != 0)
		return err_usage(err, "cgroup weight: of what? cpu or io, not \"%.100s\"", argv[1]);
	if (!*argv[2] || strlen(argv[2]) > 5 || strspn(argv[2], "0123456789") != strlen(argv[2]) ||
	    atoi(argv[2]) < 1 || atoi(argv[2]) > 10000)
		return err_usage(err, "cgroup weight: not a number from 1 to 10000: \"%.100s\"",
				 argv[2]);
	return 0;
}

/* The kernel's own conversion (sched_weight_from_cgroup). */
int group_cpu_shares(int weight)
{
	int shares = (weight * 1024 + 50) / 100;

	return shares < 2 ? 2 : shares;
}

static int write_cpu_weight(struct call *c, const struct opened *g, int weight)
{
	char value[16];

	snprintf(value, sizeof(value), "%d", g->v2 ? weight : group_cpu_shares(weight));
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

static const char *const weights[] = {"cpu", "io", NULL};

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
	.args = {{ARG_WORD, weights}},
	.check = check_weight,
	.prepare = group_prepare,
	.host = host_weight,
};
