/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cgroup cpu: so much processor time in each period (sched-bwc.rst of the
 * kernel); cgroup cpuset: on these processors only (cpusets(7)).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/cgroup/group.h"

#define PERIOD GROUP_CPU_PERIOD

/* "50%", "1.5", "2": the time in µs of each period, -1: malformed or too little
 * or too much. Three digits after the point. */
long group_cpu_quota(const char *word)
{
	long whole = 0, part = 0, unit = 1000;

	if (strspn(word, "0123456789") > 7 || *word < '0' || *word > '9')
		return -1;
	while (*word >= '0' && *word <= '9')
		whole = whole * 10 + (*word++ - '0');
	if (*word == '.' && word[1] >= '0' && word[1] <= '9')
		for (word++; *word >= '0' && *word <= '9' && unit > 1; word++)
			part += (*word - '0') * (unit /= 10);
	whole = (whole * 1000 + part) * (PERIOD / 1000);
	if (!strcmp(word, "%"))
		whole /= 100;
	else if (*word)
		return -1;
	return whole < 1000 || whole > 10000L * PERIOD ? -1 : whole;
}

static int check_cpu(int argc, char **argv, struct err *err)
{
	(void)argc;
	if (!strcmp(argv[1], "max") || group_cpu_quota(argv[1]) > 0)
		return 0;
	return err_usage(
		err,
		"cgroup cpu: neither a part of a processor, as 50%% or 1.5 (at least 1%%), "
		"nor max: \"%.100s\"",
		argv[1]);
}

static int write_v1(struct call *c, const struct opened *g, const char *quota)
{
	char period[16];

	if (quota[0] == 'm')
		return group_write(c, g, "cpu.cfs_quota_us", "-1");
	snprintf(period, sizeof(period), "%d", PERIOD);
	return group_write(c, g, "cpu.cfs_period_us", period) < 0
		       ? -1
		       : group_write(c, g, "cpu.cfs_quota_us", quota);
}

static int write_v2(struct call *c, const struct opened *g, const char *quota)
{
	char both[48];

	snprintf(both, sizeof(both), "%s %d", quota, PERIOD);
	return group_write(c, g, "cpu.max", both);
}

static int host_cpu(struct call *c)
{
	char quota[24] = "max";
	struct opened g;

	if (strcmp(c->argv[1], "max") != 0)
		snprintf(quota, sizeof(quota), "%ld", group_cpu_quota(c->argv[1]));
	if (group_open(c, "cpu", &g) < 0)
		return -1;
	return group_close(c, &g, (g.v2 ? write_v2 : write_v1)(c, &g, quota));
}

/* "0-1,3": NULL at a mistake, else what follows the number. */
static const char *number(const char *p, long *n)
{
	char *end;

	if (*p < '0' || *p > '9')
		return NULL;
	*n = strtol(p, &end, 10);
	return end - p > 6 ? NULL : end;
}

static int check_cpuset(int argc, char **argv, struct err *err)
{
	const char *p = argv[1];
	long first = 0, last = 0;

	(void)argc;
	for (;;) {
		p = number(p, &first);
		last = first;
		if (p && *p == '-')
			p = number(p + 1, &last);
		if (!p || last < first || (*p && *p != ','))
			return err_usage(err,
					 "cgroup cpuset: not a list of processors, as 0-1 or 0,2: "
					 "\"%.100s\"",
					 argv[1]);
		if (!*p++)
			return 0;
	}
}

static int host_cpuset(struct call *c)
{
	return group_set(c, "cpuset", "cpuset.cpus", c->argv[1]);
}

static const char *const parts[] = {"max", NULL};

const struct op op_cgroup_cpu = {
	.name = "cgroup cpu",
	.usage = "cgroup cpu 50%|1.5|max",
	.summary = "limit the processor time of the box",
	.detail =
		"50% is half of one processor, 1.5 is one and a half, all processes in the box\n"
		"together. Writes cpu.max (cpu.cfs_quota_us and cpu.cfs_period_us on cgroup v1): "
		"the\n"
		"time in microseconds in each period of 0.1 s; when it is used up they wait for "
		"the\n"
		"next. See cgroups(7), and Documentation/scheduler/sched-bwc.rst of the kernel.",
	.argmin = 1,
	.argmax = 1,
	.args = {{ARG_WORD, parts}},
	.check = check_cpu,
	.prepare = group_prepare,
	.host = host_cpu,
};

const struct op op_cgroup_cpuset = {
	.name = "cgroup cpuset",
	.usage = "cgroup cpuset LIST",
	.summary = "the processors that the box may use",
	.detail =
		"LIST is as 0-1 or 0,2-3. Writes cpuset.cpus. On cgroup v1 no process can enter "
		"the\n"
		"group before cpuset.mems is filled, too: that is taken from the group above.\n"
		"See cpusets(7), cgroups(7).",
	.argmin = 1,
	.argmax = 1,
	.check = check_cpuset,
	.prepare = group_prepare,
	.host = host_cpuset,
};
