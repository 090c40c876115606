/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * no_new_privs: from now on no execve(2) gives more than the box has (set-user-ID
 * bits and file capabilities are ignored). Anybody may set it, nobody clears it
 * (PR_SET_NO_NEW_PRIVS in prctl(2)).
 */
#include "ops/sys/syscap.h"

static int box(struct call *c)
{
	return sys_no_new_privs(c);
}

const struct op op_no_new_privs = {
	.name = "no_new_privs",
	.usage = "no_new_privs",
	.summary = "no program in the box gains privileges",
	.detail =
		"Set-user-ID, set-group-ID and file capabilities have no effect any more, for the\n"
		"box and all that it starts. It cannot be undone, and takes no privilege; without\n"
		"CAP_SYS_ADMIN the kernel wants it before a seccomp filter.\n"
		"See PR_SET_NO_NEW_PRIVS in prctl(2).",
	.box = box,
};
