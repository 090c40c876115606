/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The guard compares namespaces by their numbers (ns.h), each time anew. A
 * number that cannot be read counts as shared: better refused than sorry.
 */
#include "guard.h"

#include <unistd.h>

#include "ns.h"

int guard_refuses(const struct op *op, unsigned own, struct err *err)
{
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		if (!(op->changes & ns->flag) || (own & ns->flag))
			continue;
		err_order(err, "%s: refused: %s", op->name, ns->harm);
		err_why(err, "the box still shares the %s namespace with the host", ns->title);
		if (op->flags & OP_OWN)
			err_fix(err, "unshare %s first", ns->name);
		else
			err_fix(err, "unshare %s first, or insist: %s --host ...", ns->name,
				op->name);
		return -1;
	}
	return 0;
}

unsigned guard_own(const struct session *s, unsigned mask)
{
	return s->box.pid ? ns_differ(s->box.pid, getpid(), mask) : 0;
}
