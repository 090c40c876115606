/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the kernel will refuse, whatever the machine: known from the words of
 * the lines before. Each of these has its reason in the manual; what depends on
 * who the person is, or what there is, does not belong here.
 */
#include <linux/capability.h>
#include <string.h>

#include "ops/guard.h"
#include "ops/namespaces/ns.h"
#include "ops/paper.h"
#include "ops/privilege/capname.h"

static bool is(const struct op *op, const char *name)
{
	return !strcmp(op->name, name);
}

static int refuse_frozen(const struct op *op, struct err *err)
{
	err_order(err, "%s: the box is frozen, and can do nothing", op->name);
	err_why(err, "no process in its control group gets to run");
	err_fix(err, "cgroup thaw first");
	return -1;
}

/* create_user_ns in the kernel: EPERM for a process that is chrooted. */
static int refuse_user(const struct op *op, struct err *err)
{
	err_order(err, "%s: refused: there is no new user namespace after chroot", op->name);
	err_why(err, "its root directory must be that of its mount namespace (unshare(2))");
	err_fix(err, "unshare user before chroot, or pivot_root in its place");
	return -1;
}

static int refuse_map(const struct paper *p, const struct op *op, char **argv, struct err *err)
{
	bool uid = p->uid && !is(op, "map gid"), gid = p->gid && !is(op, "map uid");

	if (is(op, "map setgroups")) {
		bool deny = !strcmp(argv[1], "deny");

		if (!(deny ? p->gid && !p->deny : p->deny))
			return 0;
		err_order(err, "map setgroups: refused: %s",
			  deny ? "the map of group IDs is written" : "it is denied for good");
		err_why(err,
			"it is denied before the groups are mapped, or not at all "
			"(user_namespaces(7))");
		return -1;
	}
	if (!uid && !gid)
		return 0;
	err_order(err, "%s: refused: the map of %s IDs is written already", op->name,
		  uid ? "user" : "group");
	err_why(err, "a map is written once in a user namespace (user_namespaces(7))");
	err_fix(err, "one line for each map; or unshare user again");
	return -1;
}

/* What a mount shows belongs to a namespace, and the user namespace that owns
 * that decides (mount(2), and for proc pid_namespaces(7)).
 * Every call of it needs CAP_SYS_ADMIN over the namespaces (those of mask may find nothing to
 * do). */
static unsigned needs(const struct op *op)
{
	unsigned flags = op->changes & (CLONE_NEWNS | CLONE_NEWUTS);

	if (!strncmp(op->name, "mask", 4) || is(op, "sysctl"))
		return 0;
	return flags ? flags | op->shows : 0;
}

/* Each request to rtnetlink that sets something takes CAP_NET_ADMIN (rtnetlink(7)). */
static bool sets_net(const struct op *op)
{
	return is(op, "net up") || is(op, "net down") || is(op, "net addr") || is(op, "net route");
}

static int refuse_foreign(const struct paper *p, const struct op *op, unsigned flags,
			  struct err *err)
{
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		if (!(flags & ns->flag) || (p->owned & ns->flag))
			continue;
		err_order(err, "%s: refused: the box has no say over its %s namespace", op->name,
			  ns->title);
		err_why(err,
			"its capabilities are for what its own user namespace owns, and this "
			"is not: %s",
			p->own & ns->flag ? "it was there before" : "it is the host's");
		err_fix(err, "unshare user %s in one line, or %s after user", ns->name, ns->name);
		return -1;
	}
	return 0;
}

static int refuse_lost(const struct op *op, const char *capability, struct err *err)
{
	err_order(err, "%s: refused: it needs %s, which is gone", op->name, capability);
	err_why(err, "a caps line before took it from the box");
	err_fix(err, "%s before that line", op->name);
	return -1;
}

static unsigned gains(const struct op *op, int argc, char **argv)
{
	return op->gains && !is(op, "join") ? op->gains(argc, argv) : 0;
}

int paper_guard(const struct paper *p, const struct op *op, int argc, char **argv, bool insist,
		struct err *err)
{
	return p->unknown || insist ? 0
				    : guard_refuses(op, guard_changes(op, argc, argv), p->own, err);
}

int paper_refuses(const struct paper *p, const struct op *op, int argc, char **argv,
		  struct err *err)
{
	unsigned made = gains(op, argc, argv), flags = needs(op);

	if (p->unknown)
		return 0;
	if (p->frozen && op->box)
		return refuse_frozen(op, err);
	if ((made & CLONE_NEWUSER) && p->chrooted)
		return refuse_user(op, err);
	if (!strncmp(op->name, "map ", 4) && refuse_map(p, op, argv, err) < 0)
		return -1;
	if (p->user && flags && refuse_foreign(p, op, flags, err) < 0)
		return -1;
	if ((flags || (made && !(made & CLONE_NEWUSER))) && (p->lost & CAP_BIT(CAP_SYS_ADMIN)))
		return refuse_lost(op, "CAP_SYS_ADMIN", err);
	if (p->user && sets_net(op) && refuse_foreign(p, op, CLONE_NEWNET, err) < 0)
		return -1;
	if (sets_net(op) && (p->lost & CAP_BIT(CAP_NET_ADMIN)))
		return refuse_lost(op, "CAP_NET_ADMIN", err);
	if (is(op, "groups") && (p->lost & CAP_BIT(CAP_SETGID)))
		return refuse_lost(op, "CAP_SETGID", err);
	if (is(op, "chroot") && (p->lost & CAP_BIT(CAP_SYS_CHROOT)))
		return refuse_lost(op, "CAP_SYS_CHROOT", err);
	return 0;
}
