/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * undo and redo: back and forth in the journal (replay.h).
 */
#include <stdlib.h>
#include <string.h>

#include "ops/text/number.h"
#include "repl/command.h"
#include "repl/replay.h"
#include "repl/undone.h"

static int check(int argc, char **argv, struct err *err)
{
	long n;

	if (argc < 2 || number_parse(argv[1], strlen(argv[1]), 1, 1000000, &n))
		return 0;
	return err_usage(err, "%s: not a number of lines: \"%.100s\"", argv[0], argv[1]);
}

static size_t count(int argc, char **argv, size_t otherwise)
{
	return argc > 1 ? strtoul(argv[1], NULL, 10) : otherwise;
}

/* --- undo */

/* A box that ended other than by a line of the journal (reset, killed): that is
 * what is undone first. */
static size_t target(const struct journal *j, const struct script *s, size_t n)
{
	if (j->ended && !(j->n && (s->steps[j->n - 1].op->flags & OP_ENDS)))
		n--;
	return n < j->n ? j->n - n : 0;
}

static int do_undo(struct shell *sh, int argc, char **argv, struct err *err)
{
	struct journal *j = &sh->journal;
	struct script s = {0};
	size_t was = j->n, to;
	int r = -1;

	if (!was)
		return err_order(err, "undo: there is nothing to undo");
	if (journal_read(j, &s, err) == 0) {
		to = target(j, &s, count(argc, argv, 1));
		if (to < was)
			j->lines[to].together = was - to;
		r = replay_anew(sh, &s, to, err);
		if (r == 0)
			undone_say(sh, &s, was);
		else
			undone_say_stopped(sh, "undo");
	}
	script_release(&s);
	return r;
}

/* --- redo */

static int do_redo(struct shell *sh, int argc, char **argv, struct err *err)
{
	struct journal *j = &sh->journal;
	struct script s = {0};
	size_t from = j->n, n;
	int r = -1;

	if (j->n == j->total) {
		err_order(err, "redo: there is nothing to do again");
		err_why(err, "it is for what undo took back, until something else is done");
		return -1;
	}
	if (j->ended) {
		err_order(err, "redo: the box that it is for has ended");
		err_fix(err, "undo brings that back");
		return -1;
	}
	n = j->lines[from].together;
	n = count(argc, argv, n ? n : 1);
	if (n > j->total - from)
		n = j->total - from;
	if (n < j->lines[from].together)
		j->lines[from + n].together = j->lines[from].together - n;
	if (journal_read(j, &s, err) == 0) {
		r = replay_on(sh, &s, from + n, err);
		if (r < 0)
			undone_say_stopped(sh, "redo");
		else
			undone_say_redone(sh, from);
	}
	script_release(&s);
	return r;
}

const struct command command_undo = {
	.name = "undo",
	.usage = "undo [N]",
	.summary = "take back the last line, or N",
	.detail =
		"Ends the box and builds another with all lines but the last (N), without noise;\n"
		"lines that only look do not count. After exec, reset or another end of the box\n"
		"it brings the box back as it was. Programs that ran (run) do not run again. What\n"
		"was written to files (run, mkdir, mknod, keep) and what was done to the host\n"
		"(--host, !) stays, and is named. redo does the lines again.",
	.argmax = 1,
	.check = check,
	.run = do_undo,
};

const struct command command_redo = {
	.name = "redo",
	.usage = "redo [N]",
	.summary = "do again what undo took back, or N lines of it",
	.detail = "Until another line is done on the box: then there is nothing to do again.",
	.argmax = 1,
	.check = check,
	.run = do_redo,
};
