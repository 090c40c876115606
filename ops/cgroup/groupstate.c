/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the kernel says of the box's groups, for whoever needs to know: v2 and
 * v1 keep the same in different files.
 */
#include <stdlib.h>
#include <string.h>

#include "ops/cgroup/group.h"
#include "ops/cgroup/groupfile.h"
#include "ops/text/size.h"

int group_add(struct session *s)
{
	struct control_group *g = &s->made->groups[s->made->n_groups];
	const char *dir = g->dir;

	g->v2 = groupfile_exists(dir, "cgroup.controllers");
	g->freezer = !g->v2 && groupfile_exists(dir, "freezer.state");
	g->memory = !g->v2 && groupfile_exists(dir, "memory.oom_control");
	s->made->n_groups++;
	s->made->making = false;
	return s->made->n_groups - 1;
}

int group_numbers(const struct session *s, long *now, long *max)
{
	for (int i = 0; i < s->made->n_groups; i++) {
		*now = groupfile_number(s->made->groups[i].dir, "pids.current");
		*max = groupfile_number(s->made->groups[i].dir, "pids.max");
		if (*now >= 0 && *max >= 0)
			return 0;
	}
	return -1;
}

/* memory.oom_control has the count since Linux 4.13. */
long group_oom_kills(const struct session *s)
{
	for (int i = 0; i < s->made->n_groups; i++) {
		const struct control_group *g = &s->made->groups[i];
		long n = -1;

		if (g->v2 || g->memory)
			n = groupfile_key(g->dir, g->v2 ? "memory.events" : "memory.oom_control",
					  "oom_kill");
		if (n >= 0)
			return n;
	}
	return -1;
}

/* "max" in pids.events, on v1 since Linux 4.8. */
long group_forks_refused(const struct session *s)
{
	for (int i = 0; i < s->made->n_groups; i++) {
		long n = groupfile_key(s->made->groups[i].dir, "pids.events", "max");

		if (n >= 0)
			return n;
	}
	return -1;
}

/* The first group that has the one or the other file. */
static void memory_line(const struct session *s, const char *v2, const char *v1, char *buf,
			unsigned size)
{
	buf[0] = '\0';
	for (int i = 0; i < s->made->n_groups && !buf[0]; i++)
		if (!groupfile_line(s->made->groups[i].dir, v2, buf, size))
			groupfile_line(s->made->groups[i].dir, v1, buf, size);
}

/* Twice as much is offered once: what used that up as well may never have enough. */
static void offer_memory(struct session *s, long long bytes, struct err *err)
{
	char text[24];

	if (s->oom_limit && bytes > s->oom_limit) {
		err_add(err, "under the limit before, of %s, it was the same",
			size_short(text, s->oom_limit));
		err_fix(err,
			"look for what takes that much: each limit may be too small for it; or name "
			"what it needs: cgroup memory SIZE");
	} else {
		err_first(err, "cgroup memory %s",
			  size_short(text, bytes > 2LL << 20 ? 2 * bytes : 4LL << 20));
	}
	s->oom_limit = bytes;
}

/* memory.peak is there since Linux 5.19. */
void group_oom_why(struct session *s, long before, struct err *err)
{
	long now = group_oom_kills(s);
	char limit[32], peak[32];
	long long bytes;

	if (before < 0 || now <= before)
		return;
	memory_line(s, "memory.max", "memory.limit_in_bytes", limit, sizeof(limit));
	memory_line(s, "memory.peak", "memory.max_usage_in_bytes", peak, sizeof(peak));
	err_why(err,
		"the memory limit works: the kernel killed %ld process%s of the box (oom_kill %ld, "
		"the limit is %s%s%s)",
		now - before, now - before == 1 ? "" : "es", now, limit,
		peak[0] ? ", used at most " : "", peak);
	bytes = strtoll(limit, NULL, 10);
	if (bytes > 0 && bytes < 1LL << 61)
		offer_memory(s, bytes, err);
}

/* On v1 what was ordered counts, also while some process is not yet frozen. */
bool group_is_frozen(const struct session *s)
{
	char state[32];

	for (int i = 0; i < s->made->n_groups; i++) {
		const struct control_group *g = &s->made->groups[i];

		if (g->v2 && groupfile_key(g->dir, "cgroup.events", "frozen") == 1)
			return true;
		if (g->freezer && groupfile_line(g->dir, "freezer.state", state, sizeof(state)) &&
		    strcmp(state, "THAWED") != 0)
			return true;
	}
	return false;
}

/* What is frozen on v2 can be killed as it is (cgroups(7), cgroup.freeze). */
void group_thaw(const struct session *s)
{
	for (int i = 0; i < s->made->n_groups; i++) {
		if (s->made->groups[i].freezer)
			groupfile_put(s->made->groups[i].dir, "freezer.state", "THAWED");
	}
}
