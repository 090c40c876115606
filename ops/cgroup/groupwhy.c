/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why the kernel refused a value: one errno has many causes, so the group's
 * files are read, those of the group above, and what is known of processors and
 * devices (the kernel's cgroup-v1 and cgroup-v2 documents).
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/cgroup/group.h"
#include "ops/cgroup/groupfile.h"
#include "ops/why/probes.h"

/* Which files of this controller can be written? Those that count the kernel's
 * own memory are of no use any more. */
static void list_files(const char *dir, const char *file, char *list, size_t size)
{
	size_t len = strcspn(file, "."), n = 0;
	DIR *d = opendir(dir);
	struct dirent *e;

	list[0] = '\0';
	while (d && (e = readdir(d)) != NULL)
		if (!strncmp(e->d_name, file, len) && e->d_name[len] == '.' && n < size &&
		    !strstr(e->d_name, ".kmem.") && !groupfile_read_only(dir, e->d_name))
			n += (size_t)snprintf(list + n, size - n, "%s%s", n ? " " : "", e->d_name);
	if (d)
		closedir(d);
}

static void no_such_file(struct call *c, const struct opened *g, const char *file)
{
	static const char *const words[][2] = {
		{"memory.max", "memory SIZE"},
		{"memory.limit_in_bytes", "memory SIZE"},
		{"memory.swap.max", "memory SIZE swap=SIZE"},
		{"memory.memsw.limit_in_bytes", "memory SIZE swap=SIZE"},
		{"cpu.max", "cpu 50%"},
		{"cpu.cfs_quota_us", "cpu 50%"},
		{"cpu.weight", "weight cpu N"},
		{"cpu.shares", "weight cpu N"},
		{"io.max", "io DEVICE rbps=N"},
		{"io.weight", "weight io N"},
	};
	char list[380];

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(file, words[i][0]))
			err_fix(c->err, "cgroup %s: these words are the same on v1 and v2",
				words[i][1]);
	list_files(g->dir, file, list, sizeof(list));
	err_why(c->err, "this kernel (cgroup v%d) has no %.80s here%s%s", g->v2 ? 2 : 1, file,
		list[0] ? "; it has " : "", list);
}

static void cpu_ratio(struct call *c, const char *parent)
{
	long quota = groupfile_number(parent, "cpu.cfs_quota_us");
	long period = groupfile_number(parent, "cpu.cfs_period_us");

	if (quota > 0 && period > 0)
		err_why(c->err, "the group above may itself use no more than %ld %% of a processor",
			quota * 100 / period);
}

static void cpuset_range(struct call *c, const char *parent, const char *file)
{
	char have[200], online[200] = "";

	groupfile_line("/sys/devices/system/cpu", "online", online, sizeof(online));
	if (!groupfile_line(parent, file, have, sizeof(have)) || !have[0])
		snprintf(have, sizeof(have), "%s", online);
	err_why(c->err, "the group above has %s; online processors are %s", have, online);
	if (!strcmp(c->op->name, "cgroup cpuset") && have[0])
		err_instead(c->err, "cgroup cpuset %s", have);
}

static void memory_busy(struct call *c, const struct opened *g)
{
	long usage = groupfile_number(g->dir, "memory.usage_in_bytes");

	if (usage >= 0)
		err_why(c->err,
			"the box already uses %ld bytes, and the kernel could not take enough of "
			"it back",
			usage);
}

static void memory_order(struct call *c, const struct opened *g)
{
	long memory = groupfile_number(g->dir, "memory.limit_in_bytes");
	long both = groupfile_number(g->dir, "memory.memsw.limit_in_bytes");

	/* The kernel asks that of sizes; what is none it refuses before. */
	if (memory >= 0 && both >= 0 && isdigit((unsigned char)c->argv[c->argc - 1][0]))
		err_why(c->err,
			"memory and swap together (memory.memsw.limit_in_bytes, now %ld) cannot be "
			"less than memory alone (memory.limit_in_bytes, now %ld)",
			both, memory);
}

