/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /proc/PID/task/TID/children (proc(5), since Linux 3.5, CONFIG_PROC_CHILDREN).
 */
#include "children.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "auto.h"

int children_list(pid_t **list)
{
	auto_fclose FILE *f = NULL;
	char path[64];
	int n = 0, pid;

	*list = NULL;
	snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
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

bool children_has(const pid_t *list, int n, pid_t pid)
{
	for (int i = 0; i < n; i++)
		if (list[i] == pid)
			return true;
	return false;
}
