/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each op does to the box on paper. Where words do not tell (join leads
 * anywhere), what was certain is not any more.
 */
#include "ops/paper.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "ops/namespaces/ns.h"
#include "ops/privilege/accounts.h"
#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"

#define NONE UINT64_C(0)
/* Of a user namespace. */
#define OF_USER                                                                                    \
	(PAPER_USER | PAPER_UIDS | PAPER_GIDS | PAPER_NO_UIDS | PAPER_NO_GIDS | PAPER_ONE_ID |     \
	 PAPER_DENY | PAPER_ZERO | PAPER_NOT_ZERO)

/* Who is started in an unusual way (by capsh(1), in a container) is told less. */
struct paper paper_new(void)
{
	struct paper p = {.facts = PAPER_NO_RULES};
	struct caps caps;

	caps_read(&caps);
	p.bound = caps.bounding;
	if (geteuid() == 0 || !caps.permitted)
		p.facts |= PAPER_ZERO;
	if (prctl(PR_GET_SECUREBITS) == 0)
		p.facts |= PAPER_FIXUP | PAPER_FORGETS;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0)
		p.facts |= PAPER_PRIVS;
	return p;
}

/* In one call the user namespace is made first, and owns the others
 * (user_namespaces(7)). It brings all capabilities, over what it owns, and securebits
 * as they are by default. */
static void do_unshare(struct paper *p, const struct op *op, int argc, char **argv)
{
	unsigned flags = op->gains(argc, argv);

	if (flags & CLONE_NEWUSER) {
		p->facts &= ~(unsigned)OF_USER;
		p->facts |= PAPER_USER | PAPER_NO_UIDS | PAPER_NO_GIDS | PAPER_FIXUP |
			    PAPER_FORGETS;
		p->owned = 0;
		p->lost = p->gone = NONE;
		p->bound = capname_all();
	}
	p->own |= flags;
	p->owned |= flags;
}

static void do_join(struct paper *p, const struct op *op, int argc, char **argv)
{
	unsigned flags = op->gains(argc, argv);

	if (flags & CLONE_NEWUSER) {
		p->facts &= ~(unsigned)(OF_USER | PAPER_FIXUP | PAPER_FORGETS);
		p->lost = p->gone = p->bound = NONE;
		p->owned = NS_ALL;
	}
	if (flags & CLONE_NEWNS)
		p->facts &= ~(unsigned)PAPER_CHROOTED;
	p->own |= flags;
	p->owned |= flags;
}

/* A directory that is written with nothing but / and . could be the root. */
static void do_chroot(struct paper *p, const struct op *op, int argc, char **argv)
{
	const char *dir = argv[argc - 1];

	(void)op;
	if (dir[strspn(dir, "/.")])
		p->facts |= PAPER_CHROOTED;
}

/* Both are the same again (pivot_root(2)). */
static void do_pivot(struct paper *p, const struct op *op, int argc, char **argv)
{
	(void)op, (void)argc, (void)argv;
	p->facts &= ~(unsigned)PAPER_CHROOTED;
}

static void map_uids(struct paper *p)
{
	p->facts &= ~(unsigned)PAPER_NO_UIDS;
	p->facts |= PAPER_UIDS;
}

static void map_gids(struct paper *p)
{
	p->facts &= ~(unsigned)PAPER_NO_GIDS;
	p->facts |= PAPER_GIDS;
}

static void do_map(struct paper *p, const struct op *op, int argc, char **argv)
{
	const char *word = op->name + strlen("map ");
	bool uid = !strcmp(word, "uid"), gid = !strcmp(word, "gid"), root = !strcmp(word, "root");

	if (!strcmp(word, "setgroups")) {
		p->facts |= argc > 1 && !strcmp(argv[1], "deny") ? PAPER_DENY : 0;
		return;
	}
	if (!gid)
		map_uids(p);
	if (!uid)
		map_gids(p);
	if (root || !strcmp(word, "self"))
		p->facts |= PAPER_DENY;
	if (root || !strcmp(word, "auto"))
		p->facts |= PAPER_ZERO;
	if (root)
		p->facts |= PAPER_ONE_ID;
}

static void do_freeze(struct paper *p, const struct op *op, int argc, char **argv)
{
	(void)op, (void)argc, (void)argv;
	p->facts |= PAPER_FROZEN;
}

/* Any file, cgroup.freeze perhaps. */
static void do_thaw(struct paper *p, const struct op *op, int argc, char **argv)
{
	(void)op, (void)argc, (void)argv;
	p->facts &= ~(unsigned)PAPER_FROZEN;
}

