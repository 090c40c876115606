/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of what a process hands on: scheduling, I/O priority, personality, session keyring.
 */
#include <string.h>

#include "ops/explain/value.h"
#include "ops/limits/cpulist.h"
#include "ops/limits/ioprio.h"
#include "ops/limits/mempolicy.h"
#include "ops/limits/personality.h"
#include "ops/sys/trace.h"

static bool is_affinity(const struct explaining *x)
{
	return !strcmp(x->argv[1], "affinity");
}

static void put_sched_tools(const struct explaining *x, FILE *f)
{
	if (is_affinity(x))
		fprintf(f, "taskset(1): taskset -c %s COMMAND", x->argv[2]);
	else
		fprintf(f, "chrt(1): chrt --%s %s COMMAND", x->argv[1],
			x->argc > 2 ? x->argv[2] : "0");
}

static void put_sched_docker(const struct explaining *x, FILE *f)
{
	if (is_affinity(x))
		fprintf(f, "--cpuset-cpus %s", x->argv[2]);
	else
		fputs("docker run can't; --cpu-rt-runtime and --cap-add SYS_NICE let programs do it",
		      f);
}

static void put_sched_c(const struct explaining *x, FILE *f)
{
	cpu_set_t set;

	if (!is_affinity(x)) {
		fputs("sched_setscheduler(0, SCHED_", f);
		explain_put_upper(f, x->argv[1]);
		fprintf(f, ", &(struct sched_param){.sched_priority = %s});",
			x->argc > 2 ? x->argv[2] : "0");
		return;
	}
	cpulist_parse(x->argv[2], &set);
	fputs("cpu_set_t set; CPU_ZERO(&set);", f);
	for (size_t i = 0; i < CPU_SETSIZE; i++)
		if (CPU_ISSET(i, &set))
			fprintf(f, " CPU_SET(%zu, &set);", i);
	fputs(" sched_setaffinity(0, sizeof(set), &set);", f);
}

static void put_ioprio(const struct explaining *x, FILE *f)
{
	struct ioprio p;
	struct err err;

	if (ioprio_parse(x->argc, x->argv, &p, &err) == 0)
		fprintf(f, "%s, %d", p.constant, p.level);
}

static void put_ionice(const struct explaining *x, FILE *f)
{
	struct ioprio p;
	struct err err;

	if (ioprio_parse(x->argc, x->argv, &p, &err) < 0)
		return;
	fprintf(f, "-c %s", p.ionice);
	if (p.levels)
		fprintf(f, " -n %d", p.level);
}

static bool read_mempolicy(const struct explaining *x, struct mempolicy *p, cpu_set_t *set)
{
	struct err err;

	return mempolicy_parse(x->argc, x->argv, p, set, &err) == 0;
}

static void put_mempolicy(const struct explaining *x, FILE *f)
{
	struct mempolicy p;
	cpu_set_t set;

	if (!read_mempolicy(x, &p, &set))
		return;
	fprintf(f, "%s, %s", p.constant, p.nodes ? "[" : "NULL, 0");
	for (size_t i = 0, n = 0; p.nodes && i < CPU_SETSIZE; i++)
		if (CPU_ISSET(i, &set))
			fprintf(f, "%s%zu", n++ ? " " : "", i);
	if (p.nodes)
		fprintf(f, "], %zu", 8 * sizeof(set) + 1);
}

/* numactl(8) has no word for the default, which a program has without it. */
static void put_numactl(const struct explaining *x, FILE *f)
{
	struct mempolicy p;
	cpu_set_t set;

	if (!read_mempolicy(x, &p, &set) || !p.numactl)
		fputs("none", f);
	else
		fprintf(f, "numactl(8): numactl %s%s%s COMMAND", p.numactl, p.nodes ? "=" : "",
			p.nodes ? x->argv[2] : "");
}

static void put_mempolicy_c(const struct explaining *x, FILE *f)
{
	struct mempolicy p;
	cpu_set_t set;

	if (!read_mempolicy(x, &p, &set))
		return;
	if (!p.nodes) {
		fprintf(f, "syscall(SYS_set_mempolicy, %s, NULL, 0);", p.constant);
		return;
	}
	fputs("cpu_set_t nodes; CPU_ZERO(&nodes);", f);
	for (size_t i = 0; i < CPU_SETSIZE; i++)
		if (CPU_ISSET(i, &set))
			fprintf(f, " CPU_SET(%zu, &nodes);", i);
	fprintf(f, " syscall(SYS_set_mempolicy, %s, &nodes, 8 * sizeof(nodes) + 1);", p.constant);
}

static void put_personality(const struct explaining *x, FILE *f)
{
	char text[ERR_TEXT / 2];

	personality_parse(x->argc, x->argv, text, sizeof(text));
	fputs(text, f);
}

/* Its name for the machine as it is differs from one to the next. */
static void put_setarch(const struct explaining *x, FILE *f)
{
	fputs(strcmp(x->argv[1], "linux32") ? "$(uname -m)" : "linux32", f);
	for (int i = 2; i < x->argc; i++)
		fprintf(f, " --%s", x->argv[i]);
}

static void put_keyring(const struct explaining *x, FILE *f)
{
	char q[200];

	fputs(trace_quote(q, sizeof(q), x->argc > 1 ? x->argv[1] : NULL), f);
}

/* keyctl(1) writes a dash for the keyring without a name. */
static void put_keyring_name(const struct explaining *x, FILE *f)
{
	fputs(x->argc > 1 ? x->argv[1] : "-", f);
}

const struct explain_value explain_values_attributes[] = {
	{"schedtools", put_sched_tools},
	{"scheddocker", put_sched_docker},
	{"schedc", put_sched_c},
	{"ioprio", put_ioprio},
	{"ionice", put_ionice},
	{"mempolicy", put_mempolicy},
	{"numactl", put_numactl},
	{"mempolicyc", put_mempolicy_c},
	{"personality", put_personality},
	{"setarch", put_setarch},
	{"keyring", put_keyring},
	{"keyringname", put_keyring_name},
	{NULL, NULL},
};

const struct explain_condition explain_conditions_attributes[] = {
	{"affinity", is_affinity},
	{NULL, NULL},
};
