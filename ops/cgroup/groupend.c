/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The end of a control group: everything in it is killed, then the directory
 * is removed. rmdir(2) gives EBUSY until the last process is gone for good,
 * so it is tried again for a while. Where the kernel has no cgroup.kill (v1,
 * and v2 before 5.14), pids.max is set to 0 first: then nothing new can be
 * forked while we kill what is there. What is frozen on v1 dies only once it is
 * thawed, so it is killed first and thawed then.
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "ops/box/children.h"
#include "ops/cgroup/group.h"
#include "ops/cgroup/groupfile.h"
#include "ops/cgroup/grouptree.h"

#define TRIES    500
#define PAUSE_NS 10000000L /* 10 ms; 500 of them are 5 s */
#define BATCH    256

/* A number read from a file may be another process's by now. So: hold the
 * process (pidfd_open(2)), look again whether it is in the group, then kill. */
static void kill_members(const char *dir)
{
	pid_t first[BATCH], again[BATCH];
	int fds[BATCH], n = groupfile_processes(dir, first, BATCH), m;

	for (int i = 0; i < n; i++)
		fds[i] = (int)syscall(SYS_pidfd_open, first[i], 0);
	m = groupfile_processes(dir, again, BATCH);
	for (int i = 0; i < n; i++) {
		if (fds[i] < 0)
			continue;
		if (children_has(again, m, first[i]))
			syscall(SYS_pidfd_send_signal, fds[i], SIGKILL, NULL, 0);
		close(fds[i]);
	}
}

static void kill_all(const char *dir)
{
	if (!groupfile_put(dir, "cgroup.kill", "1")) {
		groupfile_put(dir, "pids.max", "0");
		kill_members(dir);
	}
	groupfile_put(dir, "freezer.state", "THAWED");
}

/* Groups that something in the box made below ours go first. Only directories
 * of the control group file system are there, and links are not followed. */
static void remove_below(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	char path[1300];

	while (d && (e = readdir(d)) != NULL) {
		if (e->d_type != DT_DIR || !strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		snprintf(path, sizeof(path), "%.1000s/%.255s", dir, e->d_name);
		kill_members(path);
		groupfile_put(path, "freezer.state", "THAWED");
		remove_below(path);
		rmdir(path);
	}
	if (d)
		closedir(d);
}

bool group_remove_dir(const char *dir)
{
	if (rmdir(dir) == 0 || errno == ENOENT)
		return true;
	for (int i = 0; i < TRIES; i++) {
		kill_all(dir);
		remove_below(dir);
		if (rmdir(dir) == 0 || errno == ENOENT)
			return true;
		nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
	}
	return false;
}

/* Its maker was killed before it was known to be ours: nobody has entered it. */
static void remove_unfinished(struct made *m)
{
	char parent[sizeof(m->groups->dir)];

	if (!m->making || m->n_groups == GROUPS_MAX)
		return;
	snprintf(parent, sizeof(parent), "%s", m->groups[m->n_groups].dir);
	rmdir(parent);
	*strrchr(parent, '/') = '\0';
	grouptree_restore(parent);
	m->making = false;
}

bool group_remove(struct session *s, char *left)
{
	char parent[sizeof(s->made->groups->dir)];
	bool all = true;

	*left = '\0';
	remove_unfinished(s->made);
	/* A process may be held by the freezer of one and wanted dead in another. */
	for (int i = s->made->n_groups - 1; i >= 0 && s->made->n_groups > 1; i--)
		kill_all(s->made->groups[i].dir);
	while (s->made->n_groups > 0) {
		char *dir = s->made->groups[s->made->n_groups - 1].dir;

		snprintf(parent, sizeof(parent), "%s", dir);
		*strrchr(parent, '/') = '\0';
		if (group_remove_dir(dir)) {
			grouptree_restore(parent);
		} else {
			snprintf(left, 256, "%.255s", dir);
			all = false;
		}
		s->made->n_groups--;
	}
	return all;
}