static void do_caps(struct paper *p, const struct op *op, int argc, char **argv)
{
	uint64_t less;
	unsigned sets = caps_named(op->name, argc, argv, &less);

	if (sets & SET_PERMITTED)
		p->gone |= less;
	if (sets & (SET_PERMITTED | SET_EFFECTIVE))
		p->lost |= less;
	if (sets & SET_BOUNDING)
		p->bound &= ~less;
}

/* PR_SET_KEEPCAPS is part of it. */
static void do_ambient(struct paper *p, const struct op *op, int argc, char **argv)
{
	(void)op, (void)argc, (void)argv;
	p->facts &= ~(unsigned)PAPER_FORGETS;
}

static void do_securebits(struct paper *p, const struct op *op, int argc, char **argv)
{
	(void)op;
	for (int i = 1; i < argc; i++) {
		if (!strcasecmp(argv[i], "no_setuid_fixup"))
			p->facts &= ~(unsigned)(PAPER_FIXUP | PAPER_FORGETS);
		if (!strcasecmp(argv[i], "keep_caps"))
			p->facts &= ~(unsigned)PAPER_FORGETS;
	}
}

/* Whoever leaves user 0 leaves his capabilities; who comes back has in effect what is
 * permitted (capabilities(7)). What a name stands for is known in the box alone. */
static void do_user(struct paper *p, const struct op *op, int argc, char **argv)
{
	char number[16];
	uid_t uid;

	(void)op, (void)argc;
	snprintf(number, sizeof(number), "%.*s", (int)strcspn(argv[1], ":,"), argv[1]);
	p->facts &= ~(unsigned)PAPER_NOT_ZERO;
	if (!account_is_id(number, &uid) || uid == 0) {
		p->lost &= p->gone;
		return;
	}
	p->facts |= PAPER_NOT_ZERO;
	if (!(p->facts & PAPER_ZERO) || !(p->facts & PAPER_FIXUP))
		return;
	p->lost = ~NONE;
	if (p->facts & PAPER_FORGETS)
		p->gone = ~NONE;
}

static void do_no_new_privs(struct paper *p, const struct op *op, int argc, char **argv)
{
	(void)op, (void)argc, (void)argv;
	p->facts &= ~(unsigned)PAPER_PRIVS;
}

static void do_rule(struct paper *p, const struct op *op, int argc, char **argv)
{
	(void)op, (void)argc, (void)argv;
	p->facts &= ~(unsigned)PAPER_NO_RULES;
	p->facts |= PAPER_RULES;
}

static void do_load(struct paper *p, const struct op *op, int argc, char **argv)
{
	(void)op, (void)argc, (void)argv;
	p->facts &= ~(unsigned)PAPER_RULES;
	p->facts |= PAPER_NO_RULES;
}

static const struct {
	const char *op;
	void (*does)(struct paper *p, const struct op *op, int argc, char **argv);
} effects[] = {
	{"unshare", do_unshare},
	{"join", do_join},
	{"map root", do_map},
	{"map self", do_map},
	{"map auto", do_map},
	{"map uid", do_map},
	{"map gid", do_map},
	{"map setgroups", do_map},
	{"chroot", do_chroot},
	{"pivot_root", do_pivot},
	{"cgroup freeze", do_freeze},
	{"cgroup thaw", do_thaw},
	{"cgroup", do_thaw},
	{"caps drop", do_caps},
	{"caps keep", do_caps},
	{"caps default", do_caps},
	{"caps ambient", do_ambient},
	{"caps securebits", do_securebits},
	{"setuid", do_user},
	{"user", do_user},
	{"no_new_privs", do_no_new_privs},
	{"seccomp default", do_rule},
	{"seccomp deny", do_rule},
	{"seccomp allow", do_rule},
	{"seccomp log", do_rule},
	{"seccomp kill", do_rule},
	{"seccomp trap", do_rule},
	{"seccomp load", do_load},
};

/* Certain is only what is so in both cases. */
static void either(struct paper *p, const struct paper *other)
{
	p->own |= other->own;
	p->owned |= other->owned;
	p->facts &= other->facts;
	p->lost &= other->lost;
	p->gone &= other->gone;
	p->bound &= other->bound;
	p->unknown |= other->unknown;
}

void paper_do(struct paper *p, const struct op *op, int argc, char **argv, bool maybe)
{
	struct paper before = *p;

	for (size_t i = 0; i < sizeof(effects) / sizeof(effects[0]); i++)
		if (!strcmp(effects[i].op, op->name))
			effects[i].does(p, op, argc, argv);
	if (maybe)
		either(p, &before);
}
