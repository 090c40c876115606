/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mknod(2) of a device needs CAP_MKNOD in the first user namespace, and the
 * device controller or a seccomp filter of an outer container may forbid it too.
 * A bind mount of the host's device file needs neither, but a mount of our own
 * mount namespace to copy (open_tree(2)): the host's /dev, where the box sees it,
 * or beside its root after chroot. After pivot_root it is gone.
 */
#include "ops/files/device.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/files/target.h"
#include "ops/namespaces/nsroot.h"
#include "ops/sys/sys.h"
#include "ops/sys/sysmount.h"
#include "ops/sys/sysnode.h"

/* devices.txt of the kernel */
static const struct device {
	const char *name;
	unsigned major, minor;
} devices[] = {
	{"null", 1, 3},   {"zero", 1, 5},    {"full", 1, 7},
	{"random", 1, 8}, {"urandom", 1, 9}, {"tty", 5, 0},
};
#define N_DEVICES (sizeof(devices) / sizeof(devices[0]))

static dev_t number(const struct device *d)
{
	return makedev(d->major, d->minor);
}

bool device_is(int dir, const char *name, dev_t dev)
{
	struct stat st;

	return dir >= 0 && fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISCHR(st.st_mode) && st.st_rdev == dev;
}

/* All of them, for everybody to read and write, on a file system where they work? */
static bool serves(int dir)
{
	struct statvfs fs;
	struct stat st;

	if (dir < 0 || fstatvfs(dir, &fs) < 0 || (fs.f_flag & ST_NODEV))
		return false;
	for (size_t i = 0; i < N_DEVICES; i++)
		if (!device_is(dir, devices[i].name, number(&devices[i])) ||
		    fstatat(dir, devices[i].name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
		    (st.st_mode & 0666) != 0666)
			return false;
	return true;
}

int device_copy(struct call *c, int dir, const char *name, dev_t dev)
{
	auto_close int fd = sys_open_tree(c, dir, name, false);
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISCHR(st.st_mode) && st.st_rdev == dev)
		return steal_fd(&fd);
	return err_kernel(c->err, 0, "%.100s there is not the device %u:%u", name, major(dev),
			  minor(dev));
}

/* A directory with the host's devices; the first error stands. */
static int find_host_devices(struct call *c, int under)
{
	struct err first = *c->err;
	auto_close int dev = -1;

	if (serves(under))
		return fcntl(under, F_DUPFD_CLOEXEC, 3);
	dev = sys_openat_nofollow(c, AT_FDCWD, "/dev");
	if (serves(dev))
		return steal_fd(&dev);
	if (dev >= 0)
		close(dev);
	dev = nsroot_open(c, "/dev");
	*c->err = first;
	if (serves(dev))
		return steal_fd(&dev);
	err_why(c->err,
		"the box may make no device file, and there is no device of the host that "
		"it could bind: the host's /dev is not in its mount namespace");
	err_fix(c->err, "reset, and before pivot_root: mount dev NEW/dev");
	return -1;
}

static int bind_all(struct call *c, int dev, int under)
{
	auto_close int host = find_host_devices(c, under);

	if (host < 0)
		return -1;
	*c->err = (struct err){0};
	for (size_t i = 0; i < N_DEVICES; i++) {
		auto_close int tree = device_copy(c, host, devices[i].name, number(&devices[i]));
		auto_target at = TARGET_CLOSED;

		if (tree < 0 || sys_mknodat(c, dev, devices[i].name, S_IFREG | 0666, 0) < 0 ||
		    target_below(c, dev, devices[i].name, &at) < 0 ||
		    sys_move_mount(c, tree, at.fd) < 0)
			return -1;
	}
	return 0;
}

int device_make_all(struct call *c, int dev, int under)
{
	for (size_t i = 0; i < N_DEVICES; i++)
		if (sys_mknodat(c, dev, devices[i].name, S_IFCHR | 0666, number(&devices[i])) < 0)
			return i == 0 && c->err->errnum == EPERM ? bind_all(c, dev, under) : -1;
	return 0;
}
