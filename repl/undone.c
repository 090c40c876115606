/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What undo could not take back: files that were written, what was done to the
 * host, programs that ran. The entries of the ops tell which lines those are.
 */
#include "repl/undone.h"

#include <stdio.h>
#include <string.h>

#include "repl/replay.h"
#include "repl/report.h"

#define SAID 400 /* bytes of lines in a remark */

static bool ran(const struct step *step)
{
	return !journal_repeats(step);
}

/* Is something on the disk afterwards that was not? */
static bool makes(const struct step *step)
{
	return step->op->again && !ran(step);
}

/* What a program did to files only that program knows. */
static bool is_program(const struct step *step)
{
	return ran(step) || (step->op->flags & OP_ENDS);
}

static bool insists(const struct step *step)
{
	return step->insist;
}

static void join(char *text, const char *more)
{
	size_t n = strlen(text);

	if (n + strlen(more) + 6 < SAID)
		sprintf(text + n, "%s%s", n ? "; " : "", more);
	else if (n < 4 || strcmp(text + n - 3, "...") != 0)
		strcpy(text + n, n ? "; ..." : "...");
}

/* Those lines from..to that are so (NULL: all), joined. hosts: and what ran on the host after each.
 */
static const char *lines(const struct journal *j, const struct script *s, size_t from, size_t to,
			 bool (*is)(const struct step *), bool hosts, char *text)
{
	*text = '\0';
	for (size_t i = from; i < to; i++) {
		if (!is || is(&s->steps[i]))
			join(text, j->lines[i].text);
		if (hosts && j->lines[i].host)
			join(text, j->lines[i].host);
	}
	return text;
}

static size_t repeated(const struct journal *j, const struct script *s)
{
	size_t n = 0;

	for (size_t i = 0; i < j->n; i++)
		n += journal_repeats(&s->steps[i]);
	return n;
}

void undone_say(struct shell *sh, const struct script *s, size_t was)
{
	const struct journal *j = &sh->journal;
	char text[SAID];
	size_t again;

	report_note(sh, "undone: %s",
		    j->n < was ? lines(j, s, j->n, was, NULL, false, text) : "the end of the box");
	again = repeated(j, s);
	report_note(sh, again ? "  a fresh box, and %zu line%s done again" : "  a fresh box", again,
		    again == 1 ? "" : "s");
	if (*lines(j, s, 0, j->n, ran, false, text))
		report_note(sh, "  not run again: %s", text);
	if (*lines(j, s, j->n, was, makes, false, text))
		report_note(sh, "  files that these made stay: %s", text);
	if (*lines(j, s, j->n, was, is_program, false, text))
		report_note(sh, "  what programs wrote to files stays");
	if (*lines(j, s, j->n, was, insists, true, text))
		report_note(sh, "  done on the host, and not undone: %s", text);
}

void undone_say_redone(struct shell *sh, size_t from)
{
	const struct journal *j = &sh->journal;
	char text[SAID];

	report_note(sh, "done again: %s", lines(j, NULL, from, j->n, NULL, false, text));
}

void undone_say_stopped(struct shell *sh, const char *name)
{
	const struct journal *j = &sh->journal;

	report_note(sh, "%s: stopped at line %zu: %.300s", name, j->n + 1, j->lines[j->n].text);
	if (j->n)
		report_note(sh, "  the box is what the %zu line%s before made; redo goes on", j->n,
			    j->n == 1 ? "" : "s");
	else
		report_note(sh, "  this is a fresh box; redo tries again");
}
