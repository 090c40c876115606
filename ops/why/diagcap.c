/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A capability that the box lacks, or that does not help it: what took it away, and what gives it.
 */
#include "ops/why/diagnose.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/box/boxid.h"
#include "ops/guard.h"
#include "ops/namespaces/ns.h"
#include "ops/why/diagfilter.h"
#include "ops/why/diagprobe.h"

/* A user namespace of its own, and with it what the op changes. */
static void fix_user_namespace(struct call *c)
{
	unsigned changes = guard_changes(c->op, c->argc, c->argv);
	char list[96] = "";
	size_t n = 0;

	changes &= ~guard_own(c->session, changes);
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (changes & ns->flag)
			n += (size_t)snprintf(list + n, sizeof(list) - n, " %s", ns->name);
	err_first_names(c->err, "unshare user%s", list);
}

/* What to do without a capability, seen from who the box is. Other IDs than
 * one's own are in a user namespace only once they are mapped. */
static void fix_capability(struct call *c, uid_t uid, int number, bool given_up)
{
	if (uid != geteuid())
		err_fix(c->err, "reset, and %s before the box becomes another user", c->op->name);
	else if (given_up)
		err_fix(c->err,
			"it was given up (caps show), and does not come back: reset, and "
			"take this step before");
	else if (uid == 0)
		err_fix(c->err,
			"run ctrsh where root has its capabilities (a container takes them away)");
	else if (number == CAP_SETUID || number == CAP_SETGID)
		err_fix(c->err,
			"unshare user, and map auto, with which it has other IDs than yours; or "
			"run ctrsh with sudo");
	else if (diagnose_lacks_map(c, "uid_map"))
		err_fix(c->err,
			"start ctrsh where the user namespace that it is in is mapped, as "
			"unshare --map-root-user ctrsh does");
	else
		fix_user_namespace(c);
}

static bool holds(const char *caps, int number)
{
	return strtoull(caps, NULL, 16) >> number & 1;
}

static void lacks(struct call *c, const char *name, int number, const char *held)
{
	bool own_user = diagnose_own(c, CLONE_NEWUSER);
	struct boxid id;
	char caps[64];

	boxid_read(c->session->box.pid, &id);
	err_why(c->err, "the box does not hold %s (its user ID is %u, CapEff is %s)%s", name,
		(unsigned)id.uid, held,
		id.uid == 0 || id.uid != geteuid() || own_user ? ""
		: diagnose_lacks_map(c, "uid_map")
			? ": the user namespace that ctrsh was started in has no uid_map, and "
			  "so gives a program that is executed none"
			: ": a plain user gets it in a user namespace of his own, or with sudo");
	fix_capability(c, id.uid, number, own_user || diagnose_we_hold(number));
	if (diagnose_status(c, "CapPrm", caps, sizeof(caps)) && holds(caps, number) &&
	    id.uid == geteuid()) {
		err_add(c->err,
			"it lacks in the effective set alone, the permitted one (CapPrm "
			"%s) still has it",
			caps);
		err_fix(c->err, "reset, and take this step before the effective set loses it");
	}
}

static void filtered(struct call *c, const char *name)
{
	err_why(c->err, "the box holds %s, but a seccomp filter is in force (Seccomp: 2), %s", name,
		diagnose_own_filter(c) ? "that of this session's seccomp load"
				       : "as in another container");
	if (diagnose_own_filter(c))
		err_fix(c->err,
			"a filter stays: undo the seccomp load, and take this step before it");
}

void diagnose_capability(struct call *c, const char *name, int number)
{
	bool in_user = diagnose_in_user_namespace(c);
	char caps[64], seccomp[16];

	if ((c->err->errnum != EPERM && c->err->errnum != EACCES) ||
	    diagnose_refused_by_filter(c) || !diagnose_status(c, "CapEff", caps, sizeof(caps)))
		return;
	if (!holds(caps, number))
		lacks(c, name, number, caps);
	else if (diagnose_status(c, "Seccomp", seccomp, sizeof(seccomp)) && seccomp[0] == '2')
		filtered(c, name);
	else if (in_user && !diagnose_apparmor(c) &&
		 !diagnose_owned(c, guard_changes(c->op, c->argc, c->argv) | c->op->shows))
		err_why(c->err,
			"the box holds %s in its own user namespace only; the kernel asks "
			"for it in the one that owns what this would change",
			name);
}

bool diagnose_label(struct call *c, char *buf, unsigned size)
{
	auto_fclose FILE *f = NULL;
	char path[64];

	*buf = '\0';
	box_proc(c->session, path, sizeof(path), "attr/current");
	f = fopen(path, "re");
	if (!f || !fgets(buf, (int)size, f))
		return false;
	buf[strcspn(buf, " \n")] = '\0';
	return *buf != '\0';
}

bool diagnose_apparmor(struct call *c)
{
	char profile[128];

	if (geteuid() == 0 ||
	    diagnose_number(c, "/proc/sys/kernel/apparmor_restrict_unprivileged_userns") != 1)
		return false;
	err_why(c->err,
		"AppArmor %s: kernel.apparmor_restrict_unprivileged_userns is 1, the box's profile "
		"is %s. A profile for ctrsh with the rule userns would do as well",
		!strncmp(c->err->what, "unshare(", 8) && c->err->errnum == EACCES
			? "refuses user namespaces to plain users"
			: "lets plain users make user namespaces but gives them no capabilities "
			  "there",
		diagnose_label(c, profile, sizeof(profile)) ? profile : "unprivileged_userns");
	err_first(c->err, "!sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
	return true;
}

void diagnose_filter(struct call *c)
{
	char caps[64], nnp[16];

	if (!diagnose_status(c, "CapEff", caps, sizeof(caps)) ||
	    !diagnose_status(c, "NoNewPrivs", nnp, sizeof(nnp)) || nnp[0] != '0' ||
	    holds(caps, CAP_SYS_ADMIN))
		return;
	err_why(c->err,
		"the box does not hold CAP_SYS_ADMIN any more (CapEff is %s), and no_new_privs is "
		"not set: the kernel asks for one of the two (seccomp(2))",
		caps);
	err_first(c->err, "no_new_privs");
}
