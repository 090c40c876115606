/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The way up through "..", as no name can lie about it; what is the same
 * directory has the same device and inode (inode(7)).
 */
#include "ops/files/within.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "ops/auto.h"

static bool same(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_dev == b->st_dev;
}

bool is_within(int dir, int fd)
{
	auto_close int at = openat(fd, ".", O_PATH | O_CLOEXEC);
	struct stat top, here, up;

	if (at < 0 || fstat(dir, &top) < 0 || fstat(at, &here) < 0)
		return false;
	while (!same(&here, &top)) {
		auto_close int below = steal_fd(&at);

		at = openat(below, "..", O_PATH | O_CLOEXEC);
		if (at < 0 || fstat(at, &up) < 0 || same(&up, &here))
			return false;
		here = up;
	}
	return true;
}
