/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No limit is "max", on v1 also -1 or the largest number of pages there can be.
 * The root of a hierarchy has no such files.
 */
#include "ops/facts/grouplimit.h"

#include <stdio.h>
#include <string.h>

#include "ops/cgroup/groupfile.h"

/* Bytes for people: "64M", "3.2M", "1025". buf: at least 32. */
static const char *grouplimit_bytes(char *buf, long long bytes)
{
	static const char units[] = "KMGT";
	double n = (double)bytes;
	int i = -1;

	while (n >= 1024 && units[i + 1]) {
		n /= 1024;
		i++;
	}
	if (i < 0)
		snprintf(buf, 32, "%lld", bytes);
	else if ((double)(long long)n == n)
		snprintf(buf, 32, "%lld%c", (long long)n, units[i]);
	else
		snprintf(buf, 32, "%.1f%c", n, units[i]);
	return buf;
}

static bool is_bytes(const struct grouplimit *l)
{
	return strcmp(l->name, "pids") != 0;
}

static bool read_number(const struct grouplimit *l, const char *dir, bool v2, double *tight,
			char *text, size_t size)
{
	long n = groupfile_number(dir, v2 ? l->v2 : l->v1);
	char bytes[32];

	if (n < 0 || n > 1L << 60)
		return false;
	*tight = (double)n;
	if (is_bytes(l))
		snprintf(text, size, "%s", grouplimit_bytes(bytes, n));
	else
		snprintf(text, size, "%ld", n);
	return true;
}

/* v2 has both numbers in a line, "50000 100000". */
static bool read_cpu(const struct grouplimit *l, const char *dir, bool v2, double *tight,
		     char *text, size_t size)
{
	long quota, period;
	char line[64];

	if (v2) {
		if (!groupfile_line(dir, l->v2, line, sizeof(line)) ||
		    sscanf(line, "%ld %ld", &quota, &period) != 2)
			return false;
	} else {
		quota = groupfile_number(dir, l->v1);
		period = groupfile_number(dir, "cpu.cfs_period_us");
	}
	if (quota <= 0 || period <= 0)
		return false;
	*tight = (double)quota / (double)period;
	snprintf(text, size, "%.4g CPU%s", *tight, quota == period ? "" : "s");
	return true;
}

/* Appends the lines of a file that say more than "max", each after word. */
static size_t put_lines(const char *dir, const char *file, const char *word, char *text,
			size_t size, size_t n)
{
	char path[1300], line[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	f = fopen(path, "re");
	while (f && n < size && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		n += (size_t)snprintf(text + n, size - n, "%s%s%s", n ? ", " : "", word, line);
	}
	if (f)
		fclose(f);
	return n;
}

/* Each device has limits of its own: which group is the tightest can't be said, and
 * the nearest that has any is shown. */
static bool read_io(const struct grouplimit *l, const char *dir, bool v2, double *tight, char *text,
		    size_t size)
{
	static const struct {
		const char *file, *word;
	} v1[] = {{"blkio.throttle.read_bps_device", "rbps "},
		  {"blkio.throttle.write_bps_device", "wbps "},
		  {"blkio.throttle.read_iops_device", "riops "},
		  {"blkio.throttle.write_iops_device", "wiops "}};
	size_t n = 0;

	*tight = 0;
	if (v2)
		return put_lines(dir, l->v2, "", text, size, 0) > 0;
	for (size_t i = 0; i < sizeof(v1) / sizeof(*v1); i++)
		n = put_lines(dir, v1[i].file, v1[i].word, text, size, n);
	return n > 0;
}

const struct grouplimit grouplimits[] = {
	{"pids", "pids", "pids", "pids.max", "pids.max", "pids.current", "pids.current",
	 read_number},
	{"memory", "memory", "memory", "memory.limit_in_bytes", "memory.max",
	 "memory.usage_in_bytes", "memory.current", read_number},
	{"memory.high", "memory", "memory", NULL, "memory.high", NULL, NULL, read_number},
	{"swap", "memory", "memory", NULL, "memory.swap.max", NULL, "memory.swap.current",
	 read_number},
	{"memory+swap", "memory", "memory", "memory.memsw.limit_in_bytes", NULL,
	 "memory.memsw.usage_in_bytes", NULL, read_number},
	{"cpu", "cpu", "cpu", "cpu.cfs_quota_us", "cpu.max", NULL, NULL, read_cpu},
	{"io", "blkio", "io", "blkio.throttle.read_bps_device", "io.max", NULL, NULL, read_io},
	{NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
};

static void read_used(const struct grouplimit *l, bool v2, struct in_force *f)
{
	const char *file = v2 ? l->v2_used : l->v1_used;
	long n = file ? groupfile_number(f->group, file) : -1;
	char bytes[32];

	if (l->read == read_cpu) {
		n = groupfile_key(f->group, "cpu.stat", "nr_throttled");
		if (n >= 0)
			snprintf(f->used, sizeof(f->used), "held back %ld time%s", n,
				 n == 1 ? "" : "s");
	} else if (n >= 0 && is_bytes(l)) {
		snprintf(f->used, sizeof(f->used), "%s", grouplimit_bytes(bytes, n));
	} else if (n >= 0) {
		snprintf(f->used, sizeof(f->used), "%ld", n);
	}
}

void grouplimit_read(const struct grouplimit *l, const struct group_dir *d, bool v2,
		     struct in_force *f)
{
	char dir[sizeof(d->dir)], text[sizeof(f->limit)] = "";
	double tight, least = 0;

	*f = (struct in_force){.own = true};
	if (!(v2 ? l->v2 : l->v1))
		return;
	snprintf(dir, sizeof(dir), "%s", d->dir);
	for (bool own = true;; own = false) {
		if (l->read(l, dir, v2, &tight, text, sizeof(text)) &&
		    (!f->limit[0] || tight < least)) {
			snprintf(f->limit, sizeof(f->limit), "%s", text);
			snprintf(f->group, sizeof(f->group), "%s", dir);
			f->own = own;
			least = tight;
		}
		if (strlen(dir) <= d->top)
			break;
		*strrchr(dir, '/') = '\0';
	}
	if (!f->limit[0])
		snprintf(f->group, sizeof(f->group), "%s", d->dir);
	read_used(l, v2, f);
}
