/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Remedies are lines: whatever words they are put together from, they are read
 * back as these words, and nothing else comes of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ops/err.h"
#include "repl/lex.h"

static const char *const hostile[] = {"plain",         "a b", "; !touch x", "it's `id`", "$HOME",
				      "\n!id",         "#",   "",           "-",         "\033[2J",
				      "\"; reset; \"", "\\",  NULL};

/* The words of a text, which must be one statement. */
static void read_back(const char *text, struct statement *st)
{
	struct vars vars = {0};
	struct problem p = {0};
	struct statement next;
	struct lexer lx;

	lex_init(&lx, NULL, text, strlen(text), &vars);
	assert_int_equal(lex_next(&lx, st, &p), 1);
	assert_int_equal(lex_next(&lx, &next, &p), 0);
}

static void words_stay_words(void **state)
{
	struct statement st;
	struct err e = {0};

	(void)state;
	for (const char *const *word = hostile; *word; word++) {
		err_first(&e, "mount bind %s %s", *word, "b");
		assert_int_equal(e.remedy, REMEDY_FIRST);
		read_back(e.fix, &st);
		assert_int_equal(st.n, 4);
		assert_string_equal(st.words[2], *word);
		assert_string_equal(st.words[3], "b");
		statement_release(&st);
	}
}

static void numbers_are_put(void **state)
{
	struct err e = {0};

	(void)state;
	err_instead(&e, "a %d %u %ld %lld %llu", -1, 4000000000U, -2L, -3LL, 5ULL);
	assert_string_equal(e.fix, "a -1 4000000000 -2 -3 5");
	assert_int_equal(e.remedy, REMEDY_INSTEAD);
}

/* A line that was cut, or that a shell would read otherwise, is none. */
static void what_is_not_safe_is_left_out(void **state)
{
	char path[ERR_TEXT];
	struct err e = {0};

	(void)state;
	memset(path, 'x', sizeof(path));
	for (size_t n = ERR_TEXT - 30; n < ERR_TEXT; n++) {
		path[n] = '\0';
		err_first(&e, "mkdir --parents %s", path);
		assert_true(e.fix[0] ? strlen(e.fix) == n + 16 : e.remedy == REMEDY_WORDS);
		path[n] = 'x';
	}
	err_first(&e, "!mount --bind %s %s", "it's `id`", "b");
	assert_string_equal(e.fix, "");
	assert_int_equal(e.remedy, REMEDY_WORDS);
	err_first(&e, "!mount --bind %s %s", "a b", "b");
	assert_string_equal(e.fix, "!mount --bind 'a b' b");
}

static void a_box_is_not_trusted(void **state)
{
	static const char *const bad[] = {"!id",
					  "hostname --host x",
					  "a\n!id",
					  "keep net /etc/cron.d/x",
					  "no_new_privs; unkeep /run/x",
					  "net bridge br0",
					  "net  bridge br0",
					  "'net' bridge br0",
					  "net veth v0",
					  "-keep net x",
					  "no_new_privs;keep net x",
					  "run id",
					  "exec sh",
					  "cgroup pids max",
					  "save /etc/passwd",
					  "include x",
					  "quit",
					  "net veth a",
					  "no_new_privs; $x",
					  "no_new_privs; ",
					  "",
					  "x",
					  NULL};
	static const char *const good[] = {"no_new_privs", "caps keep chown; no_new_privs",
					   "mask --if-exists /a", "net up eth0", NULL};
	struct err e = {0};

	(void)state;
	err_first(&e, "no_new_privs");
	err_distrust(&e);
	assert_int_equal(e.remedy, REMEDY_FIRST);
	for (const char *const *line = bad; *line; line++) {
		strcpy(e.fix, *line);
		e.remedy = REMEDY_INSTEAD;
		err_distrust(&e);
		assert_int_equal(e.remedy, REMEDY_WORDS);
	}
	for (const char *const *line = good; *line; line++) {
		strcpy(e.fix, *line);
		e.remedy = REMEDY_INSTEAD;
		err_distrust(&e);
		assert_int_equal(e.remedy, REMEDY_INSTEAD);
	}
	memset(&e.remedy, 0x55, sizeof(e.remedy));
	strcpy(e.fix, "hostname x");
	err_distrust(&e);
	assert_int_equal(e.remedy, REMEDY_WORDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_stay_words),
		cmocka_unit_test(numbers_are_put),
		cmocka_unit_test(what_is_not_safe_is_left_out),
		cmocka_unit_test(a_box_is_not_trusted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
