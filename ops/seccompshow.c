/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * seccomp show: the rules that wait in the box. The kernel knows of none of
 * them before a program starts.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdlib.h>

#include "auto.h"
#include "rules.h"

static int box(struct call *c)
{
	const int e = rules.errnum ? rules.errnum : EPERM;
	char text[64];

	for (int i = 0; i < rules.n; i++) {
		auto_free char *name = seccomp_syscall_resolve_num_arch(seccomp_arch_native(),
									rules.list[i].number);

		trace_print(c->trace, "%-20s %s", name ? name : "?",
			    rules_verdict(text, sizeof(text), rules.list[i].action));
	}
	trace_print(c->trace, "%-20s %s", rules_any() ? "all others" : "all calls",
		    rules.profile  ? "as container engines have it"
		    : rules.closed ? rules_verdict(text, sizeof(text), SCMP_ACT_ERRNO((uint32_t)e))
				   : "allowed");
	return 0;
}

const struct op op_seccomp_show = {
	.name = "seccomp show",
	.usage = "seccomp show",
	.summary = "the rules for the next program",
	.detail =
		"What the seccomp lines have asked for so far. The filter made of it is seen in a\n"
		"program: Seccomp and Seccomp_filters in /proc/PID/status. See proc(5).",
	.box = box,
};
