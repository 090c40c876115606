/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lexer: one pass, one character at a time. Here are lines and statements; words are in
 * lexword.c.
 */
#include "repl/lexer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lex_init(struct lexer *lx, const char *file, const char *text, size_t len, struct vars *vars)
{
	*lx = (struct lexer){.file = file, .text = text, .len = len, .line = 1, .vars = vars};
}

void lex_place(const struct lexer *lx, size_t at, struct place *place)
{
	const char *line = lx->text + lx->line_start;
	const char *end = memchr(line, '\n', lx->len - lx->line_start);
	size_t n = end ? (size_t)(end - line) : lx->len - lx->line_start;

	place->file = lx->file;
	place->line = lx->line;
	place->column = (int)(at - lx->line_start) + 1;
	snprintf(place->text, sizeof(place->text), "%.*s", (int)(n < 500 ? n : 500), line);
}

int lexer_no_memory(struct lexer *lx, struct problem *p)
{
	return LEX_REFUSE(lx, p, lx->at, "out of memory");
}

static void newline(struct lexer *lx)
{
	lx->at++;
	lx->line++;
	lx->line_start = lx->at;
}

/* What no script contains: checked once for each line. */
static int check_line(struct lexer *lx, struct problem *p)
{
	const char *line = lx->text + lx->line_start;
	const char *end = memchr(line, '\n', lx->len - lx->line_start);
	size_t n = end ? (size_t)(end - line) : lx->len - lx->line_start;
	const char *nul;

	if (n > LINE_LIMIT)
		return LEX_REFUSE(lx, p, lx->line_start, "the line has %zu bytes; the limit is %d",
				  n, LINE_LIMIT);
	nul = memchr(line, '\0', n);
	if (nul)
		return LEX_REFUSE(lx, p, (size_t)(nul - lx->text),
				  "a NUL byte: this is not a text file");
	if (n && line[n - 1] == '\r') {
		LEX_REFUSE(lx, p, lx->line_start + n - 1, "the line ends in CRLF");
		err_fix(&p->err, "take the carriage returns out: sed -i 's/\\r$//' FILE");
		return -1;
	}
	return 0;
}

int lexer_continued(struct lexer *lx, struct problem *p)
{
	lx->at++;
	newline(lx);
	return check_line(lx, p);
}

/* Everything up to the end of the line; one that ends in \ goes on, for sh. */
static int host_line(struct lexer *lx, struct statement *st, struct problem *p)
{
	size_t start = lx->at + 1, bang = lx->at;

	lx->at++;
	while (lx->at < lx->len && lexer_peek(lx) != '\n') {
		bool goes_on = lexer_peek(lx) == '\\' && lx->at + 1 < lx->len &&
			       lx->text[lx->at + 1] == '\n';

		if (goes_on && lexer_continued(lx, p) < 0)
			return -1;
		lx->at += !goes_on;
	}
	st->host = strndup(lx->text + start, lx->at - start);
	if (!st->host)
		return lexer_no_memory(lx, p);
	if (!st->host[strspn(st->host, " \t")])
		return LEX_REFUSE(lx, p, bang, "! takes a command for the host");
	return 1;
}

/* Blanks, comments and continued lines. */
static int skip(struct lexer *lx, struct problem *p)
{
	while (lx->at < lx->len) {
		if (lexer_peek(lx) == '#') {
			while (lx->at < lx->len && lexer_peek(lx) != '\n')
				lx->at++;
		} else if (lexer_peek(lx) == '\\' && lx->at + 1 < lx->len &&
			   lx->text[lx->at + 1] == '\n') {
			if (lexer_continued(lx, p) < 0)
				return -1;
		} else if (lexer_peek(lx) == ' ' || lexer_peek(lx) == '\t') {
			lx->at++;
		} else {
			break;
		}
	}
	return 0;
}

static int statement(struct lexer *lx, struct statement *st, struct problem *p)
{
	for (;;) {
		if (skip(lx, p) < 0)
			return -1;
		if (lx->at >= lx->len || lexer_peek(lx) == '\n' || lexer_peek(lx) == ';')
			return st->n > 0;
		if (!st->n)
			st->line = lx->line;
		st->tolerate = !st->n && lexer_peek(lx) == '-' && lx->at + 1 < lx->len &&
			       lx->text[lx->at + 1] == '!';
		lx->at += st->tolerate;
		if (!st->n && lexer_peek(lx) == '!')
			return host_line(lx, st, p);
		if (lexer_word(lx, st, p) < 0)
			return -1;
	}
}

int lex_next(struct lexer *lx, struct statement *st, struct problem *p)
{
	*st = (struct statement){0};
	while (lx->at < lx->len) {
		int r;

		if (lx->at == lx->line_start && check_line(lx, p) < 0)
			return -1;
		r = statement(lx, st, p);
		if (r != 0) {
			if (r < 0)
				statement_release(st);
			return r;
		}
		if (lx->at < lx->len && lexer_peek(lx) == ';')
			lx->at++;
		else if (lx->at < lx->len)
			newline(lx);
	}
	return 0;
}

void statement_release(struct statement *st)
{
	for (int i = 0; i < st->n; i++)
		free(st->words[i]);
	free(st->words);
	free(st->columns);
	free(st->host);
	*st = (struct statement){0};
}
