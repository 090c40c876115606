/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The conditions of steps: of the arguments, and of what there is now.
 */
#include <string.h>
#include <unistd.h>

#include "ops/cgroup/group.h"
#include "ops/explain/groupvalues.h"
#include "ops/explain/words.h"
#include "ops/namespaces/ns.h"
#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"

static bool gains(const struct explaining *x, unsigned flags)
{
	return x->op->gains && (x->op->gains(x->argc, x->argv) & flags);
}

static bool has_mnt(const struct explaining *x)
{
	return gains(x, CLONE_NEWNS);
}

static bool has_fork(const struct explaining *x)
{
	return gains(x, CLONE_NEWPID | CLONE_NEWTIME);
}

static bool has_pid(const struct explaining *x)
{
	return gains(x, CLONE_NEWPID);
}

static bool has_user(const struct explaining *x)
{
	return gains(x, CLONE_NEWUSER);
}

static bool is_via(const struct explaining *x)
{
	return x->argc > 3 && !strcmp(x->argv[2], "via");
}

static bool is_rootless(const struct explaining *x)
{
	return x->box.own & CLONE_NEWUSER;
}

static bool is_root(const struct explaining *x)
{
	(void)x;
	return geteuid() == 0;
}

static bool is_process(const struct explaining *x)
{
	return strspn(x->argv[1], "0123456789") == strlen(x->argv[1]);
}

static bool is_dir(const struct explaining *x)
{
	return explain_is_dir(x, x->argv[op_first(x->argc, x->argv)]);
}

static unsigned sets(const struct explaining *x, uint64_t *gone)
{
	return caps_named(x->op->name, x->argc, x->argv, gone);
}

static bool has_bounding(const struct explaining *x)
{
	uint64_t gone;

	return sets(x, &gone) & SET_BOUNDING;
}

static bool has_sets(const struct explaining *x)
{
	uint64_t gone;

	return sets(x, &gone) & (SET_PERMITTED | SET_EFFECTIVE | SET_INHERITABLE);
}

static bool has_ambient(const struct explaining *x)
{
	uint64_t gone;

	return (sets(x, &gone) & SET_AMBIENT) && (explain_caps(x, "CapAmb") & gone);
}

static bool is_frozen(const struct explaining *x)
{
	return !x->session || (x->box.facts & PAPER_FROZEN);
}

static bool is_init(const struct explaining *x)
{
	return x->init;
}

static bool has_clocks(const struct explaining *x)
{
	return strchr(x->argv[x->argc - 1], '=');
}

static bool is_unchanged(const struct explaining *x)
{
	const char *how = op_value(x->argc, x->argv, "--propagation");

	return how && !strcmp(how, "unchanged");
}

static bool has_option(const struct explaining *x)
{
	return x->argc > 1 && !strncmp(x->argv[1], "--", 2);
}

static bool has_swap(const struct explaining *x)
{
	return x->argc > 2;
}

static bool has_two(const struct explaining *x)
{
	return x->argc - op_first(x->argc, x->argv) >= 2;
}

static bool has_three(const struct explaining *x)
{
	return x->argc - op_first(x->argc, x->argv) >= 3;
}

static bool offers(const struct explaining *x, const char *name, bool *v2)
{
	struct session s = x->session ? *x->session : (struct session){0};
	struct trace quiet = {0};
	struct err err = {0};
	struct call c = {.op = x->op, .err = &err, .trace = &quiet, .session = &s};

	return group_offers(&c, name, v2);
}

void explain_controller(const struct explaining *x, char *name, size_t size)
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

static bool is_v2(const struct explaining *x)
{
	char name[64];
	bool v2 = true;

	explain_controller(x, name, sizeof(name));
	return !offers(x, name, &v2) || v2;
}

/* Is there no group of the box's yet in the hierarchy of the controller? */
static bool is_new(const struct explaining *x)
{
	char name[64], part[70];
	bool v2 = is_v2(x);

	explain_controller(x, name, sizeof(name));
	snprintf(part, sizeof(part), "/%s", name);
	for (int i = 0; x->session && i < x->session->made->n_groups; i++) {
		const struct control_group *g = &x->session->made->groups[i];

		if (v2 ? g->v2 : !g->v2 && strstr(g->dir, part))
			return false;
	}
	return true;
}

static const struct {
	const char *name;
	bool (*holds)(const struct explaining *x);
} conditions[] = {
	{"bounding", has_bounding},
	{"sets", has_sets},
	{"ambient", has_ambient},
	{"via", is_via},
	{"rootless", is_rootless},
	{"root", is_root},
	{"process", is_process},
	{"dir", is_dir},
	{"mnt", has_mnt},
	{"fork", has_fork},
	{"pid", has_pid},
	{"user", has_user},
	{"init", is_init},
	{"frozen", is_frozen},
	{"clocks", has_clocks},
	{"unchanged", is_unchanged},
	{"option", has_option},
	{"swap", has_swap},
	{"two", has_two},
	{"three", has_three},
	{"v2", is_v2},
	{"new", is_new},
};

bool explain_holds(const struct explaining *x, const char *when)
{
	char words[64], *rest = words, *word;

	snprintf(words, sizeof(words), "%s", when ? when : "");
	while ((word = strsep(&rest, " ")) != NULL) {
		bool no = *word == '!', known, holds = explain_also_holds(x, word + no, &known);

		if (known && holds == no)
			return false;

		for (size_t i = 0; i < sizeof(conditions) / sizeof(conditions[0]); i++)
			if (!strcmp(conditions[i].name, word + no) && conditions[i].holds(x) == no)
				return false;
	}
	return true;
}
