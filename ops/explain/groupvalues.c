/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an op would write into which file of the group: read from its words by the
 * functions that it reads them with itself.
 */
#include "ops/explain/groupvalues.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "ops/auto.h"
#include "ops/cgroup/group.h"
#include "ops/explain/mountvalues.h"
#include "ops/explain/words.h"
#include "ops/text/quote.h"
#include "ops/text/size.h"

struct setting {
	char file[64], value[160];
};

#define SETTINGS 4

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

/* The limits of "rbps=1M,wiops=3", one after the other. */
static bool next_limit(const char **rest, char *name, size_t size, long long *value)
{
	char text[32];
	size_t n = strcspn(*rest, "="), end = strcspn(*rest, ",");

	if (!**rest || n >= end)
		return false;
	snprintf(name, size, "%.*s", (int)n, *rest);
	snprintf(text, sizeof(text), "%.*s", (int)(end - n - 1), *rest + n + 1);
	size_parse(text, value);
	*rest += end + ((*rest)[end] == ',');
	return true;
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

static size_t limit_at(const char *name)
{
	size_t i = 0;

	while (i < N_LIMITS - 1 && strcmp(limits[i].name, name) != 0)
		i++;
	return i;
}

/* The op writes them in the order of its table, not of the line. */
static int io(const struct explaining *x, bool v2, struct setting *s)
{
	char device[64], name[16], text[24], line[160];
	long long values[N_LIMITS] = {0}, value = 0;
	const char *rest = x->argv[2];
	size_t len;
	int n = 0;

	numbers_of(x->argv[1], device, sizeof(device));
	len = (size_t)snprintf(line, sizeof(line), "%.32s", device);
	while (next_limit(&rest, name, sizeof(name), &value))
		values[limit_at(name)] = value;
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

static int settings_of(const struct explaining *x, struct setting *s)
{
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (!strcmp(ops[i].op, x->op->name))
			return ops[i].settings(x, explain_holds(x, "v2"), s);
	return 0;
}

static void put_tools(const struct explaining *x, FILE *f)
{
	struct setting s[SETTINGS];
	char controller[64], word[256];
	int n = settings_of(x, s);
	bool new = explain_holds(x, "new") && strcmp(x->op->name, "cgroup thaw") != 0;

	explain_controller(x, controller, sizeof(controller));
	fputs("cgroup-tools: ", f);
	if (new)
		fprintf(f, "cgcreate -g %s:box; ", controller);
	fputs("cgset", f);
	for (int i = 0; i < n; i++)
		fprintf(f, " -r %s=%s", s[i].file,
			quote_word(word, sizeof(word), s[i].value) ? word : "...");
	fputs(" box", f);
	if (new)
		fprintf(f, "; cgexec -g %s:box COMMAND", controller);
}

/* The group is called box. */
static void put_c(const struct explaining *x, FILE *f)
{
	struct setting s[SETTINGS];
	char controller[64], dir[96] = "/sys/fs/cgroup/box";
	int n = settings_of(x, s);
	bool new = explain_holds(x, "new") && strcmp(x->op->name, "cgroup thaw") != 0;

	explain_controller(x, controller, sizeof(controller));
	if (!explain_holds(x, "v2"))
		snprintf(dir, sizeof(dir), "/sys/fs/cgroup/%s/box", controller);
	if (new)
		fprintf(f, "mkdir(\"%s\", 0755); ", dir);
	for (int i = 0; i < n; i++) {
		fprintf(f, "%sdprintf(open(\"%s/%s\", O_WRONLY), \"%%s\", ", i ? " " : "", dir,
			s[i].file);
		explain_quote(f, s[i].value);
		fputs(");", f);
	}
	if (new)
		fprintf(f, " dprintf(open(\"%s/cgroup.procs\", O_WRONLY), \"%%d\", getpid());",
			dir);
}

/* All but the box; where there is none yet, as the tools would have it. */
static void put_kill(const struct explaining *x, FILE *f, const char *text)
{
	char controller[64], dir[96] = "/sys/fs/cgroup/box";

	explain_controller(x, controller, sizeof(controller));
	if (!explain_holds(x, "v2"))
		snprintf(dir, sizeof(dir), "/sys/fs/cgroup/%s/box", controller);
	fprintf(f, text, dir);
}

static void put_kill_tools(const struct explaining *x, FILE *f)
{
	put_kill(x, f,
		 "sh(1): for p in $(cat %s/cgroup.procs); do [ $p = $$ ] || kill -KILL $p; done");
}

static void put_kill_c(const struct explaining *x, FILE *f)
{
	put_kill(x, f,
		 "int pid; FILE *f = fopen(\"%s/cgroup.procs\", \"r\"); while (f && fscanf(f, "
		 "\"%%d\", &pid) == 1) if (pid != getpid()) kill(pid, SIGKILL);");
}

/* One of them, as the trace has it. */
static void put_setting(const struct explaining *x, FILE *f, int i)
{
	struct setting s[SETTINGS];

	if (i < settings_of(x, s))
		fprintf(f, "%s = \"%s\"", s[i].file, s[i].value);
	else
		fputs("...", f);
}

static void put_docker_pids(const struct explaining *x, FILE *f)
{
	fprintf(f, "--pids-limit %s", strcmp(x->argv[1], "max") != 0 ? x->argv[1] : "-1");
}

static void put_docker_cpus(const struct explaining *x, FILE *f)
{
	long quota = group_cpu_quota(x->argv[1]);

	if (quota > 0)
		fprintf(f, "--cpus %g", (double)quota / GROUP_CPU_PERIOD);
	else
		fputs("always, without --cpus", f);
}

static void put_docker_io(const struct explaining *x, FILE *f)
{
	const char *rest = x->argv[2], *sep = "";
	long long value = 0;
	char name[16];

	while (next_limit(&rest, name, sizeof(name), &value)) {
		fprintf(f, "%s%s %s:%lld", sep, limits[limit_at(name)].docker,
			strchr(x->argv[1], '/') ? x->argv[1] : "/dev/DEVICE",
			value == SIZE_MAX_WORD ? 0 : value);
		sep = " ";
	}
}

static void put_docker_weight(const struct explaining *x, FILE *f)
{
	if (!strcmp(x->argv[1], "cpu"))
		fprintf(f, "--cpu-shares %d (1024 is everybody's)",
			group_cpu_shares(atoi(x->argv[2])));
	else
		fprintf(f, "--blkio-weight %s (from 10 to 1000)", x->argv[2]);
}

/* Docker's --memory-swap is the sum of both. */
static void put_docker_memory(const struct explaining *x, FILE *f)
{
	long long bytes = 0, swap = 0;
	char text[24];

	size_parse(x->argv[1], &bytes);
	if (bytes == SIZE_MAX_WORD) {
		fputs("always, without --memory", f);
		return;
	}
	size_short(text, bytes);
	fprintf(f, "--memory %.*s%c", (int)strlen(text) - 1, text,
		tolower((unsigned char)text[strlen(text) - 1]));
	if (x->argc < 3)
		return;
	size_parse(x->argv[2] + strlen("swap="), &swap);
	if (swap == SIZE_MAX_WORD) {
		fputs(" --memory-swap -1", f);
		return;
	}
	size_short(text, bytes + swap);
	fprintf(f, " --memory-swap %.*s%c (memory and swap together)", (int)strlen(text) - 1, text,
		tolower((unsigned char)text[strlen(text) - 1]));
}

static const struct {
	const char *name;
	void (*put)(const struct explaining *x, FILE *f);
} values[] = {
	{"cgtools", put_tools},
	{"cgc", put_c},
	{"killtools", put_kill_tools},
	{"killc", put_kill_c},
	{"dockerpids", put_docker_pids},
	{"dockercpus", put_docker_cpus},
	{"dockerio", put_docker_io},
	{"dockerweight", put_docker_weight},
	{"dockermemory", put_docker_memory},
};

bool explain_group_value(const struct explaining *x, const char *name, FILE *f)
{
	if (!strncmp(name, "set", 3) && isdigit((unsigned char)name[3]) && !name[4]) {
		put_setting(x, f, name[3] - '1');
		return true;
	}
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (!strcmp(values[i].name, name)) {
			values[i].put(x, f);
			return true;
		}
	return false;
}
