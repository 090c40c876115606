/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Look-up of the first word of a statement among ops and commands.
 */
#ifndef CTRSH_REPL_NAMES_H
#define CTRSH_REPL_NAMES_H

#include <stdbool.h>

#include "../ops/op.h"
#include "command.h"

struct name {
	const struct op *op; /* one of the two */
	const struct command *command;
};

/* prefixes: a unique prefix of a name will do. -1 and *err: unknown (with what
 * was perhaps meant) or ambiguous (with the candidates). */
int names_find(const char *word, bool prefixes, struct name *found, struct err *err);

/* The i-th name of ops and then commands, NULL after the last. */
const char *names_at(int i);

#endif
