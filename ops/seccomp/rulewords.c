/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of a seccomp line: names, conditions after them, and an errno.
 */
#include <string.h>

#include "ops/seccomp/rules.h"
#include "ops/sys/callname.h"

static const struct {
	const char *word;
	uint32_t action;
} otherwise[] = {
	{"otherwise=kill", SCMP_ACT_KILL_PROCESS},
	{"otherwise=trap", SCMP_ACT_TRAP},
	{"otherwise=log", SCMP_ACT_LOG},
};

static int otherwise_word(const char *word, const char *op, uint32_t *action, struct err *err)
{
	for (size_t i = 0; i < sizeof(otherwise) / sizeof(otherwise[0]); i++)
		if (!strcmp(otherwise[i].word, word)) {
			*action = otherwise[i].action;
			return 1;
		}
	err_usage(err, "%s: not known: %.100s", op, word);
	err_fix(err, "otherwise=kill, trap or log; or errno=NAME");
	return -1;
}

/* 1: the word says an action; 0: it is another word; -1 and *err: it is wrong. */
static int action_word(const char *word, const char *op, enum rules_words takes, uint32_t *action,
		       struct err *err)
{
	int e;

	if (takes == RULES_OTHERWISE && !strncmp(word, "otherwise=", 10))
		return otherwise_word(word, op, action, err);
	if (takes == RULES_NAMES || strncmp(word, "errno=", 6) != 0)
		return 0;
	e = errno_number(word + 6, op, err);
	*action = SCMP_ACT_ERRNO((uint32_t)e);
	return e ? 1 : -1;
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

int rules_check(int argc, char **argv, enum rules_words takes, bool denies, struct err *err)
{
	int names = 0, actions = 0;
	uint32_t action;

	for (int i = 1; i < argc; i++) {
		int e = action_word(argv[i], argv[0], takes, &action, err);
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
		actions += e != 0;
		names += e == 0;
	}
	if (!names)
		return err_usage(err, "%s: which system calls?", argv[0]);
	if (actions > 1)
		return err_usage(err, "%s: one errno only%s", argv[0],
				 takes == RULES_OTHERWISE ? ", or one otherwise=" : "");
	return 0;
}

uint32_t rules_said(struct call *c)
{
	uint32_t action;

	for (int i = 1; i < c->argc; i++)
		if (action_word(c->argv[i], c->argv[0], RULES_OTHERWISE, &action, c->err) > 0)
			return action;
	return 0;
}
