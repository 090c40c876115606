/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The limits in force for a process: of its control groups, wherever on the way
 * to the root they are set (grouplimit.h), of the CPUs it may use, and its
 * resource limits (getrlimit(2)). What is used of them changes all the time, and
 * is a fact of its own.
 */
#include "ops/limits/limits.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/cgroup/groupfile.h"
#include "ops/facts/fact.h"
#include "ops/facts/grouplimit.h"
#include "ops/limits/cpulist.h"

/* Does the hierarchy limit this at all? On v2 its root tells the controllers. */
static bool is_offered(const struct grouplimit *l, const struct membership *m,
		       const struct group_dir *d)
{
	char top[sizeof(d->dir)];

	if (!m->v2)
		return l->v1 && groupfile_word_in(m->controllers, l->controller, ",");
	snprintf(top, sizeof(top), "%.*s", (int)d->top, d->dir);
	return l->v2 && groupfile_has(top, "cgroup.controllers", l->on_v2);
}

static void add_limit(const struct grouplimit *l, const struct group_dir *d, bool v2,
		      struct items *t)
{
	struct in_force f;

	grouplimit_read(l, d, v2, &f);
	if (!f.limit[0])
		items_add(t, l->name, "no limit");
	else if (f.own)
		items_add(t, l->name, "%s", f.limit);
	else
		items_add(t, l->name, "%s (of the group above: %s)", f.limit, f.group);
}

static void add_usage(const struct grouplimit *l, const struct group_dir *d, bool v2,
		      struct items *t)
{
	struct in_force f;

	grouplimit_read(l, d, v2, &f);
	if (f.used[0])
		items_add(t, l->name, "%s", f.used);
}

typedef void adder(const struct grouplimit *, const struct group_dir *, bool v2, struct items *);

static void add_group(const struct membership *m, adder *add, struct items *t)
{
	struct group_dir d;

	if (membership_dir(m, &d)) {
		for (const struct grouplimit *l = grouplimits; l->name; l++)
			if (is_offered(l, m, &d))
				add(l, &d, m->v2, t);
		return;
	}
	for (const struct grouplimit *l = grouplimits; l->name; l++)
		if (m->v2 || groupfile_word_in(m->controllers, l->controller, ",")) {
			items_add(t, m->v2 ? "cgroup" : l->name,
				  "not readable: no mount here shows the control group %s",
				  m->path);
			break;
		}
}

/* Those of cpuset and of sched_setaffinity(2) together. */
static void add_cpus(const struct subject *who, struct items *t)
{
	auto_free char *allowed = subject_status(who, "Cpus_allowed_list");
	cpu_set_t may, online, both;
	char all[256];

	if (!allowed || !groupfile_line("/sys/devices/system/cpu", "online", all, sizeof(all)) ||
	    !cpulist_parse(allowed, &may) || !cpulist_parse(all, &online))
		return;
	CPU_AND(&both, &may, &online);
	if (CPU_EQUAL(&both, &online))
		items_add(t, "cpuset", "no limit");
	else
		items_add(t, "cpuset", "CPU %s of %s", allowed, all);
}

static void add_rlimits(const struct subject *who, struct items *t)
{
	auto_free char *text = subject_read(who, "limits", NULL);
	char key[32], soft[24], hard[24];
	struct rlimit v;

	if (!text)
		t->errnum = errno;
	for (const struct limit *l = limits; text && l->name; l++) {
		if (!limit_in(text, l, &v))
			continue;
		snprintf(key, sizeof(key), "rlimit %s", l->name);
		items_add(t, key, v.rlim_cur == v.rlim_max ? "%s" : "%s, hard %s",
			  limit_show(soft, sizeof(soft), v.rlim_cur),
			  limit_show(hard, sizeof(hard), v.rlim_max));
	}
}

static void add_groups(const struct subject *who, adder *add, struct items *t)
{
	auto_free char *text = subject_read(who, "cgroup", NULL);
	struct membership m;
	char *rest = text;

	if (!text)
		t->errnum = errno;
	while (text && membership_next(&rest, &m))
		add_group(&m, add, t);
}

static void read_limits(const struct subject *who, struct items *t)
{
	add_groups(who, add_limit, t);
	add_cpus(who, t);
	add_rlimits(who, t);
}

static void read_usage(const struct subject *who, struct items *t)
{
	add_groups(who, add_usage, t);
}

const struct fact fact_limits = {
	.name = "limits",
	.summary = "limits in force, of control groups and resource limits",
	.keys = "limit",
	.steady = true,
	.read = read_limits,
};

const struct fact fact_usage = {
	.name = "usage",
	.summary = "what its control groups use, or those whose limits are in force",
	.keys = "limit",
	.read = read_usage,
};
