/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the kernel will refuse, whatever the machine: known from the words of
 * the lines before. Each of these has its reason in the manual; what depends on
 * who the person is, or what there is, does not belong here.
 */
#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>

#include "ops/doctor/needstable.h"
#include "ops/guard.h"
#include "ops/namespaces/ns.h"
#include "ops/paper.h"
#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"

static bool is_user(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "user"))
			return true;
	return false;
}

static bool is_deny(int argc, char **argv)
{
	return argc > 1 && !strcmp(argv[1], "deny");
}

static bool is_allow(int argc, char **argv)
{
	return !is_deny(argc, argv);
}

/* 0 0 is a file for overlayfs, which is nobody's device. */
static bool is_device(int argc, char **argv)
{
	return argc > 4 && strcmp(argv[2], "p") != 0 &&
	       (strtol(argv[3], NULL, 0) || strtol(argv[4], NULL, 0));
}

static bool is_another(int argc, char **argv)
{
	return argc > 1 && argv[1][strspn(argv[1], "0123456789")] == '\0' &&
	       strtoul(argv[1], NULL, 10);
}

/* A name alone stands for all of its family if it ends in a blank; "" is any op
 * that the box takes part in. facts: all of them are certain. lost: and the box
 * holds none of these in effect. */
static const struct rule {
	const char *ops[7];
	bool (*when)(int argc, char **argv);
	unsigned facts;
	uint64_t lost;
	const char *what, *why, *fix;
	const char *first; /* lines that come first */
} rules[] = {
	{.ops = {""},
	 .facts = PAPER_FROZEN,
	 .what = "the box is frozen, and can do nothing",
	 .why = "no process in its control group gets to run (cgroup.freeze, freezer.state)",
	 .first = "cgroup thaw"},
	/* create_user_ns in the kernel: EPERM for a process that is chrooted. */
	{.ops = {"unshare"},
	 .when = is_user,
	 .facts = PAPER_CHROOTED,
	 .what = "there is no new user namespace after chroot",
	 .why = "its root directory must be that of its mount namespace (unshare(2))",
	 .fix = "unshare user before chroot, or pivot_root in its place"},
	{.ops = {"map setgroups"},
	 .when = is_deny,
	 .facts = PAPER_GIDS,
	 .what = "the map of group IDs is written",
	 .why = "it is denied before the groups are mapped, or not at all (user_namespaces(7))"},
	{.ops = {"map setgroups"},
	 .when = is_allow,
	 .facts = PAPER_DENY,
	 .what = "it is denied for good",
	 .why = "what was denied once is not allowed again (user_namespaces(7))"},
	{.ops = {"map root", "map self", "map auto", "map uid"},
	 .facts = PAPER_UIDS,
	 .what = "the map of user IDs is written already",
	 .why = "a map is written once in a user namespace (user_namespaces(7))",
	 .fix = "one line for each map; or unshare user again"},
	{.ops = {"map root", "map self", "map auto", "map gid"},
	 .facts = PAPER_GIDS,
	 .what = "the map of group IDs is written already",
	 .why = "a map is written once in a user namespace (user_namespaces(7))",
	 .fix = "one line for each map; or unshare user again"},
	{.ops = {"groups", "user"},
	 .facts = PAPER_NO_GIDS,
	 .what = "no group is mapped yet in its user namespace",
	 .why = "setgroups is refused until gid_map is written (user_namespaces(7))",
	 .fix = "map auto first"},
	{.ops = {"groups", "user"},
	 .facts = PAPER_DENY,
	 .what = "setgroups is denied in its user namespace",
	 .why = "a map line before denied it: its groups stay as they are (user_namespaces(7))",
	 .fix = "map auto, or map uid and map gid, in place of that line; or setgid, setuid"},
	{.ops = {"setuid"},
	 .facts = PAPER_NO_UIDS,
	 .what = "no user ID exists in its user namespace yet",
	 .why = "only what is mapped can be set (user_namespaces(7))",
	 .fix = "map auto, or map root, first"},
	{.ops = {"setgid"},
	 .facts = PAPER_NO_GIDS,
	 .what = "no group ID exists in its user namespace yet",
	 .why = "only what is mapped can be set (user_namespaces(7))",
	 .fix = "map auto, or map root, first"},
	{.ops = {"setuid", "setgid"},
	 .when = is_another,
	 .facts = PAPER_ONE_ID,
	 .what = "its user namespace has 0, and no other ID",
	 .why = "map root maps nothing else, and only what is mapped can be set (user_namespaces(7))",
	 .fix = "map auto in place of map root"},
	{.ops = {"mknod"},
	 .when = is_device,
	 .facts = PAPER_USER,
	 .what = "no device file is made in a user namespace",
	 .why = "the kernel asks for CAP_MKNOD over the whole machine (mknod(2), user_namespaces(7))",
	 .fix = "mknod before unshare user; or mount bind a device of the host's"},
	{.ops = {"sysctl"},
	 .facts = PAPER_NOT_ZERO,
	 .lost = ~UINT64_C(0),
	 .what = "kernel parameters are root's",
	 .why = "the box left user 0 before, and its capabilities with it (capabilities(7))",
	 .fix = "sysctl before that line"},
	{.ops = {"seccomp load"},
	 .facts = PAPER_NO_RULES,
	 .what = "there are no rules to load",
	 .why = "no seccomp line has noted one since the last filter",
	 .fix = "seccomp default, or another seccomp line, first"},
	{.ops = {"seccomp default", "seccomp deny", "seccomp allow", "seccomp log", "seccomp kill",
		 "seccomp trap", "seccomp load"},
	 .facts = PAPER_PRIVS,
	 .lost = CAP_BIT(CAP_SYS_ADMIN),
	 .what = "the kernel would take no filter from this box",
	 .why = "it neither holds CAP_SYS_ADMIN nor has no_new_privs set (seccomp(2))",
	 .first = "no_new_privs"},
	{.ops = {"run", "exec"},
	 .facts = PAPER_PRIVS | PAPER_RULES,
	 .lost = CAP_BIT(CAP_SYS_ADMIN),
	 .what = "the kernel would not take the filter that the program is to get",
	 .why = "the box neither holds CAP_SYS_ADMIN any more nor has no_new_privs set (seccomp(2))",
	 .fix = "no_new_privs first; or seccomp load while it holds it"},
};

