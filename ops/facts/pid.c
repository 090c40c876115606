/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A process's number in each PID namespace it is in: NSpid (proc_pid_status(5)).
 */
#include <errno.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"

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
	else
		t->errnum = errno;
}

const struct fact fact_pid = {
	.name = "pid",
	.summary = "its PIDs, from ours inwards",
	.keys = "number",
	.steady = true,
	.read = read_fact,
};
