/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Found from the program's own file, /proc/self/exe (proc(5)).
 */
#include "ops/doctor/installed.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool installed_scripts(char *buf, unsigned size)
{
	static const char *const below[] = {"scripts", "../../scripts", "../share/ctrsh/scripts",
					    NULL};
	char exe[PATH_MAX], dir[PATH_MAX], file[PATH_MAX + 64];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	exe[n < 0 ? 0 : n] = '\0';
	if (!strrchr(exe, '/'))
		return false;
	*strrchr(exe, '/') = '\0';
	for (const char *const *b = below; *b; b++) {
		snprintf(file, sizeof(file), "%s/%s/first.ctr", exe, *b);
		if (access(file, R_OK) < 0)
			continue;
		*strrchr(file, '/') = '\0';
		if (!realpath(file, dir))
			continue;
		snprintf(buf, size, "%s", dir);
		return true;
	}
	return false;
}
