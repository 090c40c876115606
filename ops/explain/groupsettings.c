/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an op would write into which file of the group: read from its words by the functions
 * that it reads them with itself.
 */
#include "ops/explain/groupsettings.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "ops/auto.h"
#include "ops/cgroup/group.h"
#include "ops/text/size.h"

static bool offers(const struct explaining *x, const char *name, bool *v2)
{
	struct session s = x->session ? *x->session : (struct session){0};
	struct trace quiet = {0};
	struct err err = {0};
	struct call c = {.op = x->op, .err = &err, .trace = &quiet, .session = &s};

	return group_offers(&c, name, v2);
}

void settings_controller(const struct explaining *x, char *name, size_t size)
{
	const char *word = x->op->name + strcspn(x->op->name, " ");
	bool v2;

	word += *word == ' ';
	if (!*word || !strcmp(word, "weight"))
		word = x->argv[1];
	if (!strcmp(word, "io") && offers(x, "blkio", &v2))
		word = "blkio";
	if (!strcmp(word, "freeze") || !strcmp(word, "thaw"))
		word = "freezer";
	if (!strcmp(word, "kill"))
		word = "pids";
	snprintf(name, size, "%.*s", (int)strcspn(word, "."), word);
}

bool settings_v2(const struct explaining *x)
{
	char name[64];
	bool v2 = true;

	settings_controller(x, name, sizeof(name));
	return !offers(x, name, &v2) || v2;
}

static int set(struct setting *s, const char *file, const char *value)
{
	snprintf(s->file, sizeof(s->file), "%s", file);
	snprintf(s->value, sizeof(s->value), "%s", value);
	return 1;
}

static int set_bytes(struct setting *s, bool v2, const char *file, long long bytes)
{
	char text[24];

	return set(s, file, bytes == SIZE_MAX_WORD && !v2 ? "-1" : size_text(text, bytes));
}

/* On v1 the second is the sum of both. */
static int memory(const struct explaining *x, bool v2, struct setting *s)
{
	long long bytes = 0, swap = 0;

	size_parse(x->argv[1], &bytes);
	set_bytes(s, v2, v2 ? "memory.max" : "memory.limit_in_bytes", bytes);
	if (x->argc < 3)
		return 1;
	size_parse(x->argv[2] + strlen("swap="), &swap);
	if (!v2 && swap != SIZE_MAX_WORD)
		swap = bytes == SIZE_MAX_WORD ? SIZE_MAX_WORD : swap + bytes;
	return 1 +
	       set_bytes(s + 1, v2, v2 ? "memory.swap.max" : "memory.memsw.limit_in_bytes", swap);
}

static int cpu(const struct explaining *x, bool v2, struct setting *s)
{
	long quota = group_cpu_quota(x->argv[1]);
	char text[48];

	snprintf(text, sizeof(text), "%ld %d", quota, GROUP_CPU_PERIOD);
	if (v2)
		return set(s, "cpu.max", quota > 0 ? text : "max 100000");
	if (quota <= 0)
		return set(s, "cpu.cfs_quota_us", "-1");
	text[strcspn(text, " ")] = '\0';
	return set(s, "cpu.cfs_period_us", text + strlen(text) + 1) +
	       set(s + 1, "cpu.cfs_quota_us", text);
}

/* Before it is filled, too, no process can enter; from the group above. */
static int cpuset(const struct explaining *x, bool v2, struct setting *s)
{
	auto_fclose FILE *f = NULL;
	char nodes[64] = "0";

	set(s, "cpuset.cpus", x->argv[1]);
	if (v2 || !explain_holds(x, "new"))
		return 1;
	f = fopen("/sys/fs/cgroup/cpuset/cpuset.mems", "re");
	if (f && fgets(nodes, sizeof(nodes), f))
		nodes[strcspn(nodes, "\n")] = '\0';
	return 1 + set(s + 1, "cpuset.mems", nodes);
}

static void numbers_of(const char *device, char *text, size_t size)
{
	struct stat st;

	if (strchr(device, '/') && stat(device, &st) == 0)
		snprintf(text, size, "%u:%u", major(st.st_rdev), minor(st.st_rdev));
	else
		snprintf(text, size, "%s", device);
}

