/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is said after undo and redo.
 */
#ifndef CTRSH_REPL_UNDONE_H
#define CTRSH_REPL_UNDONE_H

#include "repl/shell.h"

/* The box had `was` lines before. s: all of the journal's, read. */
void undone_say(struct shell *sh, const struct script *s, size_t was);

/* Those from the line `from` on are done again. */
void undone_say_redone(struct shell *sh, size_t from);

/* A line failed while undo or redo did it again. */
void undone_say_stopped(struct shell *sh, const char *name);

#endif
