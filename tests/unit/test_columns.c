/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text is broken and cut by the columns that it takes, and a tab takes none that could be
 * known.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "repl/columns.h"
#include "repl/visible.h"
#include "repl/wrap.h"

#define E_ACUTE   "e\314\201"        /* e, and a mark that combines with it */
#define IDEOGRAPH "\346\274\242"     /* U+6F22 */
#define EMOJI     "\360\237\220\263" /* U+1F433 */

static void columns_are_those_of_a_terminal(void **state)
{
	(void)state;
	assert_int_equal(columns_of(""), 0);
	assert_int_equal(columns_of("abc"), 3);
	assert_int_equal(columns_of("\303\251"), 1);
	assert_int_equal(columns_of(E_ACUTE), 1);
	assert_int_equal(columns_of(IDEOGRAPH IDEOGRAPH), 4);
	assert_int_equal(columns_of(EMOJI), 2);
	assert_int_equal(columns_of("\377\346"), 2); /* no UTF-8 */
}

static void what_fits_is_whole_characters(void **state)
{
	(void)state;
	assert_int_equal(columns_fit(IDEOGRAPH IDEOGRAPH, 3), 3);
	assert_int_equal(columns_fit(IDEOGRAPH IDEOGRAPH, 4), 6);
	assert_int_equal(columns_fit(IDEOGRAPH, 1), 0);
	assert_int_equal(columns_fit("x" E_ACUTE "y", 2), 4);
}

static void words_are_broken_where_they_end(void **state)
{
	static const char text[] = IDEOGRAPH IDEOGRAPH " " IDEOGRAPH IDEOGRAPH;

	(void)state;
	assert_int_equal(wrap_part(text, 9, " "), sizeof(text) - 1);
	assert_int_equal(wrap_part(text, 8, " "), 6);
	assert_int_equal(wrap_part(E_ACUTE " " E_ACUTE, 3, " "), 7);
}

static void a_tab_is_made_visible(void **state)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	wrap_put(f, 0, 0, 0, "a\tb", " ");
	fclose(f);
	assert_string_equal(text, "a\\011b");
	free(text);
	text = visible_text("a\tb\303\251");
	assert_string_equal(text, "a\\011b\303\251");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_those_of_a_terminal),
		cmocka_unit_test(what_fits_is_whole_characters),
		cmocka_unit_test(words_are_broken_where_they_end),
		cmocka_unit_test(a_tab_is_made_visible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
