/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * symlink: a symbolic link in the root that the box has (symlink(2)). It is made
 * where mkdir would make a directory; where it leads is nobody's business until
 * somebody follows it.
 */
#include <errno.h>
#include <limits.h>
#include <stddef.h>

#include "ops/files/nodediag.h"
#include "ops/files/target.h"
#include "ops/sys/sysnode.h"

static int check(int argc, char **argv, struct err *err)
{
	(void)argc;
	return *argv[1] ? 0
			: err_usage(err, "symlink: a link must lead somewhere: TARGET is empty");
}

static int box(struct call *c)
{
	auto_target at = TARGET_CLOSED;
	char room[PATH_MAX];
	const char *last;

	if (target_parent(c, c->argv[2], room, &at, &last) < 0)
		return -1;
	return sys_symlinkat(c, c->argv[1], at.fd, last);
}

static void diagnose(struct call *c)
{
	if (c->err->errnum == EEXIST) {
		err_why(c->err, "there is something of this name, and a link replaces nothing");
		err_fix(c->err, "the link is the second word: another name for it");
	} else {
		diagnose_creation(c, c->argv[2]);
	}
}

/* A file that is there stays. */
static int again(struct call *c)
{
	return c->err->errnum == EEXIST ? 0 : -1;
}

const struct op op_symlink = {
	.name = "symlink",
	.usage = "symlink TARGET PATH",
	.summary = "make a symbolic link",
	.detail =
		"PATH becomes a link that leads to TARGET, which is taken as it is and need not be\n"
		"there: who follows it begins at his own root, or at the link. In the root that the\n"
		"box has, as mkdir. See symlink(2), symlink(7).",
	.argmin = 2,
	.argmax = 2,
	.args = {{ARG_WORD, NULL}, {ARG_FILE, NULL}},
	.check = check,
	.box = box,
	.again = again,
	.diagnose = diagnose,
};
