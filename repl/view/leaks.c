/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * leaks, and the last word of a session.
 */
#include "repl/view/leaks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/leaks/leaks.h"
#include "repl/command.h"
#include "repl/report.h"
#include "repl/view/page.h"
#include "repl/view/words.h"

/* With what to compare, and what may have changed since because of us. */
struct start {
	struct host_state host;
	bool touched; /* steps with --host or ! were taken */
	bool ran;     /* programs, which change what the box shares with the host as they like */
};

void leaks_start(struct shell *sh)
{
	if (sh->start)
		return;
	sh->start = calloc(1, sizeof(*sh->start));
	if (sh->start)
		host_read(&sh->start->host);
}

bool leaks_wanted(const struct script *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->steps[i].command && !strcmp(s->steps[i].command->name, "leaks"))
			return true;
	return false;
}

void leaks_note(struct shell *sh, const struct step *step)
{
	if (!sh->start)
		return;
	sh->start->touched |= step->insist || step->host;
	sh->start->ran |= step->op && (step->op->flags & OP_VERBATIM);
	if (step->insist && step->op && !strcmp(step->op->name, "sysctl"))
		host_watch(&sh->start->host, step->argv[1]);
}

static const char *word_for(enum leak_kind kind)
{
	static const char *const words[] = {
		[LEAK_OURS] = "! left",       [LEAK_EARLIER] = "! left earlier",
		[LEAK_CHANGED] = "* changed", [LEAK_KEPT] = "kept",
		[LEAK_BOX] = "the box's",     [LEAK_UNKNOWN] = "? unknown",
	};

	return words[kind];
}

static const char *name_for(enum leak_kind kind)
{
	static const char *const names[] = {"left", "earlier", "changed", "kept", "box", "unknown"};

	return names[kind];
}

/* What can't be read is no proof that it is as it was. */
static size_t unproved(const struct leaks *l)
{
	return leaks_count(l, LEAK_UNKNOWN) + (l->errnum != 0);
}

/* What this session answers for. */
static size_t blamed(const struct shell *sh, const struct leaks *l)
{
	return leaks_count(l, LEAK_OURS) +
	       (sh->start && sh->start->touched ? leaks_count(l, LEAK_CHANGED) : 0);
}

static size_t remarkable(const struct leaks *l)
{
	return l->n - leaks_count(l, LEAK_BOX);
}

/* "KEY: now, was before"; the caller's to free, NULL: no memory. */
static char *described(const struct leak *leak)
{
	const char *now = leak->now && leak->now[0] ? leak->now : NULL;
	char *text = NULL;
	int n;

	if (leak->before && leak->now)
		n = asprintf(&text, "%s: %s, was %s", leak->what, leak->now, leak->before);
	else if (leak->before)
		n = asprintf(&text, "%s is gone: %s", leak->what, leak->before);
	else
		n = asprintf(&text, "%s%s%s", leak->what, now ? ": " : "", now ? now : "");
	return n < 0 ? NULL : text;
}

static void put_leak_json(struct page *page, const struct leak *leak)
{
	page_row(page, NULL);
	page_cell(page, "%s", name_for(leak->kind));
	page_cell(page, "%s", leak->fact);
	page_cell(page, "%s", leak->what);
	page_cell(page, leak->before ? "%s" : NULL, leak->before);
	page_cell(page, leak->now ? "%s" : NULL, leak->now);
	page_cell(page, leak->fix ? "%s" : NULL, leak->fix);
}

static void put_leak(struct page *page, const struct leak *leak)
{
	size_t room = words_room(strlen("! left earlier") + strlen("processes") + 2);
	auto_free char *what = described(leak), *fix = NULL;

	page_row(page, NULL);
	page_cell(page, "%s", word_for(leak->kind));
	page_cell(page, "%s", leak->fact);
	if (leak->kind <= LEAK_CHANGED)
		page_mark(page);
	words_put(page, 2, room, what ? what : leak->what);
	if (!leak->fix || asprintf(&fix, "fix: %s", leak->fix) < 0)
		return;
	page_row(page, NULL);
	page_cell(page, NULL);
	page_cell(page, NULL);
	words_put(page, 2, room, fix);
}

static void put_counts(struct page *page, const struct leaks *l, bool compared)
{
	static const struct column columns[] = {
		{"fact", "fact", 0},
		{"now", "now", COLUMN_NUMBER},
		{"compared", "compared", COLUMN_BOOLEAN},
		{NULL, NULL, 0},
	};

	page_table(page, "looked_at", NULL, columns);
	for (int i = 0; i < HOST_FACTS; i++) {
		page_row(page, NULL);
		page_cell(page, "%s", host_fact_names[i]);
		page_cell(page, "%zu", l->counts[i]);
		page_cell(page, "%d", compared);
	}
}

