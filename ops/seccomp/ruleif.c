/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules that look at arguments: registers of 64 bits (seccomp(2)), compared as
 * libseccomp can (seccomp_rule_add(3)). One that denies comes before a rule for
 * the whole call; one that allows stands beside others of its kind.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/seccomp/rules.h"

/* Longer ones first. */
static const struct comparison {
	const char *text;
	enum scmp_compare op;
} comparisons[] = {
	{"!=", SCMP_CMP_NE}, {"<=", SCMP_CMP_LE}, {">=", SCMP_CMP_GE}, {"==", SCMP_CMP_EQ},
	{"=", SCMP_CMP_EQ},  {"<", SCMP_CMP_LT},  {">", SCMP_CMP_GT},  {NULL, 0},
};

static bool number(const char **word, scmp_datum_t *n)
{
	const char *begin = *word;
	char *end;

	*n = strtoull(begin, &end, 0);
	*word = end;
	return *begin >= '0' && *begin <= '9';
}

static bool parse(const char *word, struct scmp_arg_cmp *arg)
{
	const struct comparison *by = comparisons;
	scmp_datum_t mask = 0, value;
	bool masked = *word == '&';

	if (masked && (word++, !number(&word, &mask)))
		return false;
	while (by->text && strncmp(word, by->text, strlen(by->text)) != 0)
		by++;
	if (!by->text || (masked && by->op != SCMP_CMP_EQ))
		return false;
	word += strlen(by->text);
	if (!number(&word, &value) || *word)
		return false;
	arg->op = masked ? SCMP_CMP_MASKED_EQ : by->op;
	arg->datum_a = masked ? mask : value;
	arg->datum_b = masked ? value : 0;
	return true;
}

int rules_condition(const char *word, struct scmp_arg_cmp *arg, const char *op, struct err *err)
{
	*arg = (struct scmp_arg_cmp){0};
	if (strncmp(word, "arg", 3) != 0 || word[3] < '0' || word[3] > '9')
		return 0;
	arg->arg = (unsigned)(word[3] - '0');
	if (arg->arg <= 5 && parse(word + 4, arg)) {
		if (arg->op != SCMP_CMP_MASKED_EQ || !(arg->datum_b & ~arg->datum_a))
			return 1;
		err_usage(err, "%s: never so: %.100s", op, word);
		err_why(err, "the value has bits that the mask takes out");
		return -1;
	}
	err_usage(err, "%s: no condition: \"%.100s\"", op, word);
	err_fix(err,
		"arg0 to arg5, then = != < <= > or >= and a number, as arg0=0x10; or "
		"arg0&MASK=VALUE");
	return -1;
}

const char *rules_condition_text(char *buf, unsigned size, const struct rule_if *rule)
{
	unsigned n = 0;

	buf[0] = '\0';
	for (unsigned i = 0; i < rule->n && n < size; i++) {
		const struct scmp_arg_cmp *arg = &rule->args[i];
		const struct comparison *by = comparisons;

		while (by->text && by->op != arg->op)
			by++;
		if (by->text)
			n += (unsigned)snprintf(buf + n, size - n, " arg%u%s%#lx", arg->arg,
						by->op == SCMP_CMP_EQ ? "=" : by->text,
						(unsigned long)arg->datum_a);
		else
			n += (unsigned)snprintf(buf + n, size - n, " arg%u&%#lx=%#lx", arg->arg,
						(unsigned long)arg->datum_a,
						(unsigned long)arg->datum_b);
	}
	return buf;
}

static bool same_conditions(const struct rule_if *a, const struct rule_if *b)
{
	return a->number == b->number && a->n == b->n &&
	       !memcmp(a->args, b->args, a->n * sizeof(a->args[0]));
}

int rules_add_if(struct call *c, uint32_t action, char **argv)
{
	struct rule_if rule = {0};
	const struct rule *whole;

	rule.number = seccomp_syscall_resolve_name(argv[0]);
	rule.action = action;
	while (rule.n < 6 && argv[rule.n + 1] &&
	       rules_condition(argv[rule.n + 1], &rule.args[rule.n], c->argv[0], c->err) > 0)
		rule.n++;
	whole = rules_find(rule.number);
	if (action == SCMP_ACT_ALLOW && whole && whole->action != SCMP_ACT_ALLOW)
		return rules_contradict(c, argv[0], whole->action);
	for (int i = 0; i < rules.n_if; i++) {
		const struct rule_if *there = &rules.list_if[i];

		if (!same_conditions(there, &rule))
			continue;
		return there->action == action ? 0 : rules_contradict(c, argv[0], there->action);
	}
	if (rules.n_if == RULES_IF_MAX)
		return err_order(c->err, "%s: more than %d rules with conditions", c->argv[0],
				 RULES_IF_MAX);
	rules.list_if[rules.n_if++] = rule;
	return 0;
}
