/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /proc/PID/task/TID/children (proc(5), since Linux 3.5, CONFIG_PROC_CHILDREN).
 */
#include "children.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "auto.h"

static int list_of(pid_t of, pid_t **list)
{
	auto_fclose FILE *f = NULL;
	char path[64];
	int n = 0, pid;

	*list = NULL;
	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)of, (int)of);
	f = fopen(path, "re");
	while (f && fscanf(f, "%d", &pid) == 1) {
		pid_t *more = realloc(*list, (size_t)(n + 1) * sizeof(**list));

		if (!more)
			break;
		*list = more;
		(*list)[n++] = pid;
	}
	return n;
}

int children_list(pid_t **list)
{
	return list_of(getpid(), list);
}

/* Its number could be another's by now, unless it is still in the list after
 * the pidfd was opened. */
static void kill_child(pid_t of, pid_t pid)
{
	auto_close int fd = (int)syscall(SYS_pidfd_open, pid, 0);
	pid_t *now;
	int n = list_of(of, &now);

	if (fd >= 0 && children_has(now, n, pid))
		syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0);
	free(now);
}

/* Those below first. How many children there were. */
static int kill_below(pid_t of)
{
	pid_t *list;
	int n = list_of(of, &list);

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
