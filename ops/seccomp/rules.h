/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the seccomp ops have asked for. It waits in the box until a program
 * starts, for a filter would bind the box as well.
 */
#ifndef CTRSH_OPS_SECCOMP_RULES_H
#define CTRSH_OPS_SECCOMP_RULES_H

#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>

#include "ops/op.h"

#define RULES_MAX    1024
#define RULES_IF_MAX 128

struct rule {
	int number; /* of the system call */
	uint32_t action;
};

/* One for some arguments only, where all that args says is so. */
struct rule_if {
	int number;
	uint32_t action;
	unsigned n;
	struct scmp_arg_cmp args[6];
};

struct rules {
	bool profile;       /* seccomp default: what is not named is as there */
	bool closed;        /* seccomp allow: what is not named is denied */
	uint32_t otherwise; /* what then happens to it, an action; 0: none was chosen */
	int n, n_if;
	struct rule list[RULES_MAX];
	struct rule_if list_if[RULES_IF_MAX];
};

extern struct rules rules, rules_loaded; /* the second: of the last seccomp load */

/* Are there any? */
bool rules_any(void);

/* Is the shell to be told of some calls? */
bool rules_notify(void);

/* The rule for a call, or NULL; among others than those that wait. */
const struct rule *rules_find(int number);
const struct rule *rules_in(const struct rules *r, int number);

/* One that comes after it in a line: argN=VALUE, with != < <= > >= in place of =,
 * or argN&MASK=VALUE. 1: it is one; 0: it is none; -1 and *err for the op. */
int rules_condition(const char *word, struct scmp_arg_cmp *arg, const char *op, struct err *err);
const char *rules_condition_text(char *buf, unsigned size, const struct rule_if *rule);

/* Adds the rule of a name with the conditions after it: argv[0], argv[1]... up
 * to a word that is none. 0 or -1. */
int rules_add_if(struct call *c, uint32_t action, char **argv);

/* What else than names may be among the words of a line. */
enum rules_words {
	RULES_NAMES,
	RULES_ERRNO,     /* errno=NAME */
	RULES_OTHERWISE, /* that, or otherwise=kill and the like */
};

/* Are the words of a line right? denies: then what is needed cannot be named. 0 or -1. */
int rules_check(int argc, char **argv, enum rules_words takes, bool denies, struct err *err);

/* The action that errno= or otherwise= says, 0: there is no such word. */
uint32_t rules_said(struct call *c);

/* An action in words, as in "mkdir is ...". */
const char *rules_verdict(char *buf, unsigned size, uint32_t action);

/* Adds a rule for each name among the words of the call: all, or on -1 none. */
int rules_add(struct call *c, uint32_t action);

/* Will the kernel take a filter from the box as it is now? 0, or -1 and c->err. */
int rules_may_filter(struct call *c);

/* An order error: the call is ruled already, and how. Always -1. */
int rules_contradict(struct call *c, const char *name, uint32_t action);

/* Calls without which no program starts or ends, always allowed; -1 at the end. */
extern const int rules_needed[];

#endif
