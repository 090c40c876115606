/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of a seccomp line: names, conditions after them, and an errno.
 */
#include <string.h>

#include "ops/seccomp/rules.h"
#include "ops/sys/callname.h"

/* errno=NAME: the number; 0: it is no such word; -1 and *err: it is wrong. */
static int errno_word(const char *word, const char *op, struct err *err)
{
	int e;

	if (strncmp(word, "errno=", 6) != 0)
		return 0;
	e = errno_number(word + 6, op, err);
	return e ? e : -1;
}

static bool is_needed(int number)
{
	const int *need = rules_needed;

	while (*need >= 0 && *need != number)
		need++;
	return *need >= 0;
}

/* The words after a name: an argument can be compared once. How many they are, or -1. */
static int conditions(char **argv, const char *op, struct err *err)
{
	struct scmp_arg_cmp arg;
	unsigned seen = 0;
	int n = 0, r;

	for (; argv[n] && (r = rules_condition(argv[n], &arg, op, err)) != 0; n++) {
		if (r < 0)
			return -1;
		if (seen & 1U << arg.arg) {
			err_usage(err, "%s: arg%u is compared twice", op, arg.arg);
			err_fix(err, "alternatives take a line each");
			return -1;
		}
		seen |= 1U << arg.arg;
	}
	return n;
}

int rules_check(int argc, char **argv, bool takes_errno, bool denies, struct err *err)
{
	int names = 0, errnos = 0;

	for (int i = 1; i < argc; i++) {
		int e = takes_errno ? errno_word(argv[i], argv[0], err) : 0;
		int number = 0, n;

		if (i == 1 && !e && (n = conditions(argv + 1, argv[0], err)) != 0)
			return n < 0 ? -1
				     : err_usage(err,
						 "%s: %s: a condition follows the name of "
						 "its call",
						 argv[0], argv[1]);
		if (e < 0 || (!e && callname_number(argv[i], &number, argv[0], err) < 0))
			return -1;
		if (denies && !e && is_needed(number)) {
			err_usage(err, "%s: %s cannot be denied", argv[0], argv[i]);
			err_why(err,
				"without execve, exit, exit_group and rt_sigreturn no program "
				"could start or end");
			return -1;
		}
		n = e ? 0 : conditions(argv + i + 1, argv[0], err);
		if (n < 0)
			return -1;
		i += n;
		errnos += e != 0;
		names += e == 0;
	}
	if (!names)
		return err_usage(err, "%s: which system calls?", argv[0]);
	return errnos > 1 ? err_usage(err, "%s: one errno only", argv[0]) : 0;
}

int rules_errno(struct call *c)
{
	int e = 0;

	for (int i = 1; i < c->argc && e == 0; i++)
		e = errno_word(c->argv[i], c->argv[0], c->err);
	return e;
}
