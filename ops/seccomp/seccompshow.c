/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * seccomp show: filters that bind the box (Seccomp_filters, since Linux 5.10,
 * proc(5)), and the rules that wait in it: the kernel knows of none of them
 * before a program starts.
 */
#include <errno.h>
#include <seccomp.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/seccomp/rules.h"
#include "ops/sys/callname.h"
#include "ops/why/diagnose.h"

static int box(struct call *c)
{
	const uint32_t otherwise = rules.otherwise ? rules.otherwise : SCMP_ACT_ERRNO(EPERM);
	char text[64], conditions[256];

	for (int i = 0; i < rules.n_if; i++) {
		const struct rule_if *rule = &rules.list_if[i];

		trace_print(c->trace, "%s%s: %s", callname_of(text, sizeof(text), rule->number),
			    rules_condition_text(conditions, sizeof(conditions), rule),
			    rules_verdict((char[64]){0}, 64, rule->action));
	}
	for (int i = 0; i < rules.n; i++) {
		auto_free char *name = seccomp_syscall_resolve_num_arch(seccomp_arch_native(),
									rules.list[i].number);

		trace_print(c->trace, "%-20s %s", name ? name : "?",
			    rules_verdict(text, sizeof(text), rules.list[i].action));
	}
	if (c->argc > 1 && !rules_any()) {
		trace_print(c->trace, "%-20s none", "further rules");
		return 0;
	}
	trace_print(c->trace, "%-20s %s", rules_any() ? "all others" : "all calls",
		    rules.profile  ? "as container engines have it"
		    : rules.closed ? rules_verdict(text, sizeof(text), otherwise)
				   : "allowed");
	return 0;
}

/* Of the box itself: the kernel knows that. The box half gets it as an argument. */
static int host(struct call *c)
{
	char n[16] = "0", *argv[] = {c->argv[0], n, NULL};
	struct call told = *c;
	int r;

	if (!diagnose_status(c, "Seccomp_filters", n, sizeof(n)) || !strcmp(n, "0"))
		return box_ask(c);
	trace_print(c->trace, "%-20s %s, of the box and its programs", "filters in force", n);
	told.argc = 2;
	told.argv = argv;
	r = box_ask(&told);
	c->status = told.status;
	return r;
}

const struct op op_seccomp_show = {
	.name = "seccomp show",
	.usage = "seccomp show",
	.summary = "the rules for the next program",
	.detail =
		"Filters that are in force already, and what the seccomp lines have asked for since.\n"
		"The filter made of it is seen in a program: Seccomp and Seccomp_filters in\n"
		"/proc/PID/status. See proc(5).",
	.host = host,
	.flags = OP_LOOKS,
	.box = box,
};
