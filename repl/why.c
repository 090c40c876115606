/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * why: all that is known of the last failure.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/why/checks.h"
#include "repl/command.h"
#include "repl/paragraph.h"
#include "repl/shell.h"
#include "repl/visible.h"
#include "repl/wrap.h"

#define VALUE 27 /* the column where values begin, and go on */

static bool is_own_fault(int sig)
{
	return sig == SIGSEGV || sig == SIGBUS || sig == SIGILL || sig == SIGFPE || sig == SIGABRT;
}

static void put_failed(const struct failure *f)
{
	char text[ERR_TEXT + 128];

	if (f->file && f->place_line)
		snprintf(text, sizeof(text), "%s:%d", f->file, f->place_line);
	if (f->line)
		paragraph_put(f->file && f->place_line ? text : "line", f->line);
	if (f->err.errnum)
		snprintf(text, sizeof(text), "%s = %s (%s)", f->err.what,
			 strerrorname_np(f->err.errnum), strerror(f->err.errnum));
	else
		snprintf(text, sizeof(text), "%s", f->err.what);
	paragraph_put("failed", text);
	if (f->unknown)
		paragraph_put("why",
			      "not known: none of what was looked at explains it. The facts "
			      "below may.");
	else if (f->err.why[0])
		paragraph_put("why", f->err.why);
	else if (f->err.kind == ERR_PROGRAM && f->err.status <= 128)
		paragraph_put("why", "not known: a status is the program's own answer");
	else if (f->err.kind == ERR_PROGRAM && is_own_fault(f->err.status - 128))
		paragraph_put("why",
			      "not known: the program itself did what is answered with this "
			      "signal (signal(7)); a call that a filter or a limit lets fail can "
			      "be behind it");
	else if (f->err.kind == ERR_PROGRAM)
		paragraph_put("why", "not known: the kernel tells nobody who sent the signal");
	else if (f->err.kind == ERR_KERNEL || f->err.kind == ERR_EXEC || f->err.kind == ERR_BOX)
		paragraph_put("why", "not known");
	if (f->err.said[0])
		paragraph_put("said", f->err.said);
}

/* The pages that the op's help names: "See mount(2), proc(5)." */
static void put_pages(const struct op *op)
{
	const char *see = op ? strstr(op->detail, "See ") : NULL;
	char text[256];
	size_t n;

	if (!see)
		return;
	snprintf(text, sizeof(text), "%s", see + 4);
	n = strlen(text);
	if (n && text[n - 1] == '.')
		text[n - 1] = '\0';
	for (char *p = text; (p = strchr(p, '\n')) != NULL;)
		*p = ' ';
	paragraph_put("man", text);
}

static void put_checked(const struct failure *f)
{
	const struct check *k = check_find(&f->err);

	if (k) {
		paragraph_put("checked", k->text);
		paragraph_put("man", k->pages);
		return;
	}
	if ((f->err.kind == ERR_ORDER || f->err.kind == ERR_STATE) && f->op)
		paragraph_put("checked", "by ctrsh itself: the kernel was not asked");
	put_pages(f->op);
}

static void put_probe(const struct probe *probe)
{
	char name[4 * sizeof(probe->name)];
	auto_free char *text = NULL;
	int at;

	visible_copy(name, sizeof(name), probe->name);
	at = printf("  %-24s ", name);
	if (asprintf(&text, "%s  (%s)", probe->value[0] ? probe->value : "none", probe->where) < 0)
		text = NULL;
	wrap_put(stdout, wrap_columns(1, 40), (size_t)at, VALUE, text ? text : "", " ");
	putchar('\n');
}

static void put_probes(const char *title, const struct probes *probes, int from, int to)
{
	if (from < to)
		printf("%s\n", title);
	for (int i = from; i < to; i++)
		put_probe(&probes->list[i]);
}

static void put_fix(const struct failure *f)
{
	if (f->err.fix[0])
		paragraph_put(f->err.remedy == REMEDY_WORDS ? "do" : "fix", f->err.fix);
}

static int do_why(struct shell *sh, int argc, char **argv, struct err *err)
{
	const struct failure *f = &sh->failure;

	(void)argc;
	(void)argv;
	if (!f->any)
		return err_usage(err, "why: nothing failed so far");
	put_failed(f);
	put_checked(f);
	put_fix(f);
	put_probes("looked at, when it failed:", &f->probes, 0, f->probes.probed);
	put_probes("the box was:", &f->probes, f->probes.probed, f->probes.n);
	return 0;
}

const struct command command_why = {
	.name = "why",
	.usage = "why",
	.summary = "more about the last failure",
	.detail =
		"The call that failed, the cause if it was found, what the kernel checks\n"
		"there, the man pages, what mends it, the facts that were looked at with the\n"
		"files that tell them, and what the box was then. It stays until something\n"
		"else fails. fix carries the remedy out.",
	.run = do_why,
};
