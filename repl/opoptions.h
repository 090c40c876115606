/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The options of ops: words that begin with --, wherever they stand among the
 * arguments, some with a value (--name VALUE, --name=VALUE).
 */
#ifndef CTRSH_REPL_OPOPTIONS_H
#define CTRSH_REPL_OPOPTIONS_H

#include "repl/lex.h"
#include "repl/script.h"

/* Moves the options of a statement behind its name, each one word, and takes
 * --host out. Their number; -1 and *err: one is unknown, or its value is. */
int opoptions_take(struct statement *st, struct step *step, struct err *err);

/* The same for the options of a command of the shell's own. */
int opoptions_take_command(struct statement *st, const struct command *c, struct err *err);

/* Takes word i out of the statement. */
void opoptions_drop(struct statement *st, int i);

/* For a word (without its value, if it has one): the option, or NULL. */
const struct op_option *opoptions_valued(const struct op *op, const char *word);

#endif