/* "hostname, 34 mounts, 3 links, 12 cgroups" */
static const char *counted(const struct leaks *l, char *buf, unsigned size)
{
	static const char *const one[] = {"", "mount", "link", "cgroup"};
	int n = snprintf(buf, size, "hostname");

	for (int i = HOST_MOUNTS; i < HOST_FACTS; i++)
		n += snprintf(buf + n, size - (unsigned)n, ", %zu %s%s", l->counts[i], one[i],
			      l->counts[i] == 1 ? "" : "s");
	return buf;
}

static void put_text(const struct shell *sh, struct page *page, const struct leaks *l)
{
	static const struct column columns[] = {
		{"kind", "", 0},     {"fact", "fact", 0}, {"what", "what", COLUMN_WRAP},
		{"before", NULL, 0}, {"now", NULL, 0},    {"fix", NULL, 0},
		{NULL, NULL, 0},
	};
	char counts[128];

	if (l->n || page_is_json(page)) {
		page_table(page, "leaks", NULL, columns);
		for (size_t i = 0; i < l->n; i++)
			(page_is_json(page) ? put_leak_json : put_leak)(page, &l->list[i]);
	}
	if (page_is_json(page))
		put_counts(page, l, sh->start != NULL);
	else if (!remarkable(l))
		page_note(page, "host as it was: %s", counted(l, counts, sizeof(counts)));
	else if (leaks_count(l, LEAK_CHANGED))
		page_note(page, "changed: since the start, by %ssomebody else",
			  sh->start->touched ? "this session's --host and ! lines, or by "
			  : sh->start->ran   ? "programs of this session, or by "
					     : "no step of this session, but ");
}

static int do_leaks(struct shell *sh, int argc, char **argv, struct err *err)
{
	auto_leaks struct leaks l;
	struct page *page;
	size_t left;

	leaks_find(sh->start ? &sh->start->host : NULL, &sh->session, &l);
	page = page_new(op_first(argc, argv) > 1, err);
	if (!page)
		return -1;
	put_text(sh, page, &l);
	page_print(page);
	left = blamed(sh, &l) + leaks_count(&l, LEAK_EARLIER);
	if (!left && !unproved(&l))
		return 0;
	if (!left)
		return err_kernel(err, 0, "leaks: not everything could be compared");
	err_kernel(err, 0, "leaks: %zu %s", left,
		   left == 1 ? "thing is left or changed" : "things are left or changed");
	return -1;
}

static void say(const struct shell *sh, const struct leak *leak)
{
	auto_free char *what = described(leak);

	report_note(sh, "  %s: %s %s%s%s", word_for(leak->kind), leak->fact,
		    what ? what : leak->what, leak->fix ? "; fix: " : "",
		    leak->fix ? leak->fix : "");
}

void leaks_forget(struct shell *sh)
{
	if (sh->start)
		host_release(&sh->start->host);
	free(sh->start);
	sh->start = NULL;
}

static void say_differences(const struct shell *sh, const struct leaks *l)
{
	if (blamed(sh, l) || leaks_count(l, LEAK_CHANGED))
		report_note(sh, "the host is not as it was:");
	else if (unproved(l))
		report_note(sh, "whether the host is as it was can't be told:");
	else
		report_note(sh, "host as it was, but for this:");
	for (size_t i = 0; i < l->n; i++)
		if (l->list[i].kind != LEAK_EARLIER || !sh->interactive)
			say(sh, &l->list[i]);
}

/* What others left is told at a prompt in a few words: this session is over. */
static void say_end(const struct shell *sh, const struct leaks *l)
{
	size_t earlier = sh->interactive ? leaks_count(l, LEAK_EARLIER) : 0;
	char counts[128];

	if (l->n == earlier)
		report_note(sh, "host as it was: %s", counted(l, counts, sizeof(counts)));
	else
		say_differences(sh, l);
	if (earlier)
		report_note(sh, "  %s: %zu, by other sessions (leaks lists them)",
			    word_for(LEAK_EARLIER), earlier);
}

int leaks_end(struct shell *sh)
{
	auto_leaks struct leaks l = {0};

	if (!sh->start)
		return 0;
	leaks_find(sh->start ? &sh->start->host : NULL, &sh->session, &l);
	say_end(sh, &l);
	return blamed(sh, &l) > 0 || unproved(&l) > 0;
}

static const char *const options[] = {"--json", NULL};

const struct command command_leaks = {
	.name = "leaks",
	.usage = "leaks [--json]",
	.summary = "is the host as it was when this session began?",
	.detail =
		"Compares hostname, mounts, links and control groups with the start, and looks for\n"
		"what ctrsh left, this session or an earlier one; each with the line that removes it.\n"
		"Files made in a root file system are not tracked. Fails if something is left. In a\n"
		"file nothing can follow exec: there, ctrsh --leaks does the same at the end.",
	.options = options,
	.arg = {ARG_WORD, NULL, NULL},
	.run = do_leaks,
};
