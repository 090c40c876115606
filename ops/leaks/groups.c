/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each hierarchy is a file system of its own (cgroups(7)); however often it is
 * mounted, it is walked once. Only directories are looked at, links are not
 * followed.
 */
#include "ops/leaks/groups.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/cgroup/groupfile.h"
#include "ops/cgroup/grouptree.h"
#include "ops/facts/membership.h"
#include "ops/leaks/shline.h"

#define HIERARCHIES 32
#define DEEPEST     40
#define PATH_SIZE   3000

static const char *base(const char *dir)
{
	const char *slash = strrchr(dir, '/');

	return slash ? slash + 1 : dir;
}

int groups_maker(const char *dir)
{
	int pid, n, end = 0;

	return sscanf(base(dir), "ctrsh-%d-%d%n", &pid, &n, &end) == 2 && !base(dir)[end] ? pid : 0;
}

bool groups_is_leaf(const char *dir)
{
	return !strcmp(base(dir), GROUPTREE_LEAF);
}

static bool is_ours(const char *dir)
{
	return groups_maker(dir) || groups_is_leaf(dir);
}

/* own: our group, whose children are taken as well. */
static void walk(const char *dir, const char *own, int depth, struct items *t)
{
	bool around = !strcmp(dir, own);
	struct dirent *e;
	DIR *d = depth < DEEPEST ? opendir(dir) : NULL;
	char path[PATH_SIZE];

	while (d && (e = readdir(d)) != NULL) {
		if (e->d_type != DT_DIR || !strcmp(e->d_name, ".") || !strcmp(e->d_name, "..") ||
		    snprintf(path, sizeof(path), "%s/%s", dir, e->d_name) >= (int)sizeof(path))
			continue;
		if (around || is_ours(path))
			items_add(t, path, "%s", "");
		if (!is_ours(path)) /* what is below goes with it */
			walk(path, own, depth + 1, t);
	}
	if (d)
		closedir(d);
}

/* Our own group in the hierarchy mounted there; where it is mounted, if that shows no
 * group of ours. A group that our processes were moved into for the time being is not
 * taken for it. */
static void own_group(const struct mount_line *l, struct group_dir *d)
{
	auto_free char *text = process_read(getpid(), "cgroup");
	struct membership m;
	char *rest = text;

	while (membership_next(&rest, &m))
		if (membership_in_mount(&m, l, d)) {
			if (groups_is_leaf(d->dir))
				*strrchr(d->dir, '/') = '\0';
			return;
		}
	snprintf(d->dir, sizeof(d->dir), "%s", l->point);
}

void groups_read(struct items *t)
{
	auto_fclose FILE *f = fopen("/proc/self/mountinfo", "re");
	auto_free char *line = NULL;
	dev_t seen[HIERARCHIES];
	struct mount_line l;
	struct group_dir own;
	size_t size = 0;
	int n = 0;

	if (!f)
		t->errnum = errno;
	while (f && getline(&line, &size, f) > 0 && n < HIERARCHIES) {
		struct stat st;
		int i = 0;

		if (!mountline_parse(line, &l) || strncmp(l.type, "cgroup", 6) != 0 ||
		    stat(l.point, &st) < 0)
			continue;
		while (i < n && seen[i] != st.st_dev)
			i++;
		if (i < n)
			continue;
		seen[n++] = st.st_dev;
		own_group(&l, &own);
		walk(l.point, own.dir, 0, t);
	}
}

bool groups_maker_lives(int pid)
{
	char path[64], name[32];

	snprintf(path, sizeof(path), "/proc/%d", pid);
	return groupfile_line(path, "comm", name, sizeof(name)) && !strncmp(name, "ctrsh", 5);
}

bool groups_has_user(const struct items *all, const char *leaf)
{
	size_t n = (size_t)(base(leaf) - leaf);

	for (size_t i = 0; i < all->n; i++) {
		const char *dir = all->list[i].key;
		int pid = groups_maker(dir);

		if (pid && !strncmp(dir, leaf, n) && groups_maker_lives(pid))
			return true;
	}
	return false;
}

static bool has_groups_below(const char *dir)
{
	struct dirent *e;
	bool has = false;
	DIR *d = opendir(dir);

	while (d && !has && (e = readdir(d)) != NULL)
		has = e->d_type == DT_DIR && e->d_name[0] != '.';
	if (d)
		closedir(d);
	return has;
}

static char *leaf_removal(const char *dir)
{
	auto_free char *parent = strndup(dir, (size_t)(base(dir) - dir - 1));

	return parent ? shline("cd %s && for c in $(cat cgroup.subtree_control); do echo -$c "
			       ">cgroup.subtree_control; done; for p in $(cat %s/cgroup.procs); do "
			       "echo $p >cgroup.procs; done; rmdir %s",
			       parent, GROUPTREE_LEAF, GROUPTREE_LEAF)
		      : NULL;
}

char *groups_removal(const char *dir)
{
	pid_t pid;

	if (groups_is_leaf(dir))
		return leaf_removal(dir);
	if (has_groups_below(dir))
		return shline(
			"find %s -depth -type d -exec sh -c 'kill -KILL $(cat "
			"\"$0/cgroup.procs\") 2>/dev/null; until rmdir \"$0\"; do sleep 1; "
			"done' {} \\;",
			dir);
	if (!groupfile_processes(dir, &pid, 1))
		return shline("rmdir %s", dir);
	/* A frozen process of v1 dies only when it is thawed. */
	if (groupfile_exists(dir, "freezer.state"))
		return shline(
			"kill -KILL $(cat %s/cgroup.procs); echo THAWED >%s/freezer.state; "
			"until rmdir %s; do sleep 1; done",
			dir, dir, dir);
	return shline("kill -KILL $(cat %s/cgroup.procs); until rmdir %s; do sleep 1; done", dir,
		      dir);
}
