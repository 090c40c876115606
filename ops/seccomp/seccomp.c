/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * seccomp: which system calls the programs of the box may make (seccomp(2)).
 * Here the rules are only collected: a filter cannot be taken back and would
 * bind the box, too. It is made and loaded as a program starts (filter.c).
 */
#include <errno.h>
#include <seccomp.h>
#include <stddef.h>
#include <string.h>

#include "ops/seccomp/rules.h"
#include "ops/sys/callname.h"

static const char *const errno_first[] = {"errno=EPERM", "errno=EACCES", "errno=ENOSYS", NULL};

static const char *const *errno_words(void)
{
	return callname_words(errno_first);
}

static const char *const allow_first[] = {"errno=EPERM",
					  "errno=EACCES",
					  "errno=ENOSYS",
					  "otherwise=kill",
					  "otherwise=trap",
					  "otherwise=log",
					  NULL};

static const char *const *allow_words(void)
{
	return callname_words(allow_first);
}

static const char *const *plain_words(void)
{
	return callname_words(NULL);
}

static const struct kind {
	const char *op;
	uint32_t action;
	enum rules_words words;
	bool refuses; /* what is named */
} kinds[] = {
	{"seccomp deny", SCMP_ACT_ERRNO(EPERM), RULES_ERRNO, true},
	{"seccomp allow", SCMP_ACT_ALLOW, RULES_OTHERWISE, false},
	{"seccomp log", SCMP_ACT_LOG, RULES_NAMES, false},
	{"seccomp kill", SCMP_ACT_KILL_PROCESS, RULES_NAMES, true},
	{"seccomp trap", SCMP_ACT_TRAP, RULES_NAMES, true},
};

static const struct kind *kind_of(const char *op)
{
	const struct kind *k = kinds;

	while (strcmp(k->op, op) != 0)
		k++;
	return k;
}

static int check(int argc, char **argv, struct err *err)
{
	const struct kind *k = kind_of(argv[0]);

	return rules_check(argc, argv, k->words, k->refuses, err);
}

static int box(struct call *c)
{
	uint32_t said = rules_said(c);

	return rules_may_filter(c) < 0 ? -1
				       : rules_add(c, said ? said : kind_of(c->op->name)->action);
}

static int otherwise_already(struct call *c)
{
	const uint32_t action = rules.otherwise ? rules.otherwise : SCMP_ACT_ERRNO(EPERM);
	char text[64];

	return err_order(c->err, "%s: what is not named is %s already", c->argv[0],
			 rules_verdict(text, sizeof(text), action));
}

static int allow_box(struct call *c)
{
	uint32_t said = rules_said(c);

	if (rules_may_filter(c) < 0)
		return -1;
	if (said && (rules.profile || (rules.otherwise && rules.otherwise != said)))
		return otherwise_already(c);
	if (rules_add(c, SCMP_ACT_ALLOW) < 0)
		return -1;
	rules.closed = true;
	rules.otherwise = said ? said : rules.otherwise;
	return 0;
}

static int default_box(struct call *c)
{
	if (rules_may_filter(c) < 0)
		return -1;
	if (rules.otherwise && rules.otherwise != SCMP_ACT_ERRNO(EPERM))
		return otherwise_already(c);
	rules.profile = true;
	return 0;
}

#define COLLECTED                                                                                  \
	"The filter is loaded right before the execve of each program that follows (run,\n"        \
	"exec), and does not bind the box. It takes CAP_SYS_ADMIN, or no_new_privs; or\n"          \
	"seccomp load, earlier.\n"
#define CONDITIONS                                                                                 \
	"After a name arg0=N to arg5=N, or != < <= > >= in place of =, or arg0&MASK=N, say\n"      \
	"for which arguments; of several all must be so, and alternatives take a line each.\n"     \
	"64 bits are compared: where the kernel takes an int, name them by arg0&0xffffffff=N.\n" COLLECTED