static const struct {
	const char *name, *v1, *docker;
} limits[] = {
	{"rbps", "blkio.throttle.read_bps_device", "--device-read-bps"},
	{"wbps", "blkio.throttle.write_bps_device", "--device-write-bps"},
	{"riops", "blkio.throttle.read_iops_device", "--device-read-iops"},
	{"wiops", "blkio.throttle.write_iops_device", "--device-write-iops"},
};

#define N_LIMITS (sizeof(limits) / sizeof(limits[0]))

static size_t limit_at(const char *name, size_t len)
{
	size_t i = 0;

	while (i < N_LIMITS - 1 && (strncmp(limits[i].name, name, len) != 0 || limits[i].name[len]))
		i++;
	return i;
}

/* The limits of "rbps=1M,wiops=3", one after the other. */
static bool next_limit(const char **rest, size_t *limit, long long *value)
{
	size_t n = strcspn(*rest, "="), end = strcspn(*rest, ",");
	char text[32];

	if (!**rest || n >= end)
		return false;
	*limit = limit_at(*rest, n);
	snprintf(text, sizeof(text), "%.*s", (int)(end - n - 1), *rest + n + 1);
	size_parse(text, value);
	*rest += end + ((*rest)[end] == ',');
	return true;
}

bool settings_next_limit(const char **rest, const char **docker, long long *value)
{
	size_t i;

	if (!next_limit(rest, &i, value))
		return false;
	*docker = limits[i].docker;
	return true;
}

/* The op writes them in the order of its table, not of the line. */
static int io(const struct explaining *x, bool v2, struct setting *s)
{
	char device[64], text[24], line[160];
	long long values[N_LIMITS] = {0}, value = 0;
	const char *rest = x->argv[2];
	size_t len, at;
	int n = 0;

	numbers_of(x->argv[1], device, sizeof(device));
	len = (size_t)snprintf(line, sizeof(line), "%.32s", device);
	while (next_limit(&rest, &at, &value))
		values[at] = value;
	for (size_t i = 0; i < N_LIMITS; i++) {
		if (!values[i])
			continue;
		if (v2) {
			len += (size_t)snprintf(line + len, sizeof(line) - len, " %s=%s",
						limits[i].name, size_text(text, values[i]));
			continue;
		}
		snprintf(line, sizeof(line), "%.32s %lld", device,
			 values[i] == SIZE_MAX_WORD ? 0 : values[i]);
		n += set(s + n, limits[i].v1, line);
	}
	return v2 ? set(s, "io.max", line) : n;
}

static int weight(const struct explaining *x, bool v2, struct setting *s)
{
	char text[16];

	if (strcmp(x->argv[1], "cpu") != 0)
		return set(s, v2 ? "io.weight" : "blkio.bfq.weight", x->argv[2]);
	snprintf(text, sizeof(text), "%d", group_cpu_shares(atoi(x->argv[2])));
	return set(s, v2 ? "cpu.weight" : "cpu.shares", v2 ? x->argv[2] : text);
}

static int pids(const struct explaining *x, bool v2, struct setting *s)
{
	(void)v2;
	return set(s, "pids.max", x->argv[1]);
}

static int file(const struct explaining *x, bool v2, struct setting *s)
{
	(void)v2;
	return set(s, x->argv[1], x->argv[2]);
}

static int freeze(const struct explaining *x, bool v2, struct setting *s)
{
	bool on = !strcmp(x->op->name, "cgroup freeze");

	return v2 ? set(s, "cgroup.freeze", on ? "1" : "0")
		  : set(s, "freezer.state", on ? "FROZEN" : "THAWED");
}

static const struct {
	const char *op;
	int (*settings)(const struct explaining *x, bool v2, struct setting *s);
} ops[] = {
	{"cgroup pids", pids},     {"cgroup memory", memory}, {"cgroup cpu", cpu},
	{"cgroup cpuset", cpuset}, {"cgroup io", io},         {"cgroup weight", weight},
	{"cgroup", file},          {"cgroup freeze", freeze}, {"cgroup thaw", freeze},
};

int settings_of(const struct explaining *x, struct setting *s)
{
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (!strcmp(ops[i].op, x->op->name))
			return ops[i].settings(x, settings_v2(x), s);
	return 0;
}
