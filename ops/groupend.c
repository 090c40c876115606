/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The end of a control group: everything in it is killed, then the directory
 * is removed. rmdir(2) gives EBUSY until the last process is gone for good,
 * so it is tried again for a while. Where the kernel has no cgroup.kill (v1,
 * and v2 before 5.14), pids.max is set to 0 first: then nothing new can be
 * forked while we kill what is there.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "auto.h"
#include "group.h"

#define TRIES    500
#define PAUSE_NS 10000000L /* 10 ms; 500 of them are 5 s */
#define BATCH    256

static bool put(const char *dir, const char *file, const char *value)
{
	char path[1300];
	auto_close int fd = -1;

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	return fd >= 0 && write(fd, value, strlen(value)) > 0;
}

static int members(const char *dir, pid_t *pids)
{
	char path[1300];
	auto_fclose FILE *f = NULL;
	int n = 0;

	snprintf(path, sizeof(path), "%s/cgroup.procs", dir);
	f = fopen(path, "re");
	while (f && n < BATCH && fscanf(f, "%d", &pids[n]) == 1)
		n++;
	return n;
}

static bool contains(const pid_t *pids, int n, pid_t pid)
{
	for (int i = 0; i < n; i++)
		if (pids[i] == pid)
			return true;
	return false;
}

/* A number read from a file may be another process's by now. So: hold the
 * process (pidfd_open(2)), look again whether it is in the group, then kill. */
static void kill_members(const char *dir)
{
	pid_t first[BATCH], again[BATCH];
	int fds[BATCH], n = members(dir, first), m;

	for (int i = 0; i < n; i++)
		fds[i] = (int)syscall(SYS_pidfd_open, first[i], 0);
	m = members(dir, again);
	for (int i = 0; i < n; i++) {
		if (fds[i] < 0)
			continue;
		if (contains(again, m, first[i]))
			syscall(SYS_pidfd_send_signal, fds[i], SIGKILL, NULL, 0);
		close(fds[i]);
	}
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
		if (!put(dir, "cgroup.kill", "1")) {
			put(dir, "pids.max", "0");
			kill_members(dir);
		}
		remove_below(dir);
		if (rmdir(dir) == 0 || errno == ENOENT)
			return true;
		nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
	}
	return false;
}
