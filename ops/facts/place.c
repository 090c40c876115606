/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a process stands: its number in each PID namespace it is in, its root and
 * working directory (as paths below our root, where that can be said).
 */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "../auto.h"
#include "fact.h"

static void add_link(const struct subject *who, const char *name, struct items *t)
{
	char path[PATH_MAX];

	if (subject_link(who, name, path, sizeof(path)))
		items_add(t, name, "%s", path);
	else
		t->errnum = errno;
}

static void read_fact(const struct subject *who, struct items *t)
{
	auto_free char *pids = subject_status(who, "NSpid");

	char *inside = pids ? strchr(pids, '\t') : NULL;

	for (char *p = inside; p && *p; p++)
		*p = *p == '\t' ? ' ' : *p;
	if (inside)
		items_add(t, "pid", "%.*s (%s inside)", (int)(inside - pids), pids, inside + 1);
	else if (pids)
		items_add(t, "pid", "%s", pids);
	add_link(who, "root", t);
	add_link(who, "cwd", t);
}

const struct fact fact_place = {
	.name = "place",
	.summary = "its PIDs, from outside inwards; root and working directory",
	.keys = "what",
	.steady = true,
	.read = read_fact,
};
