/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line a fact: what is new, what is gone, what is different now. Where
 * much of a fact has gone at once (the mounts outside a new root) a number says
 * it. Two lines, unless `set verbose`.
 */
#include "repl/view/effect.h"

#include <stdio.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/facts/fact.h"
#include "repl/report.h"

#define LINES 2 /* when short */
#define NAMED 3 /* more than so many of one kind are counted */

static void read_all(struct items *list, pid_t pid)
{
	auto_subject struct subject who = {.proc = -1};
	struct err ignored;

	if (subject_open(&who, pid, &ignored) < 0)
		return;
	for (int i = 0; fact_table[i] && i < EFFECT_FACTS; i++)
		if (fact_table[i]->steady)
			fact_table[i]->read(&who, &list[i]);
}

void effect_before(struct effect *e, struct shell *sh)
{
	struct err ignored; /* whoever carries the step out starts it again, and tells */

	*e = (struct effect){.taken = sh->session.trace.on};
	if (e->taken && box_start(&sh->session, &ignored) == 0)
		read_all(e->before, sh->session.box.pid);
}

struct counts {
	size_t gained, lost;
};

static struct counts count(const struct pair *pairs, size_t n)
{
	struct counts c = {0, 0};

	for (size_t i = 0; i < n; i++) {
		c.gained += !pairs[i].a;
		c.lost += !pairs[i].b;
	}
	return c;
}

/* An empty list, of groups say. */
static const char *shown(const char *value)
{
	return value[strspn(value, " ")] ? value : "none";
}

static void put_pair(FILE *f, const struct pair *p, const struct counts *c, bool all)
{
	if (!pair_differs(p) || (!p->a && c->gained > NAMED && !all) ||
	    (!p->b && c->lost > NAMED && !all))
		return;
	if (ftell(f) > 0)
		fputs(", ", f);
	if (!p->a)
		fprintf(f, "+ %s %s", p->key, p->b);
	else if (!p->b)
		fprintf(f, all ? "- %s %s" : "- %s", p->key, p->a);
	else
		fprintf(f, "%s %s -> %s", p->key, shown(p->a), shown(p->b));
}

static void put_count(FILE *f, size_t n, const char *name, const char *how, bool all)
{
	if (n > NAMED && !all)
		fprintf(f, "%s%zu %s %s", ftell(f) > 0 ? ", " : "", n, name, how);
}

/* The line for one fact, the caller's to free; empty: it is as it was. */
static char *line_of(const struct fact *fact, const struct items *a, const struct items *b,
		     bool all)
{
	auto_free struct pair *pairs = NULL;
	struct counts c;
	char *text = NULL;
	size_t n, size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return NULL;
	pairs = items_pair(a, b, &n);
	c = count(pairs, pairs ? n : 0);
	for (size_t i = 0; pairs && i < n; i++)
		put_pair(f, &pairs[i], &c, all);
	put_count(f, c.gained, fact->name, "more", all);
	put_count(f, c.lost, fact->name, "fewer", all);
	fclose(f);
	return text;
}

static void tell(struct effect *e, struct shell *sh, const struct items *after)
{
	int lines = 0, more = 0;

	for (int i = 0; fact_table[i] && i < EFFECT_FACTS; i++) {
		auto_free char *text = NULL;

		if (e->before[i].errnum || after[i].errnum || !fact_table[i]->steady)
			continue;
		text = line_of(fact_table[i], &e->before[i], &after[i], sh->verbose);
		if (!text || !*text)
			continue;
		if (lines < LINES || sh->verbose)
			report_effect(text);
		else
			more++;
		lines++;
	}
	if (more)
		report_effect("and more: set verbose");
}

void effect_after(struct effect *e, struct shell *sh)
{
	struct items after[EFFECT_FACTS] = {0};

	if (!e->taken)
		return;
	if (sh->session.box.pid) {
		read_all(after, sh->session.box.pid);
		tell(e, sh, after);
	}
	for (int i = 0; i < EFFECT_FACTS; i++) {
		items_release(&after[i]);
		items_release(&e->before[i]);
	}
}
