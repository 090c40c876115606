/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values and conditions of unshare and the maps of IDs: which namespaces, what else they take.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/explain/value.h"
#include "ops/namespaces/clocks.h"
#include "ops/namespaces/idmap.h"
#include "ops/namespaces/ns.h"

static unsigned gains(const struct explaining *x)
{
	return x->op->gains ? x->op->gains(x->argc, x->argv) : 0;
}

static bool has(const struct explaining *x, unsigned flags)
{
	return gains(x) & flags;
}

static bool has_mnt(const struct explaining *x)
{
	return has(x, CLONE_NEWNS);
}

static bool has_fork(const struct explaining *x)
{
	return has(x, CLONE_NEWPID | CLONE_NEWTIME);
}

static bool has_pid(const struct explaining *x)
{
	return has(x, CLONE_NEWPID);
}

static bool has_user(const struct explaining *x)
{
	return has(x, CLONE_NEWUSER);
}

static bool is_init(const struct explaining *x)
{
	return x->init;
}

static bool has_clocks(const struct explaining *x)
{
	return strchr(x->argv[x->argc - 1], '=');
}

static const char *propagation(const struct explaining *x)
{
	const char *how = op_value(x->argc, x->argv, "--propagation");

	return how ? how : "private";
}

static bool is_unchanged(const struct explaining *x)
{
	return !strcmp(propagation(x), "unchanged");
}

static void put_flags(const struct explaining *x, FILE *f)
{
	const char *sep = "";

	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (gains(x) & ns->flag) {
			fprintf(f, "%s%s", sep, ns->flagname);
			sep = "|";
		}
}

static void put_isolates(const struct explaining *x, FILE *f)
{
	const char *sep = "";

	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (gains(x) & ns->flag) {
			fprintf(f, "%s%s (%s)", sep, ns->name, ns->isolates);
			sep = ", ";
		}
}

/* unshare(1) calls two of them otherwise. */
static void put_options(const struct explaining *x, FILE *f)
{
	const char *sep = "";

	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (gains(x) & ns->flag) {
			fprintf(f, "%s--%s%s", sep, strcmp(ns->name, "mnt") ? ns->name : "mount",
				strcmp(ns->name, "pid") ? "" : " --fork");
			sep = " ";
		}
	if (op_value(x->argc, x->argv, "--propagation"))
		fprintf(f, " --propagation %s", op_value(x->argc, x->argv, "--propagation"));
}

static void put_clocks(const struct explaining *x, FILE *f)
{
	char text[128] = "";

	clocks_text(x->argc, x->argv, text, sizeof(text));
	explain_quote(f, text);
}

/* unshare(1) takes seconds. */
static void put_clock_options(const struct explaining *x, FILE *f)
{
	char text[128] = "", clock[16], *rest = NULL;
	long long seconds;

	clocks_text(x->argc, x->argv, text, sizeof(text));
	for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		if (sscanf(line, "%15s %lld", clock, &seconds) == 2)
			fprintf(f, " --%s %lld", clock, seconds);
}

static void put_clocks_c(const struct explaining *x, FILE *f)
{
	char text[128] = "";

	if (!clocks_text(x->argc, x->argv, text, sizeof(text)))
		return;
	fputs(" dprintf(open(\"/proc/self/timens_offsets\", O_WRONLY), ", f);
	explain_quote(f, text);
	fputs(");", f);
}

static void put_how(const struct explaining *x, FILE *f)
{
	explain_put_upper(f, propagation(x));
}

static void put_prop(const struct explaining *x, FILE *f)
{
	fputs(propagation(x), f);
}

static void put_propagation_c(const struct explaining *x, FILE *f)
{
	if (!explain_holds(x, "mnt !unchanged"))
		return;
	fputs(" mount(NULL, \"/\", NULL, MS_REC|MS_", f);
	explain_put_upper(f, propagation(x));
	fputs(", NULL);", f);
}

/* A process that goes on in the child. */
static void put_fork(const struct explaining *x, FILE *f)
{
	if (!explain_holds(x, "fork"))
		return;
	if (explain_holds(x, "init"))
		fputs(" if (fork()) { while (wait(NULL) > 0); _exit(0); }", f);
	else
		fputs(" if (syscall(SYS_clone, CLONE_PARENT|SIGCHLD, NULL, NULL, NULL, 0)) "
		      "_exit(0);",
		      f);
}

