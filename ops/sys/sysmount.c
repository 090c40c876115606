/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls on descriptors. The C library has had wrappers for some of them only
 * since 2.36, and its <sys/mount.h> cannot stand beside <linux/mount.h>: these
 * are the raw calls.
 */
#include "ops/sys/sysmount.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/sys/sys.h"

#define QUOTED 200

static const struct trace_flag open_flags[] = {
	{O_PATH, "O_PATH"},
	{O_DIRECTORY, "O_DIRECTORY"},
	{O_NOFOLLOW, "O_NOFOLLOW"},
	{O_CLOEXEC, "O_CLOEXEC"},
	{0, NULL},
};
static const struct trace_flag resolve_flags[] = {
	{RESOLVE_NO_XDEV, "RESOLVE_NO_XDEV"},
	{RESOLVE_NO_MAGICLINKS, "RESOLVE_NO_MAGICLINKS"},
	{RESOLVE_NO_SYMLINKS, "RESOLVE_NO_SYMLINKS"},
	{RESOLVE_BENEATH, "RESOLVE_BENEATH"},
	{0, NULL},
};
static const struct trace_flag attributes[] = {
	{MOUNT_ATTR_RDONLY, "MOUNT_ATTR_RDONLY"},
	{MOUNT_ATTR_NOSUID, "MOUNT_ATTR_NOSUID"},
	{MOUNT_ATTR_NODEV, "MOUNT_ATTR_NODEV"},
	{MOUNT_ATTR_NOEXEC, "MOUNT_ATTR_NOEXEC"},
	{MOUNT_ATTR__ATIME, "MOUNT_ATTR__ATIME"},
	{MOUNT_ATTR_NOATIME, "MOUNT_ATTR_NOATIME"},
	{MOUNT_ATTR_STRICTATIME, "MOUNT_ATTR_STRICTATIME"},
	{MOUNT_ATTR_NODIRATIME, "MOUNT_ATTR_NODIRATIME"},
	{MOUNT_ATTR_IDMAP, "MOUNT_ATTR_IDMAP"},
	{MOUNT_ATTR_NOSYMFOLLOW, "MOUNT_ATTR_NOSYMFOLLOW"},
	{0, NULL},
};

const char *sys_mount_attributes(char *buf, unsigned size, uint64_t bits)
{
	return trace_flags(buf, size, attributes, bits);
}

static int failed(long r)
{
	return r < 0 ? errno : 0;
}

static const char *at(char *buf, unsigned size, int dirfd)
{
	if (dirfd == AT_FDCWD)
		return "AT_FDCWD";
	snprintf(buf, size, "%d", dirfd);
	return buf;
}

int sys_openat2_path(struct call *c, int dirfd, const char *path, int flags, uint64_t resolve)
{
	struct open_how how = {.flags = (unsigned)(O_PATH | O_CLOEXEC | flags), .resolve = resolve};
	int fd = (int)syscall(SYS_openat2, dirfd, path, &how, sizeof(how)), errnum = failed(fd);
	char d[16], q[QUOTED], f[QUOTED], r[QUOTED];

	return sys_report(c, fd, errnum, "openat2(%s, %s, {flags=%s, resolve=%s}, %zu)",
			  at(d, sizeof(d), dirfd), trace_quote(q, sizeof(q), path),
			  trace_flags(f, sizeof(f), open_flags, how.flags),
			  trace_flags(r, sizeof(r), resolve_flags, resolve), sizeof(how));
}

int sys_openat_nofollow(struct call *c, int dirfd, const char *name)
{
	int fd = openat(dirfd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC), errnum = failed(fd);
	char d[16], q[QUOTED];

	return sys_report(c, fd, errnum, "openat(%s, %s, O_PATH|O_NOFOLLOW|O_CLOEXEC)",
			  at(d, sizeof(d), dirfd), trace_quote(q, sizeof(q), name));
}

int sys_open_tree(struct call *c, int dirfd, const char *path, bool recursive)
{
	unsigned flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | (*path ? 0U : AT_EMPTY_PATH) |
			 (recursive ? AT_RECURSIVE : 0U);
	int fd = (int)syscall(SYS_open_tree, dirfd, path, flags), errnum = failed(fd);
	char d[16], q[QUOTED];

	return sys_report(c, fd, errnum, "open_tree(%s, %s, OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC%s%s)",
			  at(d, sizeof(d), dirfd), trace_quote(q, sizeof(q), path),
			  *path ? "" : "|AT_EMPTY_PATH", recursive ? "|AT_RECURSIVE" : "");
}

int sys_move_mount(struct call *c, int fd, int target)
{
	int r = (int)syscall(SYS_move_mount, fd, "", target, "",
			     MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);

	return sys_report(
		c, r, failed(r),
		"move_mount(%d, \"\", %d, \"\", MOVE_MOUNT_F_EMPTY_PATH|MOVE_MOUNT_T_EMPTY_PATH)",
		fd, target);
}

static int setattr(struct call *c, int fd, bool recursive, const struct mount_attr *attr)
{
	int r = (int)syscall(SYS_mount_setattr, fd, "",
			     AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0), attr, sizeof(*attr));
	int errnum = failed(r);
	char s[QUOTED], u[QUOTED];

	return sys_report(c, r, errnum,
			  "mount_setattr(%d, \"\", AT_EMPTY_PATH%s, {attr_set=%s, attr_clr=%s, "
			  "propagation=%s, userns_fd=%d}, %zu)",
			  fd, recursive ? "|AT_RECURSIVE" : "",
			  sys_mount_attributes(s, sizeof(s), attr->attr_set),
			  sys_mount_attributes(u, sizeof(u), attr->attr_clr),
			  attr->propagation ? "MS_PRIVATE" : "0", (int)attr->userns_fd,
			  sizeof(*attr));
}

int sys_mount_setattr(struct call *c, int fd, bool recursive, uint64_t set, uint64_t clear)
{
	return setattr(c, fd, recursive, &(struct mount_attr){.attr_set = set, .attr_clr = clear});
}

int sys_mount_setidmap(struct call *c, int fd, uint64_t set, uint64_t clear, int userns)
{
	return setattr(c, fd, false,
		       &(struct mount_attr){.attr_set = set | MOUNT_ATTR_IDMAP,
					    .attr_clr = clear,
					    .propagation = MS_PRIVATE,
					    .userns_fd = (__u64)userns});
}

int sys_mkdirat(struct call *c, int dirfd, const char *name, mode_t mode)
{
	int r = mkdirat(dirfd, name, mode), errnum = failed(r);
	char d[16], q[QUOTED];

	return sys_report(c, r, errnum, "mkdirat(%s, %s, %#o)", at(d, sizeof(d), dirfd),
			  trace_quote(q, sizeof(q), name), mode);
}
