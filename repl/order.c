/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of steps, checked on paper (ops/paper.h): what the box would be at
 * each, and that nothing follows what uses the box up. undo goes back on paper,
 * too. Lines that are allowed to fail may well be meant to show a mistake: they
 * pass.
 */
#include <stdlib.h>
#include <string.h>

#include "ops/paper.h"
#include "repl/journal.h"
#include "repl/script.h"
#include "repl/stale.h"

/* The journal on paper: the box after each line, beginning with none. */
struct draft {
	struct paper *box;
	const struct step **line; /* that led there */
	size_t *together;
	size_t n, total;
	struct paper now;
	bool ended;                  /* by reset */
	const struct step *attached; /* where a process was begun to be looked at */
};

static int draft_init(struct draft *d, size_t n)
{
	*d = (struct draft){.box = calloc(n + 2, sizeof(*d->box)),
			    .line = calloc(n + 2, sizeof(const struct step *)),
			    .together = calloc(n + 2, sizeof(*d->together))};
	d->now = paper_new();
	if (d->box)
		d->box[0] = d->now;
	return d->box && d->line && d->together ? 0 : -1;
}

static void draft_release(struct draft *d)
{
	free(d->box);
	free(d->line);
	free(d->together);
}

static void add(struct draft *d, const struct step *s)
{
	paper_do(&d->now, s->op, s->argc, s->argv, s->tolerate);
	if (s->op->flags & OP_LOOKS)
		return;
	if (d->ended)
		d->n = d->total = 0;
	d->ended = false;
	if (journal_repeats(s))
		d->total = d->n;
	for (size_t i = d->total; i > d->n; i--) {
		d->box[i + 1] = d->box[i];
		d->line[i + 1] = d->line[i];
		d->together[i] = d->together[i - 1];
	}
	d->total++;
	d->box[++d->n] = d->now;
	d->line[d->n] = s;
}

/* Whether a line that may fail counts is not known, nor then what is undone. */
static void undo(struct draft *d, size_t n)
{
	size_t was = d->n;

	n -= d->ended;
	d->ended = false;
	for (; n > 0 && d->n > 0; n--)
		d->now.unknown |= d->line[d->n--]->tolerate;
	if (d->n < was)
		d->together[d->n] = was - d->n;
	if (!d->now.unknown)
		d->now = d->box[d->n];
}

static void redo(struct draft *d, size_t n)
{
	if (!n)
		n = d->together[d->n];
	if (d->ended)
		return;
	for (; n > 0 && d->n < d->total; n--)
		d->n++;
	if (!d->now.unknown)
		d->now = d->box[d->n];
}

/* A line that may fail may have found that the process ended. */
static void look(struct draft *d, const struct step *s)
{
	const char *name = s->command ? s->command->name : "";

	if (s->tolerate || !strcmp(name, "detach") || !strcmp(name, "reset"))
		d->attached = NULL;
	else if (!strcmp(name, "attach") && s->argc > 1 && s->argv[1][0] != '-')
		d->attached = s;
}

static void go(struct draft *d, const struct step *s)
{
	size_t n = s->argc > 1 ? strtoul(s->argv[1], NULL, 10) : 0;

	look(d, s);

	if (s->op) {
		add(d, s);
	} else if (s->command && !strcmp(s->command->name, "undo")) {
		undo(d, n ? n : 1);
		d->now.unknown |= s->tolerate;
	} else if (s->command && !strcmp(s->command->name, "redo")) {
		redo(d, n);
		d->now.unknown |= s->tolerate;
	} else if (s->command && !strcmp(s->command->name, "reset")) {
		d->now = paper_new();
		d->ended = true;
	}
}

static int refuse_after(const struct step *s, const struct step *ended, struct err *err)
{
	const char *name = s->op ? s->op->name : s->command ? s->command->name : "!";

	err_order(err, "%s: nothing can follow %s in a file", name, ended->op->name);
	err_why(err, "%s:%d: the box has become %.200s there", ended->file, ended->line,
		ended->argc > 1 ? ended->argv[1] : "a program");
	err_fix(err, "use run there, or -%s if it is meant to fail", ended->op->name);
	return -1;
}

static int refuse_attached(const struct step *s, const struct step *at, struct err *err)
{
	err_order(err, "%s: refused: process %.20s is looked at, and not the box", s->op->name,
		  at->argv[1]);
	err_why(err, "%s:%d: attach changes nothing; ops act on this session's own box", at->file,
		at->line);
	err_fix(err, "detach first");
	return -1;
}

static int check_step(const struct draft *d, const struct step *s, bool all, struct err *err)
{
	if (!s->op || s->tolerate)
		return 0;
	if (paper_guard(&d->now, s->op, s->argc, s->argv, s->insist, err) < 0)
		return -1;
	if (all && d->attached)
		return refuse_attached(s, d->attached, err);
	return all ? paper_refuses(&d->now, s->op, s->argc, s->argv, err) : 0;
}

static int check_steps(const struct script *s, bool all, struct draft *d, struct problem *p)
{
	const struct step *ended = NULL;
	struct stale stale = {0};

	for (size_t i = 0; i < s->n; i++) {
		const struct step *step = &s->steps[i];

		p->place = (struct place){.file = step->file, .line = step->line};
		if (ended)
			return refuse_after(step, ended, &p->err);
		if (check_step(d, step, all, &p->err) < 0)
			return -1;
		go(d, step);
		stale_go(&stale, step);
		if (step->op && (step->op->flags & OP_ENDS) && !step->tolerate)
			ended = step;
	}
	return all ? stale_check(&stale, p) : 0;
}

void script_each(const struct script *s,
		 void (*each)(const struct step *step, const struct paper *box))
{
	struct draft d;
	int r = draft_init(&d, s->n);

	for (size_t i = 0; r == 0 && i < s->n; i++) {
		if (s->steps[i].op)
			each(&s->steps[i], &d.now);
		go(&d, &s->steps[i]);
	}
	draft_release(&d);
}

int script_check_order(const struct script *s, bool all, struct problem *p)
{
	struct draft d;
	int r = draft_init(&d, s->n) < 0 ? err_usage(&p->err, "out of memory")
					 : check_steps(s, all, &d, p);

	draft_release(&d);
	return r;
}
