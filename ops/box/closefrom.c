/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * close_range(2), and what to do without it: the descriptors that are open are
 * listed in /proc/self/fd (proc(5)).
 */
#include "ops/box/closefrom.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

void close_from(int first)
{
	struct dirent *e;
	DIR *d;

	if (close_range((unsigned)first, ~0U, 0) == 0)
		return;
	d = opendir("/proc/self/fd");
	while (d && (e = readdir(d)) != NULL) {
		int fd = (int)strtol(e->d_name, NULL, 10);

		if (fd >= first && fd != dirfd(d))
			close(fd);
	}
	if (d)
		closedir(d);
}