/* "MAJ:MIN ...": is there such a block device, and is it a whole disk? */
static void device_unknown(struct call *c, const char *value)
{
	char sys[128], partition[16], disk[32];

	snprintf(sys, sizeof(sys), "/sys/dev/block/%.*s", (int)strcspn(value, " "), value);
	if (access(sys, F_OK) < 0) {
		err_why(c->err, "there is no block device with this number (%s)", sys);
		err_fix(c->err, "!lsblk -d -o NAME,MAJ:MIN");
	} else if (groupfile_line(sys, "partition", partition, sizeof(partition)) &&
		   groupfile_line(sys, "../dev", disk, sizeof(disk))) {
		err_why(c->err, "it is partition %s of a disk, and limits are for whole disks",
			partition);
		err_fix(c->err, "cgroup io %s ...", disk);
	}
}

static void refused_value(struct call *c, const struct opened *g, const char *file)
{
	char now[200], parent[1000];

	snprintf(parent, sizeof(parent), "%s", g->dir);
	*strrchr(parent, '/') = '\0';
	if (groupfile_read_only(g->dir, file))
		err_why(c->err, "%s can only be read", file);
	else if (!strncmp(file, "cpuset.", 7))
		cpuset_range(c, parent, file);
	else if (!strcmp(file, "cpu.cfs_quota_us") && !g->v2)
		cpu_ratio(c, parent);
	else if (!strncmp(file, "memory.", 7) && strstr(file, "limit_in_bytes") && !g->v2)
		memory_order(c, g);
	if (!c->err->why[0] && groupfile_line(g->dir, file, now, sizeof(now)))
		err_why(c->err, "%s does not take such a value; it holds \"%s\"", file, now);
}

/* The file, and what of the group and of the one above decides about writing it. */
static void note_files(struct call *c, const struct opened *g, const char *file)
{
	const char *const here[] = {file, "cgroup.controllers", "cgroup.type", "cgroup.events"};
	char parent[1000], value[192];

	for (size_t i = 0; i < sizeof(here) / sizeof(here[0]); i++)
		if (groupfile_line(g->dir, here[i], value, sizeof(value)))
			probes_note(c, g->dir, here[i], "%s", value);
	snprintf(parent, sizeof(parent), "%s", g->dir);
	*strrchr(parent, '/') = '\0';
	if (groupfile_line(parent, file, value, sizeof(value)))
		probes_note(c, parent, "of the group above", "%s", value);
	if (groupfile_line(parent, "cgroup.subtree_control", value, sizeof(value)))
		probes_note(c, parent, "handed down by it", "%s", value);
}

void group_why(struct call *c, const struct opened *g, const char *file, const char *value)
{
	note_files(c, g, file);
	switch (c->err->errnum) {
	case ENOENT:
		if (!groupfile_exists(g->dir, file))
			no_such_file(c, g, file);
		break;
	case EINVAL:
	case ERANGE:
	case ENOSPC:
		refused_value(c, g, file);
		break;
	case EACCES:
	case EPERM:
		if (groupfile_read_only(g->dir, file))
			err_why(c->err, "%s can only be read", file);
		else if (!strncmp(file, "cpuset.", 7))
			refused_value(c, g, file);
		else if (!groupfile_writable(g->dir, file))
			err_why(c->err, "user %u may not write it", (unsigned)geteuid());
		break;
	case EBUSY:
		if (!strncmp(file, "memory.", 7) && !g->v2)
			memory_busy(c, g);
		else if (!strcmp(file, "cgroup.subtree_control"))
			err_why(c->err,
				"the group holds processes, the box among them: only leaves "
				"may (cgroups(7), no internal processes)");
		break;
	case ENODEV:
	case ENXIO:
		device_unknown(c, value);
		break;
	default:
		break;
	}
}
