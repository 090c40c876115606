/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A box cannot go back: most of what makes a container has no opposite call.
 * So another one goes the same way, and stops earlier. What was done to the
 * host, rather than to the box, is there still and not done twice: lines with
 * --host that the guard would refuse, and what an op left behind (again).
 */
#include "repl/replay.h"

#include "ops/box/box.h"
#include "ops/box/signals.h"
#include "ops/guard.h"
#include "repl/loop.h"

/* It needed --host, for it acted on the host: what it did there is in force. */
static bool is_the_hosts(struct shell *sh, const struct step *step)
{
	unsigned changes = guard_changes(step->op, step->argc, step->argv);
	struct err err;

	return step->insist &&
	       (guard_refuses(step->op, changes, guard_own(&sh->session, changes), &err) < 0 ||
		guard_refuses_leak(&sh->session, step->op, &err) < 0);
}

static int take(struct shell *sh, const struct step *step, struct err *err)
{
	struct err failure = {0};
	struct call c = {.op = step->op,
			 .argc = step->argc,
			 .argv = step->argv,
			 .err = &failure,
			 .trace = &sh->session.trace,
			 .session = &sh->session};

	if (is_the_hosts(sh, step) || loop_step(sh, step, &failure) == 0)
		return 0;
	*err = failure;
	if (failure.kind == ERR_BOX || !step->op->again || step->op->again(&c) < 0)
		return -1;
	*err = (struct err){0};
	return 0;
}

/* Which lines the box has now, and that redo shall do the rest of them. */
static void stopped(struct shell *sh, size_t to, struct err *err)
{
	struct journal *j = &sh->journal;

	if (err->kind == ERR_BOX) {
		loop_reset(sh);
		j->n = 0;
		err->kind = ERR_KERNEL; /* it is no news to the loop: there is a box */
	}
	j->lines[j->n].together = to - j->n;
}

static int interrupted(struct err *err)
{
	box_interrupted(err);
	err->kind = ERR_KERNEL; /* the box lives */
	return -1;
}

static int go(struct shell *sh, const struct script *steps, size_t to, bool programs,
	      struct err *err)
{
	struct journal *j = &sh->journal;

	sh->replaying = true;
	for (; j->n < to; j->n++) {
		const struct step *step = &steps->steps[j->n];

		if (signals_ending()
			    ? interrupted(err) < 0
			    : (programs || journal_repeats(step)) && take(sh, step, err) < 0) {
			stopped(sh, to, err);
			break;
		}
		if (step->op->flags & OP_ENDS)
			j->ended = true;
	}
	sh->replaying = false;
	return j->n < to ? -1 : 0;
}

static void say_nothing(void *arg, const char *line)
{
	(void)arg;
	(void)line;
}

int replay_anew(struct shell *sh, const struct script *steps, size_t to, struct err *err)
{
	struct trace before = sh->session.trace;
	int r;

	loop_reset(sh);
	sh->journal.n = 0;
	sh->journal.ended = false;
	sh->session.trace.on = false;
	sh->session.trace.print = say_nothing;
	r = go(sh, steps, to, false, err);
	sh->session.trace = before;
	return r;
}

int replay_on(struct shell *sh, const struct script *steps, size_t to, struct err *err)
{
	return go(sh, steps, to, true, err);
}
