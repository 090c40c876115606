/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From text to statements. A statement is a list of words that ends at `;` or
 * at the end of its line. Words are separated by blanks; '…' is literal; in
 * "…" a variable is replaced and \n \t \\ \" \$ \xHH are known; elsewhere \
 * makes the next character literal, and at the end of a line continues it.
 * # at the start of a word begins a comment. ! at the start of a statement
 * takes the rest of the line as it is. There is no globbing and no command
 * substitution, and a variable's value is never split.
 */
#ifndef CTRSH_REPL_LEX_H
#define CTRSH_REPL_LEX_H

#include <stddef.h>

#include "repl/place.h"
#include "repl/vars.h"

#define LINE_LIMIT 65536 /* bytes of one line */

struct lexer {
	const char *file; /* for messages */
	const char *text;
	size_t len, at;
	int line;          /* of text[at], from 1 */
	size_t line_start; /* of that line */
	struct vars *vars;
};

struct statement {
	char **words; /* n of them, and NULL; owned */
	int *columns; /* where each began */
	int n;
	int line;
	char *host;    /* after `!`: the command for the host, owned; then n is 0 */
	bool tolerate; /* it was `-!` */
};

void lex_init(struct lexer *lx, const char *file, const char *text, size_t len, struct vars *vars);

/* 1: a statement, the caller's to release; 0: the end; -1: *p says what and where. */
int lex_next(struct lexer *lx, struct statement *st, struct problem *p);

void statement_release(struct statement *st);

/* Where in the text an offset is, with the line for a caret. */
void lex_place(const struct lexer *lx, size_t at, struct place *place);

#endif
