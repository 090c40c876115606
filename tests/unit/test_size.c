/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Amounts: what is one, what is none, and that none overflows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "ops/text/size.h"

static void amounts_are_read(void **state)
{
	static const struct {
		const char *word;
		long long bytes;
	} good[] = {
		{"0", 0},
		{"4096", 4096},
		{"1K", 1024},
		{"64M", 64LL << 20},
		{"64m", 64LL << 20},
		{"1G", 1LL << 30},
		{"3t", 3LL << 40},
		{"4194304T", 1LL << 62},
		{"4611686018427387904", 1LL << 62},
		{"max", SIZE_MAX_WORD},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		long long n = -7;

		assert_int_equal(size_parse(good[i].word, &n), 0);
		assert_true(n == good[i].bytes);
	}
}

static void others_are_refused(void **state)
{
	static const char *const bad[] = {"",
					  " 1",
					  "1 ",
					  "-1",
					  "+1",
					  "M",
					  "1MB",
					  "1.5G",
					  "0x10",
					  "maximum",
					  "1KK",
					  "64 M",
					  "4194305T",
					  "4611686018427387905",
					  "99999999999999999999999999999"};
	long long n;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (size_parse(bad[i], &n) == 0)
			fail_msg("taken: \"%s\"", bad[i]);
}

static void amounts_are_written(void **state)
{
	char buf[24];

	(void)state;
	assert_string_equal(size_text(buf, SIZE_MAX_WORD), "max");
	assert_string_equal(size_text(buf, 67108864), "67108864");
	assert_string_equal(size_text(buf, 1LL << 62), "4611686018427387904");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_are_read),
		cmocka_unit_test(others_are_refused),
		cmocka_unit_test(amounts_are_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
