/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * keyring: a session keyring of the box's own (session-keyring(7), keyctl(2)).
 * No namespace comes with one: what fork inherits is the caller's, with the keys
 * that login and others have put there.
 */
#include <errno.h>

#include <stddef.h>

#include "ops/sys/syscap.h"
#include "ops/why/diagnose.h"

static int check(int argc, char **argv, struct err *err)
{
	if (argc > 1 && (argv[1][0] == '.' || !argv[1][0]))
		return err_usage(err,
				 "keyring: a name must not be empty or begin with a dot: those are "
				 "the kernel's own");
	return 0;
}

static int box(struct call *c)
{
	return sys_join_session_keyring(c, c->argc > 1 ? c->argv[1] : NULL) < 0 ? -1 : 0;
}

static void diagnose(struct call *c)
{
	switch (c->err->errnum) {
	case ENOSYS:
		err_why(c->err, "this kernel has no keys (CONFIG_KEYS)");
		break;
	case EDQUOT:
		err_why(c->err,
			"the user has as many keys as he may: kernel.keys.maxkeys, or "
			"root_maxkeys, and what /proc/key-users counts");
		break;
	default:
		break;
	}
}

const struct op op_keyring = {
	.name = "keyring",
	.usage = "keyring [NAME]",
	.summary = "give the box a session keyring of its own",
	.detail =
		"A process has the keys of the session it was started from, in any namespace. This\n"
		"makes a new keyring, empty, for the box and what it starts; with NAME one that can\n"
		"be joined by name, or the one that is there already. Takes no privilege.\n"
		"See KEYCTL_JOIN_SESSION_KEYRING in keyctl(2), session-keyring(7), keyrings(7).",
	.argmax = 1,
	.check = check,
	.box = box,
	.diagnose = diagnose,
};
