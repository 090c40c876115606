/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A script is read as ctrsh would read it, with something in place of its
 * arguments, and each step's needs are compared with what was found.
 */
#include "repl/view/shipped.h"

#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/doctor/installed.h"
#include "ops/doctor/needs.h"
#include "repl/script.h"

/* A name, a program, an address: it is read, and never used. */
static char placeholder[] = "192.0.2.1/24";

/* A line that may fail is passed over, and the rest goes on. */
static void judge(const struct machine *m, const struct script *script, struct shipped *s)
{
	struct stand stand = {0};
	char why[400];

	for (size_t i = 0; i < script->n; i++) {
		const struct step *step = &script->steps[i];

		if (!step->op ||
		    !needs_lack(m, &stand, step->op, step->argc, step->argv, why, sizeof(why)))
			continue;
		if (!s->line) {
			s->line = step->line;
			snprintf(s->op, sizeof(s->op), "%s", step->op->name);
			snprintf(s->why, sizeof(s->why), "%s", why);
			s->state = SHIPPED_PARTLY;
		}
		if (step->tolerate)
			continue;
		s->line = step->line;
		snprintf(s->op, sizeof(s->op), "%s", step->op->name);
		snprintf(s->why, sizeof(s->why), "%s", why);
		s->state = SHIPPED_FAILS;
		return;
	}
}

static void look_at(const struct machine *m, const char *path, struct shipped *s)
{
	char *args[9];
	struct vars vars = {.script = path, .args = args, .n_args = 9};
	struct script script = {0};
	struct problem p = {0};

	*s = (struct shipped){0};
	snprintf(s->path, sizeof(s->path), "%.511s", path);
	for (int i = 0; i < 9; i++)
		args[i] = placeholder;
	if (script_add_file(&script, path, &vars, &p) < 0) {
		s->state = SHIPPED_FAILS;
		s->line = p.place.line;
		snprintf(s->why, sizeof(s->why), "it cannot be read: %.300s", p.err.what);
	} else {
		judge(m, &script, s);
	}
	script_release(&script);
	vars_release(&vars);
}

int shipped_look(const struct machine *m, struct shipped **list)
{
	char dir[PATH_MAX], pattern[PATH_MAX + 32];
	glob_t found = {0};
	int n = 0;

	*list = NULL;
	if (!installed_scripts(dir, sizeof(dir)))
		return 0;
	snprintf(pattern, sizeof(pattern), "%s/*.ctr", dir);
	glob(pattern, 0, NULL, &found);
	snprintf(pattern, sizeof(pattern), "%s/*/*.ctr", dir);
	glob(pattern, GLOB_APPEND, NULL, &found);
	*list = calloc(found.gl_pathc + 1, sizeof(**list));
	for (; *list && n < (int)found.gl_pathc; n++)
		look_at(m, found.gl_pathv[n], &(*list)[n]);
	globfree(&found);
	return n;
}
