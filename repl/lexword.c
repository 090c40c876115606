/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One word of a statement: a growing buffer, quotes, variables. Every refusal names the place where
 * the mistake began.
 */
#include "repl/lexer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The word being read. */
struct buffer {
	char *s;
	size_t n, size;
};

static int put(struct buffer *b, char c)
{
	if (b->n + 1 >= b->size) {
		size_t size = b->size ? b->size * 2 : 64;
		char *s = realloc(b->s, size);

		if (!s)
			return -1;
		b->s = s;
		b->size = size;
	}
	b->s[b->n++] = c;
	b->s[b->n] = '\0';
	return 0;
}

static int puts_into(struct buffer *b, const char *s)
{
	while (*s)
		if (put(b, *s++) < 0)
			return -1;
	return 0;
}

/* $NAME ${NAME} $1 $# in the text after `$`; the name goes to name. false: the
 * `$` stands for itself. */
static bool variable_name(struct lexer *lx, char *name, size_t size, bool *closed)
{
	bool braces = lexer_peek(lx) == '{';
	size_t n = 0, start = lx->at;

	*closed = true;
	lx->at += braces;
	if (isdigit((unsigned char)lexer_peek(lx)) || lexer_peek(lx) == '#' ||
	    lexer_peek(lx) == '@')
		name[n++] = lx->text[lx->at++];
	else
		while (isalnum((unsigned char)lexer_peek(lx)) || lexer_peek(lx) == '_') {
			if (n + 1 < size)
				name[n++] = lexer_peek(lx);
			lx->at++;
		}
	name[n] = '\0';
	if (braces) {
		*closed = lexer_peek(lx) == '}' && n;
		lx->at += *closed;
		return true;
	}
	if (!n)
		lx->at = start;
	return n > 0;
}

static int put_args(struct lexer *lx, struct buffer *b)
{
	for (int i = 0; i < lx->vars->n_args; i++)
		if ((i && put(b, ' ') < 0) || puts_into(b, lx->vars->args[i]) < 0)
			return -1;
	return 0;
}

static int variable(struct lexer *lx, struct buffer *b, struct problem *p)
{
	size_t start = lx->at++;
	char name[256];
	const char *value;
	bool closed;

	if (!variable_name(lx, name, sizeof(name), &closed))
		return put(b, '$') < 0 ? lexer_no_memory(lx, p) : 0;
	if (!closed)
		return LEX_REFUSE(lx, p, start, "not a variable: after ${ comes a NAME and a }");
	if (name[0] == '@')
		return put_args(lx, b) < 0 ? lexer_no_memory(lx, p) : 0;
	value = vars_get(lx->vars, name);
	if (!value) {
		LEX_REFUSE(lx, p, start, "undefined variable: %s", name);
		if (isdigit((unsigned char)name[0]))
			err_why(&p->err, "the script was given %d argument%s", lx->vars->n_args,
				lx->vars->n_args == 1 ? "" : "s");
		else
			err_fix(&p->err, "set %s VALUE", name);
		return -1;
	}
	return puts_into(b, value) < 0 ? lexer_no_memory(lx, p) : 0;
}

static int escape(struct lexer *lx, struct buffer *b, struct problem *p)
{
	static const char known[] = "nt\\\"$", meant[] = "\n\t\\\"$";
	const char *k = strchr(known, lx->text[lx->at + 1]);
	char hex[3] = {0};

	if (lx->at + 3 < lx->len && lx->text[lx->at + 1] == 'x' &&
	    isxdigit((unsigned char)lx->text[lx->at + 2]) &&
	    isxdigit((unsigned char)lx->text[lx->at + 3])) {
		memcpy(hex, lx->text + lx->at + 2, 2);
		if (!strtol(hex, NULL, 16))
			return LEX_REFUSE(lx, p, lx->at, "\\x00: a word cannot hold a NUL byte");
		lx->at += 4;
		return put(b, (char)strtol(hex, NULL, 16)) < 0 ? lexer_no_memory(lx, p) : 0;
	}
	/* An unknown one keeps its backslash, as in the shell. */
	if (put(b, k && *k ? meant[k - known] : '\\') < 0)
		return lexer_no_memory(lx, p);
	lx->at += k && *k ? 2 : 1;
	return 0;
}

