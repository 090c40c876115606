/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of steps, checked on paper: which namespaces the box would have of
 * its own at each, and that nothing follows what uses the box up. Lines that
 * are allowed to fail may well be meant to show a mistake: they pass.
 */
#include <stdio.h>

#include "../ops/guard.h"
#include "script.h"

static int check_step(const struct step *s, unsigned own, const struct step *ended, struct err *err)
{
	const char *name = s->op ? s->op->name : s->command ? s->command->name : "!";

	if (ended) {
		err_order(err, "%s: nothing can follow %s in a file", name, ended->op->name);
		err_why(err, "%s:%d: the box has become %.200s there", ended->file, ended->line,
			ended->argc > 1 ? ended->argv[1] : "a program");
		err_fix(err, "use run there, or -%s if it is meant to fail", ended->op->name);
		return -1;
	}
	if (s->op && !s->insist && !s->tolerate)
		return guard_refuses(s->op, guard_changes(s->op, s->argc, s->argv), own, err);
	return 0;
}

int script_check_order(const struct script *s, struct problem *p)
{
	const struct step *ended = NULL;
	unsigned own = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct step *step = &s->steps[i];

		if (check_step(step, own, ended, &p->err) < 0) {
			p->place = (struct place){.file = step->file, .line = step->line};
			return -1;
		}
		if (!step->op)
			continue;
		if (step->op->gains)
			own |= step->op->gains(step->argc, step->argv);
		if ((step->op->flags & OP_ENDS) && !step->tolerate)
			ended = step;
	}
	return 0;
}
