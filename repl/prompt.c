/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The prompt: asked from the kernel each time, never remembered.
 */
#include "prompt.h"

#include <stdio.h>
#include <string.h>

#include "../ops/box.h"
#include "../ops/guard.h"
#include "../ops/ns.h"
#include "report.h"

/* For readline: what takes no room on the screen. */
#define INVISIBLE(s) "\001" s "\002"

/* A hostname can hold any byte; only printable ones are shown. */
static void printable(char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			*s = '?';
}

void prompt_build(struct shell *sh, char *buf, size_t size)
{
	const char *on = report_color() ? INVISIBLE("\033[1;32m") : "";
	const char *off = report_color() ? INVISIBLE("\033[0m") : "";
	unsigned own = guard_own(&sh->session, NS_ALL);
	char list[80] = "", name[65];
	size_t n = 0;

	if (!own || box_refresh(&sh->session) < 0) {
		snprintf(buf, size, "%shost>%s ", report_color() ? INVISIBLE("\033[1;33m") : "",
			 off);
		return;
	}
	memcpy(name, sh->session.box.hostname, sizeof(name));
	printable(name);
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (own & ns->flag)
			n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s", n ? " " : "",
					      ns->name);
	snprintf(buf, size, "%s%s[%s]>%s ", on, name, list, off);
}
