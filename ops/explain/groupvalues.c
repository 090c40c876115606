/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values and conditions of control groups: cgroup-tools, C, docker run.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ops/cgroup/group.h"
#include "ops/explain/groupsettings.h"
#include "ops/explain/value.h"
#include "ops/text/quote.h"
#include "ops/text/size.h"

static bool is_frozen(const struct explaining *x)
{
	return !x->session || (x->box.facts & PAPER_FROZEN);
}

/* Is there no group of the box's yet in the hierarchy of the controller? */
static bool is_new(const struct explaining *x)
{
	char name[64], part[70];
	bool v2 = settings_v2(x);

	settings_controller(x, name, sizeof(name));
	snprintf(part, sizeof(part), "/%s", name);
	for (int i = 0; x->session && i < x->session->made->n_groups; i++) {
		const struct control_group *g = &x->session->made->groups[i];

		if (v2 ? g->v2 : !g->v2 && strstr(g->dir, part))
			return false;
	}
	return true;
}

static bool has_swap(const struct explaining *x)
{
	return x->argc > 2;
}

static bool is_max(const struct explaining *x)
{
	return !strcmp(x->argv[1], "max");
}

static bool is_per_cpu(const struct explaining *x)
{
	return !strcmp(x->argv[1], "cpu");
}

/* cgroup io: one limit of its list. */
static bool limits(const struct explaining *x, const char *name)
{
	const char *at = strstr(x->argv[x->argc - 1], name);

	return at && (at == x->argv[x->argc - 1] || at[-1] == ',');
}

static bool has_rbps(const struct explaining *x)
{
	return limits(x, "rbps=");
}

static bool has_wbps(const struct explaining *x)
{
	return limits(x, "wbps=");
}

static bool has_riops(const struct explaining *x)
{
	return limits(x, "riops=");
}

static bool has_wiops(const struct explaining *x)
{
	return limits(x, "wiops=");
}

/* One of them, as the trace has it. */
static void put_setting(const struct explaining *x, FILE *f, int i)
{
	struct setting s[SETTINGS_MAX];

	if (i < settings_of(x, s))
		fprintf(f, "%s = \"%s\"", s[i].file, s[i].value);
	else
		fputs("...", f);
}

static void put_setting_1(const struct explaining *x, FILE *f)
{
	put_setting(x, f, 0);
}

static void put_setting_2(const struct explaining *x, FILE *f)
{
	put_setting(x, f, 1);
}

static void put_setting_3(const struct explaining *x, FILE *f)
{
	put_setting(x, f, 2);
}

static void put_setting_4(const struct explaining *x, FILE *f)
{
	put_setting(x, f, 3);
}

static void put_tools(const struct explaining *x, FILE *f)
{
	struct setting s[SETTINGS_MAX];
	char controller[64], word[256];
	int n = settings_of(x, s);
	bool new = is_new(x) && strcmp(x->op->name, "cgroup thaw") != 0;

	settings_controller(x, controller, sizeof(controller));
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
static void group_dir(const struct explaining *x, char *dir, size_t size)
{
	char controller[64];

	settings_controller(x, controller, sizeof(controller));
	if (settings_v2(x))
		snprintf(dir, size, "/sys/fs/cgroup/box");
	else
		snprintf(dir, size, "/sys/fs/cgroup/%s/box", controller);
}

static void put_c(const struct explaining *x, FILE *f)
{
	struct setting s[SETTINGS_MAX];
	char dir[96];
	int n = settings_of(x, s);
	bool new = is_new(x) && strcmp(x->op->name, "cgroup thaw") != 0;

	group_dir(x, dir, sizeof(dir));
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
	char dir[96];

	group_dir(x, dir, sizeof(dir));
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
	const char *rest = x->argv[2], *sep = "", *option;
	long long value = 0;

	while (settings_next_limit(&rest, &option, &value)) {
		fprintf(f, "%s%s %s:%lld", sep, option,
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

const struct explain_value explain_values_group[] = {
	{"set1", put_setting_1},
	{"set2", put_setting_2},
	{"set3", put_setting_3},
	{"set4", put_setting_4},
	{"cgtools", put_tools},
	{"cgc", put_c},
	{"killtools", put_kill_tools},
	{"killc", put_kill_c},
	{"dockerpids", put_docker_pids},
	{"dockercpus", put_docker_cpus},
	{"dockerio", put_docker_io},
	{"dockerweight", put_docker_weight},
	{"dockermemory", put_docker_memory},
	{NULL, NULL},
};

const struct explain_condition explain_conditions_group[] = {
	{"v2", settings_v2},  {"frozen", is_frozen},  {"new", is_new},    {"swap", has_swap},
	{"max", is_max},      {"percpu", is_per_cpu}, {"rbps", has_rbps}, {"wbps", has_wbps},
	{"riops", has_riops}, {"wiops", has_wiops},   {NULL, NULL},
};
