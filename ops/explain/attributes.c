/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of the texts on attributes of the process: I/O priority, personality,
 * session keyring, label of a security module.
 */
#include <string.h>

#include "ops/explain/mountvalues.h"
#include "ops/explain/words.h"
#include "ops/limits/ioprio.h"
#include "ops/limits/personality.h"
#include "ops/privilege/lsm.h"

void explain_put_ioprio(const struct explaining *x, FILE *f)
{
	struct ioprio p;
	struct err err;

	if (ioprio_parse(x->argc, x->argv, &p, &err) == 0)
		fprintf(f, "%s, %d", p.constant, p.level);
}

void explain_put_ionice(const struct explaining *x, FILE *f)
{
	struct ioprio p;
	struct err err;

	if (ioprio_parse(x->argc, x->argv, &p, &err) < 0)
		return;
	fprintf(f, "-c %s", p.ionice);
	if (p.levels)
		fprintf(f, " -n %d", p.level);
}

void explain_put_personality(const struct explaining *x, FILE *f)
{
	char text[ERR_TEXT / 2];

	personality_parse(x->argc, x->argv, text, sizeof(text));
	fputs(text, f);
}

/* Its name for the machine as it is differs from one to the next. */
void explain_put_setarch(const struct explaining *x, FILE *f)
{
	fputs(strcmp(x->argv[1], "linux32") ? "$(uname -m)" : "linux32", f);
	for (int i = 2; i < x->argc; i++)
		fprintf(f, " --%s", x->argv[i]);
}

void explain_put_keyring(const struct explaining *x, FILE *f)
{
	char q[200];

	fputs(trace_quote(q, sizeof(q), x->argc > 1 ? x->argv[1] : NULL), f);
}

/* keyctl(1) writes a dash for the keyring without a name. */
void explain_put_keyring_name(const struct explaining *x, FILE *f)
{
	fputs(x->argc > 1 ? x->argv[1] : "-", f);
}

void explain_put_label_file(const struct explaining *x, FILE *f)
{
	fputs(lsm_find(x->argv[1])->file, f);
}

void explain_put_label_thing(const struct explaining *x, FILE *f)
{
	fputs(lsm_find(x->argv[1])->thing, f);
}

static void label_text(const struct explaining *x, char *text, size_t size)
{
	snprintf(text, size, "%s%s", lsm_find(x->argv[1])->before, x->argv[2]);
}

void explain_put_label(const struct explaining *x, FILE *f)
{
	char text[1100];

	label_text(x, text, sizeof(text));
	explain_quote(f, text);
}

void explain_put_label_length(const struct explaining *x, FILE *f)
{
	char text[1100];

	label_text(x, text, sizeof(text));
	fprintf(f, "%zu", strlen(text));
}

static bool is_apparmor(const struct explaining *x)
{
	return !strcmp(x->argv[1], "apparmor");
}

void explain_put_label_tools(const struct explaining *x, FILE *f)
{
	fprintf(f,
		is_apparmor(x) ? "aa-exec(1): aa-exec -p %s -- COMMAND"
			       : "runcon(1): runcon %s COMMAND",
		x->argv[2]);
}

/* USER:ROLE:TYPE[:LEVEL], where the level may have more colons. */
void explain_put_label_docker(const struct explaining *x, FILE *f)
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
