/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same way to a place as when a group is made (grouppath.h), without its
 * last step; in a child, so that libcgroup's table of mounts is a new one.
 */
#include "ops/doctor/control.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/cgroup/groupfile.h"
#include "ops/cgroup/grouplib.h"
#include "ops/cgroup/grouppath.h"
#include "ops/cgroup/grouptree.h"
#include "ops/doctor/trial.h"
#include "ops/files/mountinfo.h"

static const char *const names[CONTROLLERS] = {"pids", "memory", "cpu", "cpuset", "io"};

static void find_versions(struct control *c)
{
	auto_fclose FILE *f = mountinfo_open(NULL);
	struct mount_entry e;

	while (mountinfo_next(f, &e))
		if (!strcmp(e.type, "cgroup2")) {
			c->v2 = true;
			snprintf(c->v2_mount, sizeof(c->v2_mount), "%.127s", e.point);
		} else if (!strcmp(e.type, "cgroup")) {
			c->v1 = true;
		}
}

/* A group of v2 that isn't the root has memory.swap.max where swap is counted. */
static bool counts_swap(const struct controller *m)
{
	struct dirent *e;
	bool counts = false;
	char dir[800];
	DIR *d;

	if (!m->v2)
		return groupfile_exists(m->parent, "memory.memsw.limit_in_bytes") ||
		       groupfile_exists(m->mount, "memory.memsw.limit_in_bytes");
	if (groupfile_exists(m->parent, "memory.swap.max"))
		return true;
	d = opendir(m->mount);
	while (d && !counts && (e = readdir(d)) != NULL) {
		snprintf(dir, sizeof(dir), "%s/%.255s", m->mount, e->d_name);
		counts = e->d_type == DT_DIR && e->d_name[0] != '.' &&
			 groupfile_exists(dir, "memory.swap.max");
	}
	if (d)
		closedir(d);
	return counts;
}

static void look_at(struct call *call, struct controller *c)
{
	const char *v1 = !strcmp(c->name, "io") ? "blkio" : c->name;
	struct place p = {0};
	struct statvfs st;

	if (grouppath_hierarchy(call, c->name, &p) < 0 && grouppath_hierarchy(call, v1, &p) < 0)
		return;
	c->there = true;
	c->v2 = p.v2;
	snprintf(c->mount, sizeof(c->mount), "%.127s", p.mount);
	c->may = grouppath_parent(call, p.v2 ? c->name : v1, &p) == 0;
	snprintf(c->parent, sizeof(c->parent), "%.511s", p.parent);
	c->may = c->may && faccessat(AT_FDCWD, p.parent, W_OK | X_OK, AT_EACCESS) == 0;
	c->read_only = !c->may && statvfs(p.mount, &st) == 0 && (st.f_flag & ST_RDONLY);
}

static void look(void *result)
{
	struct trace off = {0};
	struct err err = {0};
	struct call call = {.trace = &off, .err = &err};
	struct control *c = result;
	char own[600] = "";

	find_versions(c);
	c->available = grouplib_start(&call) == 0;
	snprintf(c->why, sizeof(c->why), "%.255s", err.why[0] ? err.why : err.what);
	for (int i = 0; i < CONTROLLERS && c->available; i++) {
		look_at(&call, &c->list[i]);
		if (c->list[i].v2)
			snprintf(own, sizeof(own), "%s", c->list[i].parent);
	}
	if (c->list[1].there)
		c->swap = counts_swap(&c->list[1]);
	c->delegated = own[0] && grouptree_is_delegated(own);
}

void control_look(struct control *c)
{
	*c = (struct control){0};
	for (int i = 0; i < CONTROLLERS; i++)
		snprintf(c->list[i].name, sizeof(c->list[i].name), "%s", names[i]);
	trial_run(look, c, sizeof(*c));
}

const struct controller *control_find(const struct control *c, const char *name)
{
	for (int i = 0; i < CONTROLLERS; i++)
		if (!strcmp(c->list[i].name, name))
			return &c->list[i];
	return NULL;
}
