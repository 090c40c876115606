/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Conditions: of the arguments, and of what there is now.
 */
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/explain/value.h"
#include "ops/files/mountinfo.h"
#include "ops/namespaces/ns.h"

static bool is_rootless(const struct explaining *x)
{
	return x->box.own & CLONE_NEWUSER;
}

static bool is_root(const struct explaining *x)
{
	(void)x;
	return geteuid() == 0;
}

static bool has_option(const struct explaining *x)
{
	return x->argc > 1 && !strncmp(x->argv[1], "--", 2);
}

static bool has_two(const struct explaining *x)
{
	return x->argc - op_first(x->argc, x->argv) >= 2;
}

static bool has_three(const struct explaining *x)
{
	return x->argc - op_first(x->argc, x->argv) >= 3;
}

static bool is_none(const struct explaining *x)
{
	return x->argc == 2 && !strcasecmp(x->argv[1], "none");
}

static const char *first(const struct explaining *x)
{
	return x->argv[op_first(x->argc, x->argv)];
}

static bool is_dir(const struct explaining *x)
{
	return explain_is_dir(x, first(x));
}

static bool is_mounted(const struct explaining *x)
{
	struct session s = explain_session(x);

	return x->session && box_is_mount_point(&s, first(x));
}

static bool is_missing(const struct explaining *x)
{
	struct session s = explain_session(x);
	struct stat st;

	return x->session && box_stat(&s, first(x), &st) < 0 &&
	       (errno == ENOENT || errno == ENOTDIR);
}

static const struct explain_condition general[] = {
	{"rootless", is_rootless}, {"root", is_root},
	{"option", has_option},    {"two", has_two},
	{"three", has_three},      {"none", is_none},
	{"dir", is_dir},           {"mounted", is_mounted},
	{"missing", is_missing},   {NULL, NULL},
};

static const struct explain_condition *const all[] = {
	general,
	explain_conditions_bind,
	explain_conditions_caps,
	explain_conditions_dev,
	explain_conditions_group,
	explain_conditions_join,
	explain_conditions_namespaces,
	explain_conditions_net,
	explain_conditions_overlay,
	explain_conditions_rlimit,
	explain_conditions_attributes,
};

/* One that nobody knows holds. */
static bool holds(const struct explaining *x, const char *name, bool no)
{
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		for (const struct explain_condition *c = all[i]; c->name; c++)
			if (!strcmp(c->name, name))
				return c->holds(x) != no;
	return true;
}

bool explain_holds(const struct explaining *x, const char *when)
{
	char words[64], *rest = words, *word;

	snprintf(words, sizeof(words), "%s", when ? when : "");
	while ((word = strsep(&rest, " ")) != NULL)
		if (!holds(x, word + (*word == '!'), *word == '!'))
			return false;
	return true;
}
