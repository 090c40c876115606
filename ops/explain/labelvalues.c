/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of label, of a security module.
 */
#include <string.h>

#include "ops/explain/value.h"
#include "ops/privilege/lsm.h"

static void put_label_file(const struct explaining *x, FILE *f)
{
	fputs(lsm_find(x->argv[1])->file, f);
}

static void put_label_thing(const struct explaining *x, FILE *f)
{
	fputs(lsm_find(x->argv[1])->thing, f);
}

static void label_text(const struct explaining *x, char *text, size_t size)
{
	snprintf(text, size, "%s%s", lsm_find(x->argv[1])->before, x->argv[2]);
}

static void put_label(const struct explaining *x, FILE *f)
{
	char text[1100];

	label_text(x, text, sizeof(text));
	explain_quote(f, text);
}

static void put_label_length(const struct explaining *x, FILE *f)
{
	char text[1100];

	label_text(x, text, sizeof(text));
	fprintf(f, "%zu", strlen(text));
}

static bool is_apparmor(const struct explaining *x)
{
	return !strcmp(x->argv[1], "apparmor");
}

static void put_label_tools(const struct explaining *x, FILE *f)
{
	fprintf(f,
		is_apparmor(x) ? "aa-exec(1): aa-exec -p %s -- COMMAND"
			       : "runcon(1): runcon %s COMMAND",
		x->argv[2]);
}

/* USER:ROLE:TYPE[:LEVEL], where the level may have more colons. */
static void put_label_docker(const struct explaining *x, FILE *f)
{
	static const char *const parts[] = {"user", "role", "type", "level"};
	const char *at = x->argv[2];

	if (is_apparmor(x))
		fprintf(f, "--security-opt apparmor=%s", at);
	for (int i = 0; i < 4 && *at && !is_apparmor(x); i++) {
		size_t n = i < 3 ? strcspn(at, ":") : strlen(at);

		fprintf(f, "%s--security-opt label=%s:%.*s", i ? " " : "", parts[i], (int)n, at);
		at += n + (at[n] != '\0');
	}
}

const struct explain_value explain_values_label[] = {
	{"label", put_label},
	{"labeln", put_label_length},
	{"labelfile", put_label_file},
	{"labelthing", put_label_thing},
	{"labeltools", put_label_tools},
	{"labeldocker", put_label_docker},
	{NULL, NULL},
};
