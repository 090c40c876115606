/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands for $NAME in the texts. $1 is the first argument after the options, $q1 the same
 * as a string in C, $n1 its length.
 */
#include <ctype.h>
#include <string.h>

#include "ops/explain/value.h"
#include "ops/sys/trace.h"

static const char *argument(const struct explaining *x, int i)
{
	int at = op_first(x->argc, x->argv) + i - 1;

	if (x->op->flags & OP_VERBATIM)
		at = i;
	return at < x->argc ? x->argv[at] : NULL;
}

void explain_quote(FILE *f, const char *text)
{
	char q[512];

	fprintf(f, "%s", trace_quote(q, sizeof(q), text));
}

void explain_put_upper(FILE *f, const char *word)
{
	for (; *word; word++)
		fputc(toupper((unsigned char)*word), f);
}

bool explain_is_number(const char *word)
{
	return *word && word[strspn(word, "0123456789")] == '\0';
}

static void put_upper1(const struct explaining *x, FILE *f)
{
	if (argument(x, 1))
		explain_put_upper(f, argument(x, 1));
}

static void put_box(const struct explaining *x, FILE *f)
{
	if (x->session && x->session->box.pid)
		fprintf(f, "%d", (int)x->session->box.pid);
	else
		fprintf(f, "%s", "...");
}

/* The process itself, until there is a box. */
static void put_proc(const struct explaining *x, FILE *f)
{
	if (x->session && x->session->box.pid)
		fprintf(f, "/proc/%d", (int)x->session->box.pid);
	else
		fputs("/proc/self", f);
}

static void put_rest(const struct explaining *x, FILE *f)
{
	for (int i = 1; argument(x, i); i++)
		fprintf(f, "%s%s", i > 1 ? " " : "", argument(x, i));
}

static void put_list(const struct explaining *x, FILE *f)
{
	for (int i = 1; argument(x, i); i++)
		fprintf(f, "%s\"%s\"", i > 1 ? ", " : "", argument(x, i));
}

static const struct explain_value general[] = {
	{"upper1", put_upper1}, {"box", put_box},   {"proc", put_proc},
	{"rest", put_rest},     {"list", put_list}, {NULL, NULL},
};

static const struct explain_value *const all[] = {
	general,
	explain_values_attributes,
	explain_values_bind,
	explain_values_caps,
	explain_values_dev,
	explain_values_files,
	explain_values_group,
	explain_values_join,
	explain_values_label,
	explain_values_mount,
	explain_values_namespaces,
	explain_values_net,
	explain_values_overlay,
	explain_values_privilege,
	explain_values_process,
	explain_values_rlimit,
	explain_values_tree,
	explain_values_user,
};

/* One of two texts, by conditions. */
static const struct {
	const char *name, *when, *yes, *no;
} choices[] = {
	{"readonly", "readonly", ",readonly", ""},
	{"ro", "readonly", ":ro", ""},
	{"recursive", "option", "r", ""},
	{"lazy", "option", "--lazy ", ""},
	{"umountflags", "option", "MNT_DETACH", "0"},
	{"chdirc", "option", "", " chdir(\"/\");"},
	{"keepcwd", "option", " (which goes to / there: no tool stays outside)", ""},
};

bool explain_value(const struct explaining *x, const char *name, FILE *f)
{
	const char *digit = name + (*name == 'q' || *name == 'n');

	if (isdigit((unsigned char)*digit) && !digit[1]) {
		const char *arg = argument(x, *digit - '0');

		if (*name == 'q')
			explain_quote(f, arg);
		else if (*name == 'n')
			fprintf(f, "%zu", arg ? strlen(arg) : 0);
		else
			fprintf(f, "%s", arg ? arg : "");
		return true;
	}
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		for (const struct explain_value *v = all[i]; v->name; v++)
			if (!strcmp(v->name, name)) {
				v->put(x, f);
				return true;
			}
	for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++)
		if (!strcmp(choices[i].name, name)) {
			fputs(explain_holds(x, choices[i].when) ? choices[i].yes : choices[i].no,
			      f);
			return true;
		}
	return false;
}
