/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each op does to the box on paper. Where words do not tell (join leads
 * anywhere), what was certain is not any more.
 */
#include "ops/paper.h"

#include <linux/capability.h>
#include <string.h>

#include "ops/namespaces/ns.h"
#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"

static bool is(const struct op *op, const char *name)
{
	return !strcmp(op->name, name);
}

/* In one call the user namespace is made first, and owns the others
 * (user_namespaces(7)). It brings all capabilities, over what it owns. */
static void do_unshare(struct paper *p, unsigned flags)
{
	if (flags & CLONE_NEWUSER) {
		p->user = true;
		p->owned = 0;
		p->uid = p->gid = p->deny = false;
		p->lost = 0;
	}
	p->own |= flags;
	p->owned |= flags;
}

static void do_join(struct paper *p, unsigned flags)
{
	*p = (struct paper){.own = p->own | flags, .owned = NS_ALL, .frozen = p->frozen};
}

/* A directory that is written with nothing but / and . could be the root. */
static bool leads_away(const char *dir)
{
	return dir[strspn(dir, "/.")] != '\0';
}

static void map(struct paper *p, const char *word, const char *value)
{
	bool uid = !strcmp(word, "uid"), gid = !strcmp(word, "gid");

	if (!strcmp(word, "setgroups")) {
		p->deny |= !strcmp(value, "deny");
		return;
	}
	p->uid |= !gid;
	p->gid |= !uid;
	p->deny |= !strcmp(word, "root") || !strcmp(word, "self");
}

static void caps(struct paper *p, const struct op *op, int argc, char **argv)
{
	bool keep = is(op, "caps keep");
	struct caps_words w = {.sets = ~0U};
	struct err err;

	if (is(op, "caps default"))
		w.caps = CAPS_OF_ENGINES;
	else if (caps_parse(argc, argv, keep ? "none" : "all", &w, &err) < 0)
		return;
	if (!(w.sets & (SET_PERMITTED | SET_EFFECTIVE)))
		return;
	if (keep || is(op, "caps default"))
		p->lost |= ~w.caps;
	else
		p->lost |= w.every ? ~UINT64_C(0) : w.caps;
}

static void take(struct paper *p, const struct op *op, int argc, char **argv)
{
	if (is(op, "join"))
		do_join(p, op->gains(argc, argv));
	else if (op->gains)
		do_unshare(p, op->gains(argc, argv));
	else if (!strncmp(op->name, "map ", 4))
		map(p, op->name + 4, argc > 1 ? argv[1] : "");
	else if (is(op, "chroot"))
		p->chrooted |= leads_away(argv[argc - 1]);
	else if (is(op, "pivot_root"))
		p->chrooted = false; /* both are the same again (pivot_root(2)) */
	else if (is(op, "cgroup freeze"))
		p->frozen = true;
	else if (is(op, "cgroup thaw") || is(op, "cgroup"))
		p->frozen = false; /* any file, cgroup.freeze perhaps */
	else if (is(op, "caps drop") || is(op, "caps keep") || is(op, "caps default"))
		caps(p, op, argc, argv);
}

/* Certain is only what is so in both cases. */
static void either(struct paper *p, const struct paper *other)
{
	p->own |= other->own;
	p->owned |= other->owned;
	p->user &= other->user;
	p->chrooted &= other->chrooted;
	p->frozen &= other->frozen;
	p->uid &= other->uid;
	p->gid &= other->gid;
	p->deny &= other->deny;
	p->lost &= other->lost;
	p->unknown |= other->unknown;
}

void paper_do(struct paper *p, const struct op *op, int argc, char **argv, bool maybe)
{
	struct paper before = *p;

	take(p, op, argc, argv);
	if (maybe)
		either(p, &before);
}
