/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * caps: what root's power is divided into (capabilities(7)). The box changes
 * its own sets at once; a program gets its own from them when it is executed:
 * for root all that is bounding or inheritable, for others what is ambient.
 */
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>

#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"
#include "ops/why/diagnose.h"

#define SETS "permitted", "effective", "inheritable", "bounding", "ambient"
static const char *const drop_first[] = {"all", SETS, NULL};
static const char *const keep_first[] = {"none", SETS, NULL};

static const char *const *drop_words(void)
{
	return capname_words(drop_first);
}

static const char *const *keep_words(void)
{
	return capname_words(keep_first);
}

static int drop_check(int argc, char **argv, struct err *err)
{
	struct caps_words w;

	return caps_parse(argc, argv, "all", &w, err);
}

static int drop_box(struct call *c)
{
	struct caps_words w;

	if (caps_parse(c->argc, c->argv, "all", &w, c->err) < 0)
		return -1;
	return caps_take(c, w.sets, w.every ? ~UINT64_C(0) : w.caps);
}

static int keep_check(int argc, char **argv, struct err *err)
{
	struct caps_words w;

	return caps_parse(argc, argv, "none", &w, err);
}

/* The same line, of what is there. */
static void keep_fewer(struct call *c, uint64_t there)
{
	char list[ERR_TEXT / 2] = "";
	struct err ignored = {0};
	bool left = false;
	size_t n = 0;

	for (int i = 1; i < c->argc; i++) {
		bool is_set = capset_named(c->argv[i]);
		int cap = is_set ? -1 : capname_number(c->argv[i], c->argv[0], &ignored);

		if (!is_set && (cap < 0 || !(there & CAP_BIT(cap))))
			continue;
		left |= !is_set;
		if (n < sizeof(list))
			n += (size_t)snprintf(list + n, sizeof(list) - n, " %s", c->argv[i]);
	}
	if (left && n < sizeof(list))
		err_instead_names(c->err, "caps keep%s", list);
	else
		err_fix(c->err, "name those that it has: caps show");
}

static int lacking(struct call *c, unsigned sets, uint64_t lacks, uint64_t there)
{
	char list[ERR_TEXT / 2];
	struct caps now;

	caps_read(&now);
	err_kernel(c->err, 0, "caps keep: the box does not hold %s",
		   capname_list(list, sizeof(list), lacks));
	if (sets && (sets | SET_INHERITABLE | SET_AMBIENT) == (SET_INHERITABLE | SET_AMBIENT) &&
	    !(lacks & ~now.permitted)) {
		err_why(c->err, "not in that set: it is permitted, but nothing made it %s yet",
			sets & SET_AMBIENT ? "ambient" : "inheritable");
		if (!strncmp(list, "all but", 7))
			err_fix(c->err, "caps ambient, with their names");
		else
			err_first_names(c->err, "caps ambient %s", list);
		return -1;
	}
	err_why(c->err,
		"what is kept must be there: it was dropped before, or ctrsh began without it");
	keep_fewer(c, there);
	return -1;
}

/* Nothing can be kept that is not there: of the set that limits the others
 * among those named. */
static int keep_box(struct call *c)
{
	struct caps_words w;
	struct caps now;
	uint64_t there;

	if (caps_parse(c->argc, c->argv, "none", &w, c->err) < 0)
		return -1;
	caps_read(&now);
	there = w.sets & SET_PERMITTED     ? now.permitted
		: w.sets & SET_EFFECTIVE   ? now.effective
		: w.sets & SET_BOUNDING    ? now.bounding
		: w.sets & SET_INHERITABLE ? now.inheritable
					   : now.ambient;
	if (w.caps & ~there)
		return lacking(c, w.sets, w.caps & ~there, there);
	return caps_take(c, w.sets, ~w.caps);
}

static int default_box(struct call *c)
{
	return caps_take(c, ~0U, ~CAPS_OF_ENGINES);
}

static void diagnose(struct call *c)
{
	diagnose_capability(c, "CAP_SETPCAP", CAP_SETPCAP);
	if (c->err->why[0] && strstr(c->err->what, "PR_CAPBSET_DROP"))
		err_fix(c->err,
			"only the bounding set takes it: do it before user and setuid, and drop "
			"setpcap last; or name the other sets (permitted effective inheritable "
			"ambient), or unshare user first");
}

const struct op op_caps_drop = {
	.name = "caps drop",
	.usage = "caps drop [SET...] NAME...|all",
	.summary = "take capabilities away from the box",
	.detail =
		"Takes them out of all five sets, or of those named: permitted effective\n"
		"inheritable bounding ambient. What is in none of them cannot come back. A name\n"
		"is written with or without cap_. The bounding set takes CAP_SETPCAP, the others\n"
		"nothing. A program that root executes gets all that is bounding or inheritable,\n"
		"and a new user namespace brings all back, for what belongs to it.\n"
		"See capabilities(7), capset(2), PR_CAPBSET_DROP in prctl(2).",
	.argmin = 1,
	.argmax = -1,
	.args = {{ARG_WORD, NULL, drop_words}},
	.check = drop_check,
	.box = drop_box,
	.diagnose = diagnose,
};

const struct op op_caps_keep = {
	.name = "caps keep",
	.usage = "caps keep [SET...] NAME...|none",
	.summary = "take all other capabilities away",
	.detail =
		"As caps drop of all that is not named. Nothing is added: what the box does not\n"
		"hold cannot be kept. See capabilities(7).",
	.argmin = 1,
	.argmax = -1,
	.args = {{ARG_WORD, NULL, keep_words}},
	.check = keep_check,
	.box = keep_box,
	.diagnose = diagnose,
};

const struct op op_caps_default = {
	.name = "caps default",
	.usage = "caps default",
	.summary = "keep the capabilities that container engines keep",
	.detail =
		"These fourteen, as far as the box holds them: chown dac_override fsetid fowner\n"
		"mknod net_raw setgid setuid setfcap setpcap net_bind_service sys_chroot kill\n"
		"audit_write. It is what Docker and containerd leave to a container.\n"
		"See capabilities(7).",
	.box = default_box,
	.diagnose = diagnose,
};
