/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Is a session still there? In doubt it is: one in a PID namespace that we
 * cannot look into, or whose /proc entry is hidden from us.
 */
#include "ops/box/owner.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/facts/subject.h"
#include "ops/namespaces/ns.h"

/* 0: unknown. */
static unsigned long long start_of(pid_t pid, char *state)
{
	auto_free char *stat = process_read(pid, "stat");
	const char *start = process_stat_field(stat, 22);

	if (start && state)
		*state = *process_stat_field(stat, 3);
	return start ? strtoull(start, NULL, 10) : 0;
}

int owner_of(pid_t pid, struct owner *o)
{
	*o = (struct owner){.pid = pid,
			    .start = start_of(pid, NULL),
			    .pidns = (unsigned long)ns_id(getpid(), ns_find("pid")),
			    .timens = (unsigned long)ns_id(getpid(), ns_find("time"))};
	return o->start ? 0 : -1;
}

void owner_name(const struct owner *o, const char *link, char name[OWNER_TEXT])
{
	snprintf(name, OWNER_TEXT, "ctrsh-%d-%llu-%lu-%lu-%s", o->pid, o->start, o->pidns,
		 o->timens, link);
}

bool owner_read(const char *name, struct owner *o)
{
	int end = 0;

	return sscanf(name, "ctrsh-%d-%llu-%lu-%lu-%n", &o->pid, &o->start, &o->pidns, &o->timens,
		      &end) == 4 &&
	       end > 0 && o->pid > 0;
}

bool owner_same(const struct owner *a, const struct owner *b)
{
	return a->pid == b->pid && a->start == b->start && a->pidns == b->pidns &&
	       a->timens == b->timens;
}

bool owner_is_dead(const struct owner *o)
{
	unsigned long long start;
	char state = '\0';

	if ((unsigned long)ns_id(getpid(), ns_find("pid")) != o->pidns)
		return false;
	if (kill(o->pid, 0) < 0 && errno == ESRCH)
		return true;
	/* Somebody has that number: is it the same, and more than a zombie? */
	start = start_of(o->pid, &state);
	return state == 'Z' || (start && start != o->start &&
				(unsigned long)ns_id(getpid(), ns_find("time")) == o->timens);
}
