/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the kernel says of the box's groups, for whoever needs to know: v2 and
 * v1 keep the same in different files.
 */
#include <stdlib.h>
#include <string.h>

#include "group.h"
#include "groupfile.h"

int group_numbers(const struct session *s, long *now, long *max)
{
	for (int i = 0; i < s->n_groups; i++) {
		*now = groupfile_number(s->groups[i].dir, "pids.current");
		*max = groupfile_number(s->groups[i].dir, "pids.max");
		if (*now >= 0 && *max >= 0)
			return 0;
	}
	return -1;
}

/* memory.oom_control has the count since Linux 4.13. */
long group_oom_kills(const struct session *s)
{
	for (int i = 0; i < s->n_groups; i++) {
		long n = groupfile_key(s->groups[i].dir, "memory.events", "oom_kill");

		if (n < 0)
			n = groupfile_key(s->groups[i].dir, "memory.oom_control", "oom_kill");
		if (n >= 0)
			return n;
	}
	return -1;
}

void group_oom_why(const struct session *s, long before, struct err *err)
{
	long now = group_oom_kills(s);
	char limit[32] = "";
	long long bytes;

	if (before < 0 || now <= before)
		return;
	for (int i = 0; i < s->n_groups && !limit[0]; i++)
		if (!groupfile_line(s->groups[i].dir, "memory.max", limit, sizeof(limit)))
			groupfile_line(s->groups[i].dir, "memory.limit_in_bytes", limit,
				       sizeof(limit));
	err_why(err,
		"the memory limit works: the kernel killed %ld process%s of the box (oom_kill %ld, "
		"the limit is %s)",
		now - before, now - before == 1 ? "" : "es", now, limit);
	bytes = strtoll(limit, NULL, 10);
	if (bytes > 0 && bytes < 1LL << 61)
		err_fix(err, "cgroup memory %lldK; cgroup show tells the usage",
			bytes / 512 > 4096 ? bytes / 512 : 4096);
}

/* What was ordered counts, also while some process is not yet frozen. */
bool group_is_frozen(const struct session *s)
{
	char state[32];

	for (int i = 0; i < s->n_groups; i++) {
		const char *dir = s->groups[i].dir;

		if (groupfile_number(dir, "cgroup.freeze") == 1 ||
		    groupfile_key(dir, "cgroup.events", "frozen") == 1)
			return true;
		if (groupfile_line(dir, "freezer.state", state, sizeof(state)) &&
		    strcmp(state, "THAWED") != 0)
			return true;
	}
	return false;
}

void group_thaw(const struct session *s)
{
	for (int i = 0; i < s->n_groups; i++) {
		groupfile_put(s->groups[i].dir, "freezer.state", "THAWED");
		groupfile_put(s->groups[i].dir, "cgroup.freeze", "0");
	}
}
