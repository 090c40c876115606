/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The prompt: asked from the kernel each time, never remembered.
 */
#include "repl/prompt.h"

#include <stdio.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/cgroup/group.h"
#include "ops/guard.h"
#include "ops/namespaces/ns.h"
#include "repl/report.h"
#include "repl/visible.h"

/* For readline: what takes no room on the screen. */
#define INVISIBLE(s) "\001" s "\002"

/* Instead of the box: the process that attach looks at. */
static void attached(const struct shell *sh, char *buf, size_t size)
{
	auto_free char *name = subject_status(&sh->attached, "Name");
	char shown[100];

	visible_copy(shown, sizeof(shown), name ? name : "?");
	snprintf(buf, size, "%slooking at %d %s>%s ", report_color() ? INVISIBLE("\033[1m") : "",
		 (int)sh->attached.pid, shown, report_color() ? INVISIBLE("\033[0m") : "");
}

void prompt_build(struct shell *sh, char *buf, size_t size)
{
	const char *on = report_color() ? INVISIBLE("\033[1;32m") : "";
	const char *off = report_color() ? INVISIBLE("\033[0m") : "";
	unsigned own = guard_own(&sh->session, NS_ALL);
	char list[96] = "", name[300];
	size_t n = 0;

	if (sh->attached.pid) {
		attached(sh, buf, size);
		return;
	}

	bool frozen = group_is_frozen(&sh->session);

	if (!own || box_refresh(&sh->session) < 0) {
		snprintf(buf, size, "%shost%s>%s ", report_color() ? INVISIBLE("\033[1;33m") : "",
			 frozen ? "[frozen]" : "", off);
		return;
	}
	visible_copy(name, sizeof(name), sh->session.box.hostname);
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (own & ns->flag)
			n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s", n ? " " : "",
					      ns->name);
	if (frozen)
		snprintf(list + n, sizeof(list) - n, " frozen");
	snprintf(buf, size, "%s%s[%s]>%s ", on, name, list, off);
}
