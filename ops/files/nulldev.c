/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A root file system may have no /dev/null yet, or a link or a file of that name
 * (CVE-2025-31133). Then one is made in a tmpfs that is mounted for this alone.
 */
#include "ops/files/nulldev.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "ops/auto.h"
#include "ops/files/device.h"
#include "ops/sys/sys.h"
#include "ops/sys/syscontext.h"
#include "ops/sys/sysmount.h"
#include "ops/sys/sysnode.h"

#define NULL_DEVICE makedev(1, 3) /* devices.txt of the kernel */

/* In a tmpfs that is nowhere else. Its mount is not detached meanwhile, for of a
 * detached one no copy can be made (before Linux 6.15, open_tree(2)). */
static int make_null(struct call *c, int tmpfs)
{
	struct err first = *c->err;
	auto_close int fd = -1;

	if (sys_mknodat(c, tmpfs, "null", S_IFCHR | 0666, NULL_DEVICE) == 0)
		return device_copy(c, tmpfs, "null", NULL_DEVICE);
	if (c->err->errnum != EPERM || sys_mknodat(c, tmpfs, "empty", S_IFREG | 0444, 0) < 0)
		return -1;
	*c->err = first;
	fd = sys_open_tree(c, tmpfs, "empty", false);
	if (fd < 0 || sys_mount_setattr(c, fd, false, MOUNT_ATTR_RDONLY, 0) < 0)
		return -1;
	return steal_fd(&fd);
}

/* On top of the root, where no path leads to it: look-ups begin below it. */
static int make_null_aside(struct call *c)
{
	auto_close int cwd = sys_open_path(c, ".");
	auto_close int root = sys_open_path(c, "/");
	auto_close int context = cwd < 0 || root < 0 ? -1 : sys_fsopen(c, "tmpfs");
	auto_close int tmpfs = context < 0 || sys_fsconfig_create(c, context) < 0
				       ? -1
				       : sys_fsmount(c, context, 0);
	struct err failure;
	int fd;

	if (tmpfs < 0 || sys_move_mount(c, tmpfs, root) < 0)
		return -1;
	fd = make_null(c, tmpfs);
	failure = *c->err;
	if (sys_fchdir(c, tmpfs, "the tmpfs") < 0 || sys_detach_here(c) < 0 ||
	    sys_fchdir(c, cwd, "the directory it had") < 0) {
		c->err->kind = ERR_BOX;
		return -1;
	}
	*c->err = failure;
	return fd;
}

int nulldev_mount(struct call *c)
{
	struct err first = *c->err;
	auto_close int dev = sys_openat_nofollow(c, AT_FDCWD, "/dev");

	*c->err = first;
	return device_is(dev, "null", NULL_DEVICE) ? device_copy(c, dev, "null", NULL_DEVICE)
						   : make_null_aside(c);
}
