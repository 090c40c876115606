/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What has to be made for a path to be there, and whether anybody can make it.
 */
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/files/follow.h"
#include "ops/files/mountinfo.h"
#include "ops/why/diagnose.h"

/* Where nobody but the kernel makes directories. */
static bool is_the_kernels(struct call *c, const char *path)
{
	char part[PATH_MAX];
	struct statfs fs;
	char *slash;

	snprintf(part, sizeof(part), "%s", path);
	while ((slash = strrchr(part, '/')) != NULL) {
		auto_close int fd = -1;

		slash[slash == part] = '\0';
		fd = box_look(c->session, part);
		if (fd >= 0)
			return fstatfs(fd, &fs) == 0 &&
			       (fs.f_type == PROC_SUPER_MAGIC || fs.f_type == SYSFS_MAGIC);
		if (!part[1])
			break;
	}
	return false;
}

bool diagnose_absent(struct call *c, const char *path, char *real)
{
	auto_close int root = -1, cwd = -1;
	char proc[64];
	struct followed f;

	box_proc(c->session, proc, sizeof(proc), "root");
	root = open(proc, O_PATH | O_DIRECTORY | O_CLOEXEC);
	box_proc(c->session, proc, sizeof(proc), "cwd");
	cwd = open(proc, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0 || cwd < 0 || !follow_links(root, cwd, path, &f) || !f.missing ||
	    is_the_kernels(c, f.real))
		return false;
	memcpy(real, f.real, sizeof(f.real));
	return true;
}
