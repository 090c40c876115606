/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whose a namespace is. A capability counts in the user namespace in which it is held and in
 * those below; a namespace belongs to the user namespace of the process that made it, then
 * (user_namespaces(7)). So what was made before the box's user namespace is not the box's to
 * change.
 */
#include <stdio.h>

#include "ops/namespaces/ns.h"
#include "ops/why/diagnose.h"
#include "ops/why/diagprobe.h"

bool diagnose_owned(struct call *c, unsigned flags)
{
	char names[96] = "", titles[160] = "";
	size_t n = 0, t = 0;
	int count = 0;

	for (const struct ns *ns = namespaces; ns->name; ns++) {
		if (!(flags & ns->flag) || ns->flag == CLONE_NEWUSER ||
		    !diagnose_own(c, ns->flag) || diagnose_owns(c, ns->name))
			continue;
		n += (size_t)snprintf(names + n, sizeof(names) - n, " %s", ns->name);
		t += (size_t)snprintf(titles + t, sizeof(titles) - t, "%s%s", t ? " and " : "",
				      ns->title);
		count++;
	}
	if (!count)
		return false;
	err_why(c->err,
		"the box's user namespace does not own its %s namespace%s: %s there before "
		"(user_namespaces(7))",
		titles, count > 1 ? "s" : "", count > 1 ? "they were" : "it was");
	err_first_names(c->err, "unshare %s", names + 1);
	return true;
}