const struct op op_seccomp_default = {
	.name = "seccomp default",
	.usage = "seccomp default",
	.summary = "deny the system calls that container engines deny",
	.detail =
		"Some 330 calls are allowed, as Docker allows them; others fail with EPERM, and\n"
		"calls newer than libseccomp with ENOSYS. Allowed are mount, unshare and their\n"
		"like only to a program that will hold the capability for them; clone without\n"
		"new namespaces; socket but for AF_ALG, AF_VSOCK and families gone by. A call\n"
		"that seccomp deny, allow, log, kill or notify names is theirs, in any order.\n" COLLECTED
		"See seccomp(2).",
	.box = default_box,
};

const struct op op_seccomp_deny = {
	.name = "seccomp deny",
	.usage = "seccomp deny NAME [ARG=N...]... [errno=EPERM]",
	.summary = "let system calls fail in programs",
	.detail =
		"The calls fail with that errno and are not carried out. Others are untouched,\n"
		"unless seccomp allow or seccomp default is given, too. Beside mkdir there is\n"
		"mkdirat, beside open openat: a call is denied by its own name only. 32-bit\n"
		"programs are bound, too, with the older forms that they have of a call.\n" CONDITIONS
		"See seccomp(2), syscalls(2), errno(3).",
	.argmin = 1,
	.argmax = -1,
	.args = {{ARG_WORD, NULL, errno_words}},
	.check = check,
	.box = box,
};

const struct op op_seccomp_allow = {
	.name = "seccomp allow",
	.usage = "seccomp allow NAME [ARG=N...]... [errno=EPERM|otherwise=kill|trap|log]",
	.summary = "deny all other system calls to programs",
	.detail =
		"All calls fail with that errno but those named in such a line, and execve, exit,\n"
		"exit_group and rt_sigreturn, without which no program starts or ends. Or, with\n"
		"otherwise=, such a call kills the program, sends it SIGSYS, or is only logged.\n"
		"After seccomp default the line adds to what is allowed there.\n" CONDITIONS
		"See seccomp(2), syscalls(2), errno(3).",
	.argmin = 1,
	.argmax = -1,
	.args = {{ARG_WORD, NULL, allow_words}},
	.check = check,
	.box = allow_box,
};

const struct op op_seccomp_log = {
	.name = "seccomp log",
	.usage = "seccomp log NAME [ARG=N...]...",
	.summary = "allow system calls, and have the kernel log them",
	.detail =
		"Each is written to the audit log, or else to the kernel's (dmesg(1)), if log is\n"
		"in /proc/sys/kernel/seccomp/actions_logged.\n" CONDITIONS
		"See seccomp(2), SECCOMP_RET_LOG.",
	.argmin = 1,
	.argmax = -1,
	.args = {{ARG_WORD, NULL, plain_words}},
	.check = check,
	.box = box,
};

const struct op op_seccomp_kill = {
	.name = "seccomp kill",
	.usage = "seccomp kill NAME [ARG=N...]...",
	.summary = "kill programs for system calls",
	.detail =
		"A program that makes such a call dies of SIGSYS, and the call is not carried\n"
		"out.\n" CONDITIONS "See seccomp(2), SECCOMP_RET_KILL_PROCESS.",
	.argmin = 1,
	.argmax = -1,
	.args = {{ARG_WORD, NULL, plain_words}},
	.check = check,
	.box = box,
};

const struct op op_seccomp_trap = {
	.name = "seccomp trap",
	.usage = "seccomp trap NAME [ARG=N...]...",
	.summary = "send SIGSYS to programs for system calls",
	.detail =
		"A program that makes such a call gets SIGSYS, which it may handle; else it dies of\n"
		"it. The call is not carried out.\n" CONDITIONS "See seccomp(2), SECCOMP_RET_TRAP.",
	.argmin = 1,
	.argmax = -1,
	.args = {{ARG_WORD, NULL, plain_words}},
	.check = check,
	.box = box,
};
