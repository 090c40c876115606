/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /proc/PID/task/TID/children (proc(5), since Linux 3.5, CONFIG_PROC_CHILDREN).
 */
#include "ops/box/children.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "ops/auto.h"

/* Appends those of one thread. */
static int of_thread(pid_t pid, const char *thread, pid_t **list, int n)
{
	auto_fclose FILE *f = NULL;
	char path[64];
	int child;

	snprintf(path, sizeof(path), "/proc/%d/task/%.20s/children", (int)pid, thread);
	f = fopen(path, "re");
	while (f && fscanf(f, "%d", &child) == 1) {
		pid_t *more = realloc(*list, (size_t)(n + 1) * sizeof(**list));

		if (!more)
			break;
		*list = more;
		(*list)[n++] = child;
	}
	return n;
}

int children_list(pid_t **list)
{
	return children_of(getpid(), true, list);
}

int children_of(pid_t pid, bool single, pid_t **list)
{
	struct dirent *e;
	char path[64];
	int n = 0;
	DIR *d;

	*list = NULL;
	snprintf(path, sizeof(path), "%d", (int)pid);
	if (single)
		return of_thread(pid, path, list, 0);
	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	d = opendir(path);
	while (d && (e = readdir(d)) != NULL)
		if (e->d_name[0] != '.')
			n = of_thread(pid, e->d_name, list, n);
	if (d)
		closedir(d);
	return n;
}

/* Its number could be another's by now, unless it is still in the list after
 * the pidfd was opened. */
static void kill_child(pid_t of, pid_t pid)
{
	auto_close int fd = (int)syscall(SYS_pidfd_open, pid, 0);
	pid_t *now;
	int n = children_of(of, false, &now);

	if (fd >= 0 && children_has(now, n, pid))
		syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0);
	free(now);
}

/* Those below first. How many children there were. */
static int kill_below(pid_t of)
{
	pid_t *list;
	int n = children_of(of, false, &list);

	for (int i = 0; i < n; i++) {
		kill_below(list[i]);
		kill_child(of, list[i]);
	}
	free(list);
	return n;
}

void children_kill_all(pid_t of)
{
	for (int i = 0; i < 400 && kill_below(of) > 0; i++)
		nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
}

bool children_has(const pid_t *list, int n, pid_t pid)
{
	for (int i = 0; i < n; i++)
		if (list[i] == pid)
			return true;
	return false;
}
