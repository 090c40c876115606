/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lexer and the variables: words in, words out, and the place of each
 * mistake; and that what quote_word writes is read back as it was.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ops/text/quote.h"
#include "repl/lex.h"

static struct vars vars;

/* The statements of a text, words joined by |, statements by newline. */
static char *read_all(const char *text, struct problem *p)
{
	static char out[4096];
	struct statement st;
	struct lexer lx;
	int r;

	out[0] = '\0';
	lex_init(&lx, "f", text, strlen(text), &vars);
	while ((r = lex_next(&lx, &st, p)) > 0) {
		if (st.host)
			strcat(strcat(out, "!"), st.host);
		for (int i = 0; i < st.n; i++)
			strcat(strcat(out, i ? "|" : ""), st.words[i]);
		strcat(out, "\n");
		statement_release(&st);
	}
	return r == 0 ? out : NULL;
}

static void expect(const char *text, const char *words)
{
	struct problem p = {0};
	char *got = read_all(text, &p);

	if (!got)
		fail_msg("%s: %s", text, p.err.what);
	assert_string_equal(got, words);
}

static void expect_error(const char *text, int line, int column, const char *what)
{
	struct problem p = {0};

	assert_null(read_all(text, &p));
	assert_non_null(strstr(p.err.what, what));
	assert_int_equal(p.err.kind, ERR_USAGE);
	assert_int_equal(p.place.line, line);
	assert_int_equal(p.place.column, column);
}

static void words_and_separators(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"a b\tc", "a|b|c\n"},
		{"a;b ; c\n\n;;\nd", "a\nb\nc\nd\n"},
		{"# no\na # b\na#b", "a\na#b\n"},
		{"a \\\n  b", "a|b\n"},
		{"a\\\nb", "ab\n"},
		{"!ls ; x # y\nb", "!ls ; x # y\nb\n"},
		{"a\\;b c\\ d", "a;b|c d\n"},
		{"*.c ~ `x` $(y a|b '|'", "*.c|~|`x`|$(y|a|b||\n"},
		{"a\\\\\nb", "a\\\nb\n"},
		{"'' \"\"", "|\n"},
		{"'a b'c\"d e\"", "a bcd e\n"},
		{"'$x\\n'", "$x\\n\n"},
		{"\"a\\tb\\x41\\q\\\\\"", "a\tbA\\q\\\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect(cases[i][0], cases[i][1]);
}

static void mistakes_and_their_places(void **state)
{
	(void)state;
	expect_error("run ps | x", 1, 8, "there is no |");
	expect_error("run ps &", 1, 8, "there is no &");
	expect_error("a >> b", 1, 3, "there is no >>");
	expect_error("ab 'cd", 1, 4, "unclosed quote");
	expect_error("x\n  \"cd\ny\"", 2, 3, "unclosed quote");
	expect_error("\"\\x00\"", 1, 2, "NUL");
}

static void variables(void **state)
{
	char *args[] = {"one", "t w o", NULL};

	(void)state;
	vars_set(&vars, "X", "v w");
	vars.args = args;
	vars.n_args = 2;
	expect("$X ${X}y \"$X-\" '$X'", "v w|v wy|v w-|$X\n");
	expect("$1 $2 $# $@ \"$@\" a$@", "one|t w o|2|one|t w o|one|t w o|aone t w o\n");
	expect("$ a$ $$ \"$\"", "$|a$|$$|$\n");
	expect_error("a $NO_SUCH_X", 1, 3, "undefined variable: NO_SUCH_X");
	expect_error("a $3", 1, 3, "undefined variable: 3");
	expect_error("a ${X", 1, 3, "not a variable");
	expect_error("a ${}", 1, 3, "not a variable");
	vars.n_args = 0;
	expect("a $@ b", "a|b\n");
	setenv("CTRSH_TEST", "env", 1);
	expect("$CTRSH_TEST", "env\n");
	vars_set(&vars, "CTRSH_TEST", "own");
	expect("$CTRSH_TEST", "own\n");
	vars_release(&vars);
}

static void what_no_text_contains(void **state)
{
	struct problem p = {0};
	struct statement st;
	struct lexer lx;
	char *big = malloc(LINE_LIMIT + 2);

	(void)state;
	expect_error("a\r\nb", 1, 2, "CRLF");
	expect_error("a\nb\r", 2, 2, "CRLF");
	lex_init(&lx, "f", "a\0b", 3, &vars);
	assert_int_equal(lex_next(&lx, &st, &p), -1);
	assert_int_equal(p.place.column, 2);
	memset(big, 'x', LINE_LIMIT + 1);
	lex_init(&lx, "f", big, LINE_LIMIT + 1, &vars);
	assert_int_equal(lex_next(&lx, &st, &p), -1);
	lex_init(&lx, "f", big, LINE_LIMIT, &vars);
	assert_int_equal(lex_next(&lx, &st, &p), 1);
	statement_release(&st);
	free(big);
}

static void expect_reversible(const char *word)
{
	char quoted[40], text[64], want[64];

	assert_non_null(quote_word(quoted, sizeof(quoted), word));
	snprintf(text, sizeof(text), "a %s", quoted);
	snprintf(want, sizeof(want), "a|%s\n", word);
	expect(text, want);
}

/* Every byte but NUL, and pairs of the difficult ones, survive quoting. */
static void quoting_is_reversed(void **state)
{
	static const char hard[] = "'\"\\$ \n\t;#!-x\x01";
	char small[4];

	(void)state;
	for (int c = 1; c < 256; c++)
		expect_reversible((char[]){(char)c, '\0'});
	for (const char *a = hard; *a; a++)
		for (const char *b = hard; *b; b++)
			expect_reversible((char[]){*a, *b, '\0'});
	assert_null(quote_word(small, sizeof(small), "long'"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_separators),
		cmocka_unit_test(mistakes_and_their_places),
		cmocka_unit_test(variables),
		cmocka_unit_test(what_no_text_contains),
		cmocka_unit_test(quoting_is_reversed),
	};

	return cmocka_run_group_tests_name("lex", tests, NULL, NULL);
}
