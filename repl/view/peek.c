/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * peek: a fact on both sides.
 */
#include <string.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"
#include "repl/columns.h"
#include "repl/command.h"
#include "repl/view/look.h"
#include "repl/view/page.h"
#include "repl/visible.h"
#include "repl/wrap.h"

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

/* How many bytes of a value fit into so many columns, 0: all. */
static int fitting(const char *value, size_t columns)
{
	return (int)(columns ? columns_fit(value, columns) : strlen(value));
}

/* How wide the columns are; 0: as what stands in them. */
struct widths {
	size_t key, a, b;
};

static size_t lesser(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t longer(size_t most, const char *text)
{
	size_t n = text ? columns_of(text) : 0;

	return n > most ? n : most;
}

/* The key has a third at most; of the rest, what one side does not need is the other's. */
static struct widths widths_of(const struct page *page, const struct fact *fact,
			       const struct pair *pairs, size_t n)
{
	struct widths w = {strlen(fact->keys), strlen("outside"), strlen("inside")};
	size_t room = page_width(page);

	if (page_is_json(page) || !room)
		return !room && fact->cut ? (struct widths){0, LONGEST, LONGEST}
					  : (struct widths){0, 0, 0};
	for (size_t i = 0; i < n; i++) {
		w.key = longer(w.key, pairs[i].key);
		w.a = longer(w.a, pairs[i].a);
		w.b = longer(w.b, pairs[i].b);
	}
	room -= strlen("*   ") + 1;
	if (w.key + w.a + w.b <= room)
		return (struct widths){0, 0, 0};
	w.key = lesser(w.key, room / 3);
	room -= w.key;
	return (struct widths){w.key, room - lesser(w.b, room / 2), room - lesser(w.a, room / 2)};
}

/* As much of *rest as goes into the column; behind it *rest goes on. */
static void put_part(struct page *page, const char **rest, size_t columns)
{
	size_t n, fits, width;

	if (!*rest || !**rest) {
		page_cell(page, NULL);
		return;
	}
	n = wrap_part(*rest, columns, " ,/");
	fits = (size_t)fitting(*rest, columns);
	if (n > fits) /* a word that can't be broken */
		n = fits ? fits : columns_next(*rest, &width);
	page_cell(page, "%.*s", (int)n, *rest);
	*rest += n;
	*rest += strspn(*rest, " ");
}

/* A text that is long goes on in rows below. */
static void put_rows(struct page *page, const struct pair *p, const char *key, const char *a,
		     const char *b, struct widths w)
{
	const char *mark = sign(p);

	do {
		page_row(page, NULL);
		page_cell(page, "%s", mark);
		put_part(page, &key, w.key);
		put_part(page, &a, w.a);
		put_part(page, &b, w.b);
		if (pair_differs(p))
			page_mark(page);
		mark = "";
	} while ((key && *key) || (a && *a) || (b && *b));
}

/* As it is shown, the caller's to free. What is empty is not what is missing. */
static char *text_of(const struct fact *fact, const char *value, size_t columns)
{
	char *text = value ? visible_text(*value ? value : "(empty)") : NULL;

	if (text && fact->cut)
		text[fitting(text, columns)] = '\0';
	return text;
}

static void put_pair(struct page *page, const struct fact *fact, const struct pair *p,
		     struct widths w)
{
	auto_free char *key = visible_text(p->key);
	auto_free char *a = text_of(fact, p->a, w.a), *b = text_of(fact, p->b, w.b);

	put_rows(page, p, key, a, b, w);
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
			put_pair(page, fact, &pairs[i], w);
	}
	put_hidden(page, fact, hidden, aside);
	if (!n)
		page_note(page, "%s: none, neither outside nor inside", fact->name);
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
