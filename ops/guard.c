/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The guard compares namespaces by their numbers (ns.h), each time anew. A
 * number that cannot be read counts as shared: better refused than sorry.
 */
#include "ops/guard.h"

#include <linux/capability.h>
#include <stdio.h>
#include <unistd.h>

#include "ops/files/peers.h"
#include "ops/namespaces/ns.h"
#include "ops/why/diagnose.h"

unsigned guard_changes(const struct op *op, int argc, char **argv)
{
	return op->changes_by ? op->changes_by(argc, argv) : op->changes;
}

static int refuse_machine(const struct op *op, struct err *err)
{
	err_order(err, "%s: refused: it would change the host", op->name);
	err_why(err, "this is no namespace's: there is one for the whole machine");
	err_fix(err, "insist: %s --host ...", op->name);
	return -1;
}

/* Without privilege, those that the op shows something of come along. */
static void say_fix(const struct op *op, const struct ns *lacks, unsigned own, struct err *err)
{
	char list[96] = "";
	size_t n = 0;

	if (diagnose_we_hold(CAP_SYS_ADMIN) || ((own | lacks->flag) & CLONE_NEWUSER)) {
		err_first(err, "unshare %s", lacks->name);
		return;
	}
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (ns == lacks || (op->shows & ~own & ns->flag))
			n += (size_t)snprintf(list + n, sizeof(list) - n, " %s", ns->name);
	err_first_names(err, "unshare user%s", list);
}

int guard_refuses(const struct op *op, unsigned changes, unsigned own, struct err *err)
{
	if (changes & CHANGES_MACHINE)
		return refuse_machine(op, err);
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		if (!(changes & ns->flag) || (own & ns->flag))
			continue;
		err_order(err, "%s: refused: %s", op->name, ns->harm);
		if (access("/proc/self/ns", F_OK) < 0) {
			err_why(err,
				"whether the box shares the %s namespace with the host cannot be "
				"seen: there is no /proc on the host (%s --host insists)",
				ns->title, op->name);
			err_first(err, "!mount -t proc proc /proc");
			return -1;
		}
		err_why(err, "the box still shares the %s namespace with the host%s", ns->title,
			op->flags & OP_OWN ? "" : " (--host insists on it)");
		say_fix(op, ns, own, err);
		return -1;
	}
	return 0;
}

int guard_refuses_leak(const struct session *s, const struct op *op, struct err *err)
{
	char point[200];

	if (!(op->changes & CLONE_NEWNS) || (op->flags & OP_PROPAGATION) || !s->box.pid ||
	    !peers_with_host(s, point, sizeof(point)))
		return 0;
	err_order(err, "%s: refused: %s", op->name, ns_find("mnt")->harm);
	err_why(err,
		"the mount at %s is shared with the host: what the box mounts below it appears "
		"there as well (--host insists on it)",
		point);
	err_first(err, "propagation --recursive private");
	return -1;
}

unsigned guard_own(const struct session *s, unsigned mask)
{
	return s->box.pid ? ns_differ(s->box.pid, getpid(), mask) : 0;
}
