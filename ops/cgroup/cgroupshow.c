/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cgroup show: what the kernel's files say of limits, usage and events, read
 * anew each time. v1 and v2 have different ones; those that are there are
 * shown.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "ops/auto.h"
#include "ops/cgroup/group.h"
#include "ops/cgroup/groupfile.h"

#define MANY 4096

static const char *const files[] = {
	"pids.max",
	"pids.current",
	"pids.events",
	"memory.max",
	"memory.high",
	"memory.swap.max",
	"memory.current",
	"memory.swap.current",
	"memory.events",
	"memory.limit_in_bytes",
	"memory.memsw.limit_in_bytes",
	"memory.usage_in_bytes",
	"memory.failcnt",
	"memory.oom_control",
	"cpu.max",
	"cpu.weight",
	"cpu.cfs_quota_us",
	"cpu.cfs_period_us",
	"cpu.shares",
	"cpu.stat",
	"cpuset.cpus",
	"cpuset.cpus.effective",
	"cpuset.mems",
	"io.max",
	"io.weight",
	"io.bfq.weight",
	"io.stat",
	"blkio.throttle.read_bps_device",
	"blkio.throttle.write_bps_device",
	"blkio.throttle.read_iops_device",
	"blkio.throttle.write_iops_device",
	"blkio.bfq.weight",
	"devices.list",
	"cgroup.freeze",
	"freezer.state",
	NULL,
};

/* What v1 shows where there is no limit: the largest number of pages, or -1. */
static bool is_no_limit(const char *file, const char *value)
{
	return (strstr(file, "limit_in_bytes") && strtoll(value, NULL, 10) > 1LL << 62) ||
	       (!strcmp(file, "cpu.cfs_quota_us") && !strcmp(value, "-1"));
}

/* Its lines beside each other; an empty file is none. */
static void show_file(struct call *c, const char *dir, const char *file)
{
	char path[1300], line[256], all[900] = "";
	auto_fclose FILE *f = NULL;
	size_t n = 0;

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	f = fopen(path, "re");
	while (f && n < sizeof(all) && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		n += (size_t)snprintf(all + n, sizeof(all) - n, "%s%s", n ? ", " : "", line);
	}
	if (all[0])
		trace_print(c->trace, "  %-32s %s%s", file, all,
			    is_no_limit(file, all) ? " (no limit)" : "");
}

static bool is_known(const char *file)
{
	for (const char *const *known = files; *known; known++)
		if (!strcmp(*known, file))
			return true;
	return false;
}

/* Limits of other controllers, as hugetlb.2MB.max or cgroup.max.depth, that were set. */
static void show_others(struct call *c, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	char value[64];

	while (d && (e = readdir(d)) != NULL) {
		const char *max = strstr(e->d_name, ".max");

		if (max && (!max[4] || max[4] == '.') && !is_known(e->d_name) &&
		    groupfile_line(dir, e->d_name, value, sizeof(value)) && value[0] &&
		    strcmp(value, "max") != 0 && strtoll(value, NULL, 10) < 1LL << 62)
			show_file(c, dir, e->d_name);
	}
	if (d)
		closedir(d);
}

/* v2 does not tell what a program allows. */
static void show_devices(struct call *c)
{
	const struct devices *d = &c->session->devices;
	char text[64];

	for (int i = 0; i < d->n; i++) {
		devices_text(&d->rules[i], text, sizeof(text));
		trace_print(c->trace, "  %-32s %s",
			    d->rules[i].allow ? "devices (BPF): allow" : "devices (BPF): deny",
			    text);
	}
}

static int host(struct call *c)
{
	const struct session *s = c->session;
	pid_t pids[MANY];

	if (!s->made->n_groups)
		trace_print(c->trace, "the box has no control group of its own: it is in ctrsh's");
	for (int i = 0; i < s->made->n_groups; i++) {
		const char *dir = s->made->groups[i].dir;
		bool v2 = groupfile_exists(dir, "cgroup.controllers");
		int n = groupfile_processes(dir, pids, MANY);

		trace_print(c->trace, "%s (cgroup v%d): %d %s", dir, v2 ? 2 : 1, n,
			    n == 1 ? "process" : "processes");
		for (const char *const *file = files; *file; file++)
			show_file(c, dir, *file);
		show_others(c, dir);
		if (v2)
			show_devices(c);
	}
	return 0;
}

const struct op op_cgroup_show = {
	.name = "cgroup show",
	.usage = "cgroup show",
	.summary = "limits, usage and events, as the kernel has them",
	.detail =
		"Reads the files of the box's control groups, on the host: on cgroup v2 one with\n"
		"all controllers, on v1 one for each that was used. Lines of a file are shown "
		"beside\n"
		"each other. Works while the box is frozen. See cgroups(7).",
	.flags = OP_LOOKS,
	.host = host,
};
