/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fix: the remedy of the last failure, carried out, and what failed once more.
 * The remedy is a text, and is read as any other, but may hold nothing except
 * ops, lines for the host, and reset.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"
#include "repl/command.h"
#include "repl/loop.h"
#include "repl/prompt.h"
#include "repl/report.h"
#include "repl/shell.h"
#include "repl/steptext.h"
#include "repl/visible.h"

static int check_steps(const struct script *s, struct err *err)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct command *c = s->steps[i].command;

		if (c && strcmp(c->name, "reset") != 0)
			return err_usage(err, "fix: %s is no part of a remedy", c->name);
	}
	return 0;
}

/* As if it had been typed. */
static void show(struct shell *sh, const struct step *step)
{
	auto_free char *text = step_text(step);
	char prompt[600];

	prompt_build(sh, prompt, sizeof(prompt));
	fflush(stdout);
	for (const char *p = prompt; *p; p++)
		if (*p != '\001' && *p != '\002') /* readline's own marks */
			fputc(*p, stderr);
	visible_put(stderr, text ? text : step->argv[0]);
	fputc('\n', stderr);
}

static void take(struct shell *sh, const struct script *s)
{
	for (size_t i = 0; i < s->n && !sh->quit; i++) {
		struct script one = {.steps = &s->steps[i], .n = 1, .interactive = true};

		show(sh, one.steps);
		if (loop_run(sh, &one) < 0)
			return; /* it was reported, and is the last failure now */
	}
}

static int no_lines(const struct failure *f, struct err *err)
{
	err_usage(err, "fix: no line mends it");
	if (f->err.fix[0])
		err_fix(err, "%s", f->err.fix);
	else if (f->unknown)
		err_why(err, "its cause is not known: why shows the facts");
	return -1;
}

/* Once more, each of them would be done twice. */
static int used_up(const struct failure *f, struct err *err)
{
	err_usage(err, "fix: it is carried out already, and nothing failed since");
	if (f->line)
		err_why(err, "what failed was: %.200s", f->line);
	return -1;
}

static int do_fix(struct shell *sh, int argc, char **argv, struct err *err)
{
	struct failure *f = &sh->failure;
	struct script s = {.remedy = true};
	struct problem p = {0};
	char *lines;
	int r;

	(void)argc;
	(void)argv;
	if (!f->any)
		return err_usage(err, "fix: nothing failed so far");
	if (!f->lines)
		return no_lines(f, err);
	if (f->used)
		return used_up(f, err);
	lines = strdup(f->lines); /* the steps may fail, and become the last failure */
	if (!lines)
		return err_usage(err, "fix: out of memory");
	r = script_add_text(&s, NULL, lines, strlen(lines), &sh->vars, &p);
	if (r == 0)
		r = check_steps(&s, err);
	else
		*err = p.err;
	if (r == 0) {
		f->used = true; /* what fails in it is another failure */
		take(sh, &s);
	}
	script_release(&s);
	free(lines);
	return r;
}

const struct command command_fix = {
	.name = "fix",
	.usage = "fix",
	.summary = "carry out what mends the last failure (at a prompt)",
	.detail =
		"The lines behind fix: are carried out as if they were typed, then what\n"
		"failed is done again, where they do not hold it already. It ends at the\n"
		"first that fails, and is done once for each failure. Where no line mends it, as when a fresh box is needed, it\n"
		"says what to do.",
	.prompt = true,
	.run = do_fix,
};
