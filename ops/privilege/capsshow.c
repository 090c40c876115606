/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * caps show: the five sets and no_new_privs, read from outside
 * (/proc/PID/status, proc(5)); only the securebits have to be asked for inside.
 */
#include <linux/securebits.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include "ops/box/box.h"
#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"
#include "ops/why/diagnose.h"

#define COLUMN "%-13s %s"

const struct trace_flag securebits[] = {
	{SECBIT_NOROOT, "noroot"},
	{SECBIT_NOROOT_LOCKED, "noroot_locked"},
	{SECBIT_NO_SETUID_FIXUP, "no_setuid_fixup"},
	{SECBIT_NO_SETUID_FIXUP_LOCKED, "no_setuid_fixup_locked"},
	{SECBIT_KEEP_CAPS, "keep_caps"},
	{SECBIT_KEEP_CAPS_LOCKED, "keep_caps_locked"},
	{SECBIT_NO_CAP_AMBIENT_RAISE, "no_cap_ambient_raise"},
	{SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED, "no_cap_ambient_raise_locked"},
	{0, NULL},
};

static int host(struct call *c)
{
	char value[64], list[900];

	for (const struct capset *s = capsets; s->name; s++) {
		if (!diagnose_status(c, s->status, value, sizeof(value)))
			return err_kernel(c->err, 0, "caps show: /proc/%d/status has no %s",
					  (int)c->session->box.pid, s->status);
		trace_print(c->trace, COLUMN, s->name,
			    capname_list(list, sizeof(list), strtoull(value, NULL, 16)));
	}
	if (diagnose_status(c, "NoNewPrivs", value, sizeof(value)))
		trace_print(c->trace, COLUMN, "no_new_privs", value);
	return box_ask(c);
}

static int box(struct call *c)
{
	char list[200];
	int set = prctl(PR_GET_SECUREBITS, 0, 0, 0, 0);

	trace_print(c->trace, COLUMN, "securebits",
		    set > 0 ? trace_flags(list, sizeof(list), securebits, (unsigned long)set)
			    : "none");
	return 0;
}

const struct op op_caps_show = {
	.name = "caps show",
	.usage = "caps show",
	.summary = "the capabilities of the box",
	.detail =
		"  permitted    what it may make effective\n"
		"  effective    what the kernel looks at\n"
		"  inheritable  what root's programs get beside the bounding set\n"
		"  bounding     what a program can get at all\n"
		"  ambient      what programs of other users get\n"
		"Beside them no_new_privs (no program gets more than the box has) and the\n"
		"securebits. See capabilities(7).",
	.flags = OP_LOOKS,
	.host = host,
	.box = box,
};