/* What docker run has for each of them. */
static void put_docker_namespaces(const struct explaining *x, FILE *f)
{
	static const struct {
		const char *name, *text;
	} words[] = {
		{"uts", "its own always (--uts host shares the host's)"},
		{"pid", "its own always (--pid host shares the host's)"},
		{"mnt", "its own always"},
		{"ipc", "its own always (--ipc host shares the host's)"},
		{"net", "its own always (--network host shares the host's)"},
		{"cgroup",
		 "--cgroupns private, the default on hosts with cgroup v2, with v1 it is host"},
		{"user", "the daemon's userns-remap (--userns host leaves it out)"},
		{"time", "docker run can't"},
	};
	const char *sep = "";

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (gains(x) & ns_find(words[i].name)->flag) {
			fprintf(f, "%s%s: %s", sep, words[i].name, words[i].text);
			sep = "; ";
		}
}

/* One's own, and what map root or map self makes of them. */
static void put_ids(const struct explaining *x, FILE *f, bool group, bool inside)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();

	if (x->session && x->session->box.pid)
		idmap_ids(x->session->box.pid, &uid, &gid);
	if (inside && !strcmp(x->op->name, "map root"))
		uid = gid = 0;
	fprintf(f, "%u", group ? gid : uid);
}

static void put_uid(const struct explaining *x, FILE *f)
{
	put_ids(x, f, false, false);
}

static void put_gid(const struct explaining *x, FILE *f)
{
	put_ids(x, f, true, false);
}

static void put_inside_uid(const struct explaining *x, FILE *f)
{
	put_ids(x, f, false, true);
}

static void put_inside_gid(const struct explaining *x, FILE *f)
{
	put_ids(x, f, true, true);
}

static void put_map(const struct explaining *x, FILE *f)
{
	fputc('"', f);
	for (int i = 1; i < x->argc; i++)
		fprintf(f, "%s%s", x->argv[i], i % 3 ? " " : "\\n");
	fputc('"', f);
}

/* Will the map have a 0, and no place for an ID of the box? Then it becomes that (become.h). Of
 * the other kind of ID the map that there is counts, or one that is empty. */
static bool becomes(const struct explaining *x, bool group)
{
	bool zero = false, place = false;
	uid_t uid = geteuid();
	gid_t gid = getegid();

	if (strcmp(x->op->name, group ? "map gid" : "map uid") != 0 ||
	    (x->session && x->session->box.pid && !idmap_ids(x->session->box.pid, &uid, &gid)))
		return false;
	for (int i = 1; i + 2 < x->argc; i += 3) {
		unsigned long in = strtoul(x->argv[i], NULL, 10);
		unsigned long out = strtoul(x->argv[i + 1], NULL, 10);
		unsigned long n = strtoul(x->argv[i + 2], NULL, 10), id = group ? gid : uid;

		zero |= in == 0 && n;
		place |= id >= out && id - out < n;
	}
	return zero && !place;
}

static bool becomes_user(const struct explaining *x)
{
	return becomes(x, false);
}

static bool becomes_group(const struct explaining *x)
{
	return becomes(x, true);
}

static void put_become_c(const struct explaining *x, FILE *f)
{
	if (becomes_user(x))
		fputs(" setresuid(0, 0, 0);", f);
	if (becomes_group(x))
		fputs(" setgroups(0, NULL); setresgid(0, 0, 0);", f);
}

const struct explain_value explain_values_namespaces[] = {
	{"becomec", put_become_c},  {"flags", put_flags},
	{"isolates", put_isolates}, {"options", put_options},
	{"clocks", put_clocks},     {"clockoptions", put_clock_options},
	{"clocksc", put_clocks_c},  {"how", put_how},
	{"prop", put_prop},         {"propagationc", put_propagation_c},
	{"forkc", put_fork},        {"dockernamespaces", put_docker_namespaces},
	{"uid", put_uid},           {"gid", put_gid},
	{"inuid", put_inside_uid},  {"ingid", put_inside_gid},
	{"map", put_map},           {NULL, NULL},
};

const struct explain_condition explain_conditions_namespaces[] = {
	{"becomesuser", becomes_user},
	{"becomesgroup", becomes_group},
	{"mnt", has_mnt},
	{"fork", has_fork},
	{"pid", has_pid},
	{"user", has_user},
	{"init", is_init},
	{"clocks", has_clocks},
	{"unchanged", is_unchanged},
	{NULL, NULL},
};
