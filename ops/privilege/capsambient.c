/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * caps ambient: capabilities for the programs of a user who is not root. The
 * kernel empties the ambient set when the user ID changes from 0, and would
 * empty the permitted one, too, but for PR_SET_KEEPCAPS, which execve clears
 * (capabilities(7)); so what is asked for is raised again before a program.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/box/box.h"
#include "ops/box/boxid.h"
#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"
#include "ops/why/diagnose.h"

static const char *const first[] = {"none", "all", NULL};

static const char *const *words(void)
{
	return capname_words(first);
}

/* Names, none, or all that the box holds: *all. */
static int parse(int argc, char **argv, struct caps_words *w, bool *all, struct err *err)
{
	*all = argc == 2 && !strcasecmp(argv[1], "all");
	*w = (struct caps_words){.sets = ~0U};
	return *all ? 0 : caps_parse(argc, argv, "none", w, err);
}

static int check(int argc, char **argv, struct err *err)
{
	struct caps_words w;
	bool all;

	if (parse(argc, argv, &w, &all, err) < 0)
		return -1;
	return w.sets == ~0U ? 0 : err_usage(err, "caps ambient: takes names, no other set");
}

static int box(struct call *c)
{
	struct caps_words w;
	struct caps now;
	bool all;

	if (parse(c->argc, c->argv, &w, &all, c->err) < 0)
		return -1;
	caps_read(&now);
	if (all)
		w.caps = now.permitted;
	return w.every ? caps_no_ambient(c) : caps_make_ambient(c, w.caps);
}

/* capset asks that it is permitted or bounding; raising, that it is permitted. */
static void diagnose(struct call *c)
{
	char value[64], list[ERR_TEXT / 2];
	struct caps_words w;
	struct err scratch;
	struct boxid id;
	uint64_t lacks;
	bool all;

	if (parse(c->argc, c->argv, &w, &all, &scratch) < 0 ||
	    !diagnose_status(c, "CapPrm", value, sizeof(value)))
		return;
	lacks = w.caps & ~strtoull(value, NULL, 16);
	if (!lacks)
		return;
	err_why(c->err, "the box itself does not hold %s (CapPrm is %s)",
		capname_list(list, sizeof(list), lacks), value);
	boxid_read(c->session->box.pid, &id);
	if (id.uid != geteuid() || diagnose_we_hold(__builtin_ctzll(lacks)))
		err_fix(c->err,
			"caps ambient before the step that took it away, as a change of "
			"user does");
	else
		err_fix(c->err, geteuid() ? "unshare user first: the box then holds all, in a user "
					    "namespace of its own; or run ctrsh with sudo"
					  : "caps ambient all takes what it does hold");
}

const struct op op_caps_ambient = {
	.name = "caps ambient",
	.usage = "caps ambient NAME...|all|none",
	.summary = "keep capabilities for programs that are not root's",
	.detail =
		"Adds them to the inheritable and the ambient set: a program then holds them\n"
		"whoever executes it, unless it is set-user-ID or has capabilities of its own.\n"
		"The kernel empties the ambient set when the user changes from root; what was\n"
		"named is therefore raised again before the next program. all is what the box holds\n"
		"now; caps ambient none takes it back. See capabilities(7), PR_CAP_AMBIENT and PR_SET_KEEPCAPS in\n"
		"prctl(2).",
	.argmin = 1,
	.argmax = -1,
	.args = {{ARG_WORD, NULL, words}},
	.check = check,
	.box = box,
	.diagnose = diagnose,
};
