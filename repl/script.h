/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a text to steps. All of it is read, expanded and checked before the
 * first step is taken: words, variables, includes, names, arity, arguments.
 * What is wrong with a text is therefore known while nothing is done yet.
 */
#ifndef CTRSH_REPL_SCRIPT_H
#define CTRSH_REPL_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "ops/op.h"
#include "repl/command.h"
#include "repl/place.h"
#include "repl/vars.h"

#define INCLUDE_DEPTH 16

struct step {
	const struct op *op; /* one of these three */
	const struct command *command;
	char *host; /* for /bin/sh, on the host */
	int argc;
	char **argv;   /* full names, without --host; owned */
	bool insist;   /* --host was given */
	bool tolerate; /* -op: a failure does not end the script */
	const char *file;
	int line;
};

struct script {
	struct step *steps;
	size_t n;
	char **kept; /* file names that places point to */
	size_t n_kept;
	bool interactive; /* unique prefixes will do */
	bool remedy;      /* neither set nor include, which leave no step to be looked at */
	/* the files being read, to see that none includes itself */
	struct {
		dev_t dev;
		ino_t ino;
	} open[INCLUDE_DEPTH];
	int depth;
};

/* Adds the steps of a text. name: for messages; NULL: the prompt. 0 or -1. */
int script_add_text(struct script *s, const char *name, const char *text, size_t len,
		    struct vars *vars, struct problem *p);

/* Adds the steps of a file; "-" is standard input. */
int script_add_file(struct script *s, const char *path, struct vars *vars, struct problem *p);

void script_release(struct script *s);

/* Is every step in an order that the kernel allows, as far as can be told from
 * the words? Touches nothing. all: also what the kernel itself would refuse for
 * certain, and what comes too early to be of use (repl/stale.h); else only what would be
 * refused before it is asked. 0 or -1. */
int script_check_order(const struct script *s, bool all, struct problem *p);

/* Calls that for each op, with the box on paper as it would find it. The order was checked. */
struct paper;
void script_each(const struct script *s,
		 void (*each)(const struct step *step, const struct paper *box));

#endif
