/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * caps ambient: capabilities for the programs of a user who is not root. The
 * kernel empties the ambient set when the user ID changes from 0, and would
 * empty the permitted one, too, but for PR_SET_KEEPCAPS, which execve clears
 * (capabilities(7)); so what is asked for is raised again before a program.
 */
#include <stdlib.h>

#include "capname.h"
#include "capsets.h"
#include "diagnose.h"

static const char *const first[] = {"none", NULL};

static const char *const *words(void)
{
	return capname_words(first);
}

static int check(int argc, char **argv, struct err *err)
{
	struct caps_words w;

	if (caps_parse(argc, argv, "none", &w, err) < 0)
		return -1;
	return w.sets == ~0U ? 0 : err_usage(err, "caps ambient: takes names, no other set");
}

static int box(struct call *c)
{
	struct caps_words w;

	if (caps_parse(c->argc, c->argv, "none", &w, c->err) < 0)
		return -1;
	return w.every ? caps_no_ambient(c) : caps_make_ambient(c, w.caps);
}

/* capset asks that it is permitted or bounding; raising, that it is permitted. */
static void diagnose(struct call *c)
{
	char value[64], list[ERR_TEXT / 2];
	struct caps_words w;
	struct err scratch;
	uint64_t lacks;

	if (caps_parse(c->argc, c->argv, "none", &w, &scratch) < 0 ||
	    !diagnose_status(c, "CapPrm", value, sizeof(value)))
		return;
	lacks = w.caps & ~strtoull(value, NULL, 16);
	if (!lacks)
		return;
	err_why(c->err, "the box itself does not hold %s (CapPrm is %s)",
		capname_list(list, sizeof(list), lacks), value);
	err_fix(c->err, "caps ambient before the step that took it away, as a change of user does");
}

const struct op op_caps_ambient = {
	.name = "caps ambient",
	.usage = "caps ambient NAME...|none",
	.summary = "keep capabilities for programs that are not root's",
	.detail =
		"Adds them to the inheritable and the ambient set: a program then holds them\n"
		"whoever executes it, unless it is set-user-ID or has capabilities of its own.\n"
		"The kernel empties the ambient set when the user changes from root; what was\n"
		"named is therefore raised again before the next program. caps ambient none\n"
		"takes it back. See capabilities(7), PR_CAP_AMBIENT and PR_SET_KEEPCAPS in\n"
		"prctl(2).",
	.argmin = 1,
	.argmax = -1,
	.args = {{ARG_WORD, NULL, words}},
	.check = check,
	.box = box,
	.diagnose = diagnose,
};