#define N_RULES (sizeof(rules) / sizeof(rules[0]))
#define N_OPS   (sizeof(rules[0].ops) / sizeof(rules[0].ops[0]))

static bool is_about(const struct rule *r, const struct op *op)
{
	for (size_t i = 0; i < N_OPS && r->ops[i]; i++)
		if (!strcmp(r->ops[i], op->name) || (!*r->ops[i] && op->box))
			return true;
	return false;
}

static int refuse_rule(const struct paper *p, const struct op *op, int argc, char **argv,
		       struct err *err)
{
	for (const struct rule *r = rules; r < rules + N_RULES; r++) {
		if (!is_about(r, op) || (r->facts & ~p->facts) || (r->lost & ~p->lost) ||
		    (r->when && !r->when(argc, argv)))
			continue;
		err_order(err, "%s: refused: %s", op->name, r->what);
		err_why(err, "%s", r->why);
		if (r->fix)
			err_fix(err, "%s", r->fix);
		if (r->first)
			err_first_names(err, "%s", r->first);
		return -1;
	}
	return 0;
}

uint64_t paper_needs(const struct op *op, int argc, char **argv)
{
	const struct need *n = needs_of(op);
	unsigned made = op->gains ? op->gains(argc, argv) : 0;

	if (made)
		return made & CLONE_NEWUSER ? 0 : CAP_BIT(CAP_SYS_ADMIN);
	return n->flags & NEED_PERHAPS ? 0 : n->caps;
}

/* What a mount shows belongs to a namespace, and the user namespace that owns
 * that decides (mount(2), and for proc pid_namespaces(7)). */
static int refuse_foreign(const struct paper *p, const struct op *op, struct err *err)
{
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		if (!((op->changes | op->shows) & ns->flag) || (p->owned & ns->flag))
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

static int refuse_lost(const struct paper *p, const struct op *op, uint64_t caps, struct err *err)
{
	char list[128];

	err_order(err, "%s: refused: it needs %s, which is gone", op->name,
		  capname_upper(list, sizeof(list), __builtin_ctzll(caps)));
	err_why(err, p->facts & PAPER_NOT_ZERO
			     ? "who leaves user 0 leaves his capabilities (capabilities(7))"
			     : "a caps line before took it from the box");
	err_fix(err, "%s before that line", op->name);
	return -1;
}

static int refuse_held(const struct op *op, const char *how, uint64_t caps, struct err *err)
{
	char list[128];

	err_order(err, "%s: refused: the box %s %s any more", op->name, how,
		  capname_list(list, sizeof(list), caps));
	err_why(err, "a line before took it, and nothing brings it back (capabilities(7))");
	err_fix(err, "%s before that line", op->name);
	return -1;
}

/* What is kept, or made ambient, must be there. */
static int refuse_named(const struct paper *p, const struct op *op, int argc, char **argv,
			struct err *err)
{
	bool ambient = !strcmp(op->name, "caps ambient");
	struct caps_words w;
	struct err scratch;
	uint64_t gone;

	if ((!ambient && strcmp(op->name, "caps keep") != 0) ||
	    caps_parse(argc, argv, ambient ? "all" : "none", &w, &scratch) < 0 || w.every)
		return 0;
	gone = ambient || (w.sets & SET_PERMITTED) ? p->gone : w.sets & SET_EFFECTIVE ? p->lost : 0;
	return w.caps & gone ? refuse_held(op, "does not hold", w.caps & gone, err) : 0;
}

/* The bounding set takes CAP_SETPCAP, where something goes from it. */
static int refuse_bounding(const struct paper *p, const struct op *op, int argc, char **argv,
			   struct err *err)
{
	uint64_t gone;

	if (!(needs_of(op)->caps & p->lost & CAP_BIT(CAP_SETPCAP)) ||
	    !(caps_named(op->name, argc, argv, &gone) & SET_BOUNDING) || !(gone & p->bound))
		return 0;
	refuse_lost(p, op, CAP_BIT(CAP_SETPCAP), err);
	err_fix(err,
		"name the other sets (permitted effective inheritable ambient), or %s before that line",
		op->name);
	return -1;
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
	uint64_t needs = paper_needs(op, argc, argv);

	if (p->unknown)
		return 0;
	if (refuse_rule(p, op, argc, argv, err) < 0)
		return -1;
	if (needs && (p->facts & PAPER_USER) && refuse_foreign(p, op, err) < 0)
		return -1;
	if (needs & p->lost)
		return refuse_lost(p, op, needs & p->lost, err);
	return refuse_named(p, op, argc, argv, err) < 0 ? -1
							: refuse_bounding(p, op, argc, argv, err);
}