static int quoted(struct lexer *lx, struct buffer *b, struct problem *p)
{
	size_t start = lx->at;
	char quote = lx->text[lx->at++];
	int r = 0;

	while (r == 0 && lx->at < lx->len && lexer_peek(lx) != quote) {
		if (lexer_peek(lx) == '\n')
			break;
		if (quote == '"' && lexer_peek(lx) == '$')
			r = variable(lx, b, p);
		else if (quote == '"' && lexer_peek(lx) == '\\' && lx->at + 1 < lx->len)
			r = escape(lx, b, p);
		else
			r = put(b, lx->text[lx->at++]) < 0 ? lexer_no_memory(lx, p) : 0;
	}
	if (r < 0)
		return r;
	if (lx->at >= lx->len || lexer_peek(lx) != quote)
		return LEX_REFUSE(lx, p, start, "unclosed quote");
	lx->at++;
	return 0;
}

static bool ends_word(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == ';';
}

static int one_word(struct lexer *lx, struct buffer *b, struct problem *p)
{
	int r = put(b, '\0') < 0 ? lexer_no_memory(lx, p) : 0; /* even '' is a word */

	b->n = 0;
	while (r == 0 && lx->at < lx->len && !ends_word(lexer_peek(lx))) {
		char c = lexer_peek(lx);

		if (c == '\'' || c == '"') {
			r = quoted(lx, b, p);
		} else if (c == '$') {
			r = variable(lx, b, p);
		} else if (c == '\\' && lx->at + 1 < lx->len && lx->text[lx->at + 1] == '\n') {
			r = lexer_continued(lx, p);
		} else {
			lx->at += c == '\\' && lx->at + 1 < lx->len;
			r = put(b, lx->text[lx->at++]) < 0 ? lexer_no_memory(lx, p) : 0;
		}
	}
	return r;
}

static int add(struct statement *st, char *word, int column)
{
	char **words = realloc(st->words, (size_t)(st->n + 2) * sizeof(*words));
	int *columns;

	if (words)
		st->words = words;
	columns = realloc(st->columns, (size_t)(st->n + 1) * sizeof(*columns));
	if (columns)
		st->columns = columns;
	if (!words || !columns || !word) {
		free(word);
		return -1;
	}
	st->columns[st->n] = column;
	st->words[st->n++] = word;
	st->words[st->n] = NULL;
	return 0;
}

/* $@ or "$@" alone is a word for each argument. */
static size_t all_args(const struct lexer *lx)
{
	static const char *const forms[] = {"\"$@\"", "$@", "\"${@}\"", "${@}"};

	for (size_t i = 0; i < 4; i++) {
		size_t n = strlen(forms[i]);

		if (lx->len - lx->at >= n && !memcmp(lx->text + lx->at, forms[i], n) &&
		    (lx->at + n == lx->len || ends_word(lx->text[lx->at + n])))
			return n;
	}
	return 0;
}

/* What a person may expect of a shell, and this one does not have. */
static int no_operator(struct lexer *lx, struct problem *p)
{
	size_t n = 0;

	while (lx->at + n < lx->len && strchr("|&<>", lx->text[lx->at + n]) && lx->text[lx->at + n])
		n++;
	if (!n || (lx->at + n < lx->len && !ends_word(lx->text[lx->at + n])))
		return 0;
	LEX_REFUSE(lx, p, lx->at, "there is no %.*s here", (int)n, lx->text + lx->at);
	err_why(&p->err, "ctrsh starts programs itself, without pipes, redirections or jobs");
	err_fix(&p->err, "run sh -c '...', or quote it if it is meant as a word");
	return -1;
}

int lexer_word(struct lexer *lx, struct statement *st, struct problem *p)
{
	int column = (int)(lx->at - lx->line_start) + 1;
	size_t n = all_args(lx);
	struct buffer b = {0};

	if (no_operator(lx, p) < 0)
		return -1;
	for (int i = 0; n && i < lx->vars->n_args; i++)
		if (add(st, strdup(lx->vars->args[i]), column) < 0)
			return lexer_no_memory(lx, p);
	if (n) {
		lx->at += n;
		return 0;
	}
	if (one_word(lx, &b, p) < 0) {
		free(b.s);
		return -1;
	}
	return add(st, b.s, column) < 0 ? lexer_no_memory(lx, p) : 0;
}
