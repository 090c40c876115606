/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The journal: the steps that succeeded on the box, each as a line that does
 * the same again, and behind them those that were undone, for redo. When a box
 * ends, its lines are kept until the next one has some, so that a container can
 * be saved after its exec, and undo can bring it back.
 */
#ifndef CTRSH_REPL_JOURNAL_H
#define CTRSH_REPL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "repl/script.h"

struct line {
	char *text;
	char *host;      /* commands that ran on the host after it, for undo to name; or NULL */
	size_t together; /* undone: so many lines, from this one on, in one go */
};

struct journal {
	struct line *lines;
	size_t n;     /* those that the box has */
	size_t total; /* with those that were undone */
	bool ended;   /* the lines are those of a box that is gone */
};

/* What was undone before is then forgotten, unless the line only ran a program. */
void journal_add(struct journal *j, const struct step *step);

/* Is the line done again when a box is built again? A program does not run again. */
bool journal_repeats(const struct step *step);

/* A command ran on the host: no line, but undo has to say so. */
void journal_host(struct journal *j, const char *command);

/* The lines as steps, to be carried out again. 0 or -1. */
int journal_read(const struct journal *j, struct script *s, struct err *err);

void journal_end(struct journal *j);
void journal_release(struct journal *j);

/* A new file with the lines; - is standard output. An existing one is replaced
 * only if force, and only if it is a regular file. */
int journal_save(const struct journal *j, const char *path, bool force, struct err *err);

#endif
