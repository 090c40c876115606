/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Look-up of the first words of a statement among ops and commands.
 */
#ifndef CTRSH_REPL_NAMES_H
#define CTRSH_REPL_NAMES_H

#include <stdbool.h>

#include "ops/op.h"
#include "repl/command.h"

struct name {
	const struct op *op; /* one of the two */
	const struct command *command;
	int second; /* where in argv the second word of its name stands; 0: there is none */
};

/* The name at the beginning of a statement (a - before it does not count).
 * prefixes: unique prefixes of its words will do. -1 and *err: unknown (with
 * what was perhaps meant) or ambiguous (with the candidates). */
int names_find(int argc, char *const *argv, bool prefixes, struct name *found, struct err *err);

#define WORDS_MAX 128
#define WORD_SIZE 32

struct words {
	char family[WORD_SIZE]; /* their first word; or "" */
	int n;
	char list[WORDS_MAX][WORD_SIZE];
};

/* The first words of all names. Each once, in the order of the tables. */
void names_first(struct words *w);

/* Does the word (or unique prefix) name a family? Its second words. */
bool names_family(const char *word, struct words *second);

#endif
