/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of a seccomp line: names, and an errno among them.
 */
#include <string.h>

#include "callname.h"
#include "rules.h"

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

int rules_check(int argc, char **argv, bool takes_errno, bool denies, struct err *err)
{
	int names = 0, errnos = 0;

	for (int i = 1; i < argc; i++) {
		int e = takes_errno ? errno_word(argv[i], argv[0], err) : 0;
		int number = 0;

		if (e < 0 || (!e && callname_number(argv[i], &number, argv[0], err) < 0))
			return -1;
		if (denies && !e && is_needed(number)) {
			err_usage(err, "%s: %s cannot be denied", argv[0], argv[i]);
			err_why(err,
				"without execve, exit, exit_group and rt_sigreturn no program "
				"could start or end");
			return -1;
		}
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
