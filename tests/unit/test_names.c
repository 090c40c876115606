/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Look-up of ops and commands, what was perhaps meant, and the tables
 * themselves: each entry is whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "ops/table.h"
#include "repl/names.h"

static int find(const char *line, bool prefixes, struct name *n, struct err *e)
{
	char copy[100], *argv[8] = {copy};
	int argc = 1;

	strcpy(copy, line);
	for (char *p = copy; (p = strchr(p, ' ')) != NULL;) {
		*p++ = '\0';
		argv[argc++] = p;
	}
	return names_find(argc, argv, prefixes, n, e);
}

static void exact_and_prefix(void **state)
{
	struct name n = {0};
	struct err e = {0};

	(void)state;
	assert_int_equal(find("mount nfs host:/dir /mnt", false, &n, &e), 0);
	assert_string_equal(n.op->name, "mount");
	assert_int_equal(find("help", false, &n, &e), 0);
	assert_null(n.op);
	assert_string_equal(n.command->name, "help");
	assert_int_equal(find("hos", true, &n, &e), 0);
	assert_string_equal(n.op->name, "hostname");
	assert_int_equal(find("set", true, &n, &e), 0); /* exact before prefix of setenv */
	assert_string_equal(n.command->name, "set");
}

static void unknown_and_ambiguous(void **state)
{
	struct name n = {0};
	struct err e = {0};

	(void)state;
	assert_int_equal(find("un", true, &n, &e), -1);
	assert_non_null(strstr(e.why, "unshare"));
	assert_non_null(strstr(e.why, "unsetenv"));
	assert_int_equal(find("hos", false, &n, &e), -1);
	assert_non_null(strstr(e.fix, "hostname"));
	assert_int_equal(find("muont", false, &n, &e), -1);
	assert_string_equal(e.fix, "did you mean mount?");
	assert_int_equal(find("cgroup pisd", false, &n, &e), -1);
	assert_string_equal(e.fix, "did you mean cgroup pids?");
	/* What has most of its letters elsewhere is near to nothing. */
	assert_int_equal(find("cgroup foo", false, &n, &e), -1);
	assert_string_equal(e.fix, "");
	assert_int_equal(find("map foo", false, &n, &e), -1);
	assert_string_equal(e.fix, "");
	assert_int_equal(find("exit", true, &n, &e), -1);
	assert_string_equal(e.fix, "quit");
	assert_int_equal(find("zzzzzzzzzz", true, &n, &e), -1);
	assert_non_null(strstr(e.fix, "help"));
	assert_int_equal(find("", true, &n, &e), -1);
	assert_int_equal(e.kind, ERR_USAGE);
	assert_int_equal(e.status, 2);
}

static void families(void **state)
{
	struct words w;
	struct name n;
	struct err e = {0};

	(void)state;
	assert_int_equal(find("cgroup pids 20", false, &n, &e), 0);
	assert_string_equal(n.op->name, "cgroup pids");
	assert_int_equal(n.second, 1);
	assert_int_equal(find("-cgroup --host pids", false, &n, &e), 0);
	assert_int_equal(n.second, 2);
	assert_int_equal(find("cg pi 3", true, &n, &e), 0);
	assert_string_equal(n.op->name, "cgroup pids");
	assert_int_equal(find("cgroup memory.high 1M", true, &n, &e), 0);
	assert_string_equal(n.op->name, "cgroup");
	assert_int_equal(n.second, 0);
	assert_true(names_family("cg", &w));
	assert_false(names_family("hostname", &w));
	assert_false(names_family("zzz", &w));
	names_first(&w);
	for (int i = 0; i < w.n; i++) {
		assert_null(strchr(w.list[i], ' '));
		for (int j = 0; j < i; j++)
			assert_string_not_equal(w.list[i], w.list[j]);
	}
}

static void every_entry_is_whole(void **state)
{
	(void)state;
	for (unsigned i = 0; op_table[i]; i++) {
		const struct op *op = op_table[i];

		assert_ptr_equal(table_find(op->name), op);
		assert_ptr_equal(table_at(table_place(op)), op);
		assert_non_null(op->summary);
		assert_non_null(strstr(op->detail, ")")); /* names a man page */
		assert_true(op->host || op->box);
		assert_int_equal(strncmp(op->usage, op->name, strlen(op->name)), 0);
		assert_true(op->argmax < 0 || op->argmin <= op->argmax);
	}
	for (const struct command *const *c = command_table; *c; c++) {
		assert_ptr_equal(command_find((*c)->name), *c);
		assert_non_null((*c)->detail);
		assert_null(table_find((*c)->name));
	}
	assert_null(table_at(1000));
	assert_null(table_at((unsigned)-1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exact_and_prefix),
		cmocka_unit_test(unknown_and_ambiguous),
		cmocka_unit_test(families),
		cmocka_unit_test(every_entry_is_whole),
	};

	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
