/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of the texts on attributes of the process: I/O priority, personality,
 * session keyring.
 */
#include <string.h>

#include "ops/explain/words.h"
#include "ops/limits/ioprio.h"
#include "ops/limits/personality.h"

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
