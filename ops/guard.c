/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The guard compares namespaces by their numbers (ns.h), each time anew. A
 * number that cannot be read counts as shared: better refused than sorry.
 */
#include "guard.h"

#include <unistd.h>

#include "ns.h"
#include "peers.h"

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

int guard_refuses(const struct op *op, unsigned changes, unsigned own, struct err *err)
{
	if (changes & CHANGES_MACHINE)
		return refuse_machine(op, err);
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		if (!(changes & ns->flag) || (own & ns->flag))
			continue;
		err_order(err, "%s: refused: %s", op->name, ns->harm);
		err_why(err, "the box still shares the %s namespace with the host", ns->title);
		if (access("/proc/self/ns", F_OK) < 0) {
			err_why(err,
				"whether the box shares the %s namespace with the host cannot be "
				"seen: there is no /proc on the host",
				ns->title);
			err_fix(err, "!mount -t proc proc /proc, or insist: %s --host ...",
				op->name);
			return -1;
		}
		if (op->flags & OP_OWN)
			err_fix(err, "unshare %s first", ns->name);
		else
			err_fix(err, "unshare %s first, or insist: %s --host ...", ns->name,
				op->name);
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
		"there as well",
		point);
	err_fix(err, "propagation --recursive private, or insist: %s --host ...", op->name);
	return -1;
}

unsigned guard_own(const struct session *s, unsigned mask)
{
	return s->box.pid ? ns_differ(s->box.pid, getpid(), mask) : 0;
}
