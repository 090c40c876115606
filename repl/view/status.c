/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * status: what the box is.
 */

#include "repl/command.h"
#include "repl/view/boxview.h"
#include "repl/view/look.h"

static int do_status(struct shell *sh, int argc, char **argv, struct err *err)
{
	bool json = op_first(argc, argv) > 1;
	struct boxview v = {.out.proc = -1, .in.proc = -1, .mine = !sh->attached.pid};
	struct page *page;

	if (look_outside(&v.out, err) < 0)
		return -1;
	if (look_inside(sh, &v.in, err) < 0) {
		boxview_release(&v);
		return -1;
	}
	page = page_new(json, err);
	if (page) {
		boxview_read(&v);
		if (json)
			boxview_json(&v, page);
		else
			boxview_text(&v, page);
		if (!json && v.namespaces.errnum) {
			struct err why = {0};

			look_why(&v.in, v.namespaces.errnum, &why);
			if (why.why[0])
				page_note(page, "not readable: %s", why.why);
		}
		page_print(page);
	}
	boxview_release(&v);
	return page ? 0 : -1;
}

static const char *const options[] = {"--json", NULL};

const struct command command_status = {
	.name = "status",
	.usage = "status [--json]",
	.summary = "what the box is by now",
	.detail =
		"Namespaces with their numbers, root, mounts, user and group IDs, capabilities,\n"
		"limits with what is used of them, processes with both PIDs; all read from the\n"
		"kernel now. After attach it speaks of that process. Changes nothing.",
	.options = options,
	.run = do_status,
};
