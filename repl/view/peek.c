/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * peek: a fact on both sides.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"
#include "repl/command.h"
#include "repl/view/look.h"
#include "repl/view/page.h"

/* Of what is only outside so many are shown without --all. */
#define ONLY_OUTSIDE 5
#define LONGEST      200 /* characters of a value that may be cut, in a pipe */

static const char *sign(const struct pair *p)
{
	if (!p->a)
		return "+";
	if (!p->b)
		return "-";
	return pair_differs(p) ? "*" : "";
}

/* How many bytes of a value fit into so many columns, whole characters. */
static int fitting(const char *value, size_t columns)
{
	size_t n = strlen(value);

	if (columns && n > columns)
		for (n = columns; n && ((unsigned char)value[n] & 0xc0) == 0x80;)
			n--;
	return (int)n;
}

static void put_value(struct page *page, const char *value, size_t columns)
{
	if (value && !*value)
		page_cell(page, "(empty)"); /* no cell is another thing: not there */
	else if (value)
		page_cell(page, "%.*s", fitting(value, columns), value);
	else
		page_cell(page, NULL);
}

/* How wide the two sides may be; 0: as they are. */
struct widths {
	size_t a, b;
};

static size_t lesser(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* What one side does not need is the other's. */
static struct widths widths_of(const struct page *page, const struct fact *fact,
			       const struct pair *pairs, size_t n)
{
	size_t room, a = 0, b = 0;

	if (!fact->cut || page_is_json(page))
		return (struct widths){0, 0};
	if (!page_width(page))
		return (struct widths){LONGEST, LONGEST};
	room = page_width(page) - strlen(fact->keys) - strlen("*   ") - 1;
	for (size_t i = 0; i < n; i++) {
		size_t in_a = pairs[i].a ? strlen(pairs[i].a) : 0;
		size_t in_b = pairs[i].b ? strlen(pairs[i].b) : 0;

		a = in_a > a ? in_a : a;
		b = in_b > b ? in_b : b;
	}
	return (struct widths){room - lesser(b > 6 ? b : 6, room / 2), room - lesser(a, room / 2)};
}

static void put_pair(struct page *page, const struct pair *p, struct widths w)
{
	page_row(page, NULL);
	page_cell(page, "%s", sign(p));
	page_cell(page, "%s", p->key);
	put_value(page, p->a, w.a);
	put_value(page, p->b, w.b);
	if (pair_differs(p))
		page_mark(page);
}

static bool is_aside(const struct fact *fact, const char *value)
{
	size_t n = strlen(value), end = fact->aside ? strlen(fact->aside) : 0;

	return fact->aside && end <= n && !strcmp(value + n - end, fact->aside);
}

static void put_hidden(struct page *page, const struct fact *fact, size_t hidden, size_t aside)
{
	if (hidden && aside)
		page_note(page, "- and %zu more, only outside, %zu of them %s: peek --all %s",
			  hidden, aside, fact->asides, fact->name);
	else if (hidden)
		page_note(page, "- and %zu more, only outside: peek --all %s", hidden, fact->name);
}

static void put_pairs(struct page *page, const struct fact *fact, const struct items *out,
		      const struct items *in, bool all)
{
	const struct column columns[] = {
		{"differs", "", 0},
		{"key", fact->keys, COLUMN_WRAP},
		{"outside", "outside", COLUMN_WRAP},
		{"inside", "inside", COLUMN_WRAP},
		{NULL, NULL, 0},
	};
	auto_free struct pair *pairs = NULL;
	size_t n, hidden = 0, shown = 0, aside = 0;
	struct widths w;

	pairs = items_pair(out, in, &n);
	w = widths_of(page, fact, pairs, pairs ? n : 0);
	page_table(page, fact->name, NULL, columns);
	for (size_t i = 0; pairs && i < n; i++) {
		bool less = !pairs[i].b && !all && !page_is_json(page);
		bool dull = less && is_aside(fact, pairs[i].a);

		aside += dull;
		if (dull || (less && shown++ >= ONLY_OUTSIDE))
			hidden++;
		else
			put_pair(page, &pairs[i], w);
	}
	put_hidden(page, fact, hidden, aside);
}

static int unreadable(const struct fact *fact, const struct items *t, const char *side,
		      const struct subject *who, struct err *err)
{
	err_kernel(err, t->errnum, "peek: %s %s: reading /proc", fact->name, side);
	look_why(who, t->errnum, err);
	return -1;
}

static int peek(const struct fact *fact, const struct subject *outside,
		const struct subject *inside, int argc, char **argv, struct err *err)
{
	auto_items struct items out = {0}, in = {0};
	struct page *page;
	bool all = false, json = false;

	for (int i = 1; i < op_first(argc, argv); i++) {
		all |= !strcmp(argv[i], "--all");
		json |= !strcmp(argv[i], "--json");
	}
	fact->read(outside, &out);
	fact->read(inside, &in);
	if (out.errnum)
		return unreadable(fact, &out, "outside", outside, err);
	if (in.errnum)
		return unreadable(fact, &in, "inside", inside, err);
	page = page_new(json, err);
	if (!page)
		return -1;
	put_pairs(page, fact, &out, &in, all);
	page_print(page);
	return 0;
}

static int do_peek(struct shell *sh, int argc, char **argv, struct err *err)
{
	auto_subject struct subject outside = {.proc = -1}, inside = {.proc = -1};

	if (look_outside(&outside, err) < 0 || look_inside(sh, &inside, err) < 0)
		return -1;
	return peek(fact_find(argv[argc - 1]), &outside, &inside, argc, argv, err);
}

static int check(int argc, char **argv, struct err *err)
{
	if (fact_find(argv[argc - 1]))
		return 0;
	err_usage(err, "peek: there is no fact \"%.100s\"", argv[argc - 1]);
	err_fix(err, "help peek");
	return -1;
}

static const char *const options[] = {"--all", "--json", NULL};

const struct command command_peek = {
	.name = "peek",
	.usage = "peek [--all] [--json] FACT",
	.summary = "one fact outside and inside, side by side",
	.detail =
		"* marks what differs, + what is only inside, - what is only outside (of that\n"
		"five lines, without --all). Changes nothing.",
	.argmin = 1,
	.argmax = 1,
	.options = options,
	.arg = {ARG_WORD, NULL, fact_names},
	.check = check,
	.run = do_peek,
};
