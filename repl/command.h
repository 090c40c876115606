/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The shell's own words: what is typed like an op but asks nothing of the box.
 */
#ifndef CTRSH_REPL_COMMAND_H
#define CTRSH_REPL_COMMAND_H

#include "ops/op.h"

struct shell;

struct command {
	const char *name, *usage, *summary, *detail;
	int argmin, argmax; /* number of arguments, options apart; argmax -1: no limit */
	bool prompt;        /* makes no sense in a file */
	bool verbatim;      /* the arguments are another's words: no option is ours */
	const char *const
		*options;  /* words with -- that are on or off; first in argv, as an op's */
	struct arg arg;    /* of every argument, for completion */
	struct arg second; /* of the second, where that is of another kind */
	/* Are the arguments well-formed? May be NULL. */
	int (*check)(int argc, char **argv, struct err *err);
	/* NULL: it is carried out while the text is read (set, include). */
	int (*run)(struct shell *sh, int argc, char **argv, struct err *err);
};

extern const struct command *const command_table[]; /* NULL at the end */

/* Is it one of the names that set switches on and off (trace, verbose)? */
bool set_is_switch(const char *name);

const struct command *command_find(const char *name);

#endif
