/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One rule a system call: a second one for the same call would contradict it,
 * unless it is for some arguments only (ruleif.c).
 */
#include "ops/seccomp/rules.h"

#include <linux/capability.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "ops/privilege/capname.h"
#include "ops/sys/callname.h"
#include "ops/sys/syscap.h"

struct rules rules, rules_loaded;

bool rules_any(void)
{
	return rules.profile || rules.closed || rules.n || rules.n_if;
}

const struct rule *rules_in(const struct rules *r, int number)
{
	for (int i = 0; i < r->n; i++)
		if (r->list[i].number == number)
			return &r->list[i];
	return NULL;
}

bool rules_notify(void)
{
	for (int i = 0; i < rules.n; i++)
		if (rules.list[i].action == SCMP_ACT_NOTIFY)
			return true;
	for (int i = 0; i < rules.n_if; i++)
		if (rules.list_if[i].action == SCMP_ACT_NOTIFY)
			return true;
	return false;
}

const struct rule *rules_find(int number)
{
	return rules_in(&rules, number);
}

const int rules_needed[] = {SYS_execve, SYS_exit, SYS_exit_group, SYS_rt_sigreturn, -1};

/* What seccomp(2) asks for, or else gives EACCES. */
int rules_may_filter(struct call *c)
{
	struct caps now;

	caps_read(&now);
	if ((now.effective & CAP_BIT(CAP_SYS_ADMIN)) || prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
		return 0;
	err_order(c->err, "%s: the kernel would take no filter from this box", c->argv[0]);
	err_why(c->err, "it neither holds CAP_SYS_ADMIN nor has no_new_privs set (seccomp(2))");
	err_first(c->err, "no_new_privs");
	return -1;
}

const char *rules_verdict(char *buf, unsigned size, uint32_t action)
{
	char name[32];

	if (action == SCMP_ACT_ALLOW)
		return "allowed";
	if (action == SCMP_ACT_LOG)
		return "logged";
	if (action == SCMP_ACT_KILL_PROCESS)
		return "killed for";
	if (action == SCMP_ACT_TRAP)
		return "trapped";
	if (action == SCMP_ACT_NOTIFY)
		return "notified";
	errno_text(name, sizeof(name), (int)(action & 0xffff));
	snprintf(buf, size, "denied with %s", name);
	return buf;
}

int rules_contradict(struct call *c, const char *name, uint32_t action)
{
	char text[64];

	err_order(c->err, "%s: %s is %s already", c->argv[0], name,
		  rules_verdict(text, sizeof(text), action));
	err_why(c->err, "a call has one rule, and one that was given is not taken back");
	err_fix(c->err, "reset, and name it once");
	return -1;
}

static bool is_condition(const char *word)
{
	struct scmp_arg_cmp arg;
	struct err err;

	return rules_condition(word, &arg, "", &err) > 0;
}

int rules_add(struct call *c, uint32_t action)
{
	int before = rules.n, before_if = rules.n_if;

	for (int i = 1; i < c->argc; i++) {
		int number = seccomp_syscall_resolve_name(c->argv[i]);
		const struct rule *there = rules_find(number);

		if (!strncmp(c->argv[i], "errno=", 6) || !strncmp(c->argv[i], "otherwise=", 10) ||
		    is_condition(c->argv[i]))
			continue;
		if (i + 1 < c->argc && is_condition(c->argv[i + 1])) {
			if (rules_add_if(c, action, c->argv + i) < 0) {
				rules.n = before;
				rules.n_if = before_if;
				return -1;
			}
			continue;
		}
		if ((there && there->action == action))
			continue;
		if (there || rules.n == RULES_MAX) {
			rules.n = before;
			rules.n_if = before_if;
			return rules_contradict(c, c->argv[i], there ? there->action : action);
		}
		rules.list[rules.n++] = (struct rule){number, action};
	}
	return 0;
}
