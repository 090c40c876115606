/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the two halves of the lexer, statements (lex.c) and words (lexword.c).
 */
#ifndef CTRSH_REPL_LEXER_H
#define CTRSH_REPL_LEXER_H

#include <stdbool.h>

#include "repl/lex.h"

/* Fills *p; always -1. at: where the mistake began. */
#define LEX_REFUSE(lx, p, at, ...)                                                                 \
	(lex_place(lx, at, &(p)->place), err_usage(&(p)->err, __VA_ARGS__))

int lexer_no_memory(struct lexer *lx, struct problem *p);

/* The next character; the end of the text is one of a line. */
static inline char lexer_peek(const struct lexer *lx)
{
	return lx->at < lx->len ? lx->text[lx->at] : '\n';
}

/* Takes a \ before a line end: both vanish. 0, or -1 and *p. */
int lexer_continued(struct lexer *lx, struct problem *p);

/* Takes a word, and adds it to the statement: or none, or several. 0, or -1 and *p. */
int lexer_word(struct lexer *lx, struct statement *st, struct problem *p);

#endif
