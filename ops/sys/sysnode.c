/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls that make nodes, and those around pivot_root(2), for which the C
 * library has no wrapper.
 */
#include "ops/sys/sysnode.h"

#include <errno.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "ops/sys/sys.h"

#define QUOTED 200

static int failed(long r)
{
	return r < 0 ? errno : 0;
}

static const char *type_name(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFCHR:
		return "S_IFCHR";
	case S_IFBLK:
		return "S_IFBLK";
	case S_IFIFO:
		return "S_IFIFO";
	default:
		return "S_IFREG";
	}
}

int sys_mknodat(struct call *c, int dirfd, const char *name, mode_t mode, dev_t dev)
{
	int r = mknodat(dirfd, name, mode, dev), errnum = failed(r);
	char q[QUOTED];

	trace_quote(q, sizeof(q), name);
	if (!S_ISCHR(mode) && !S_ISBLK(mode))
		return sys_report(c, r, errnum, "mknodat(%d, %s, %s|%#o)", dirfd, q,
				  type_name(mode), mode & 07777);
	return sys_report(c, r, errnum, "mknodat(%d, %s, %s|%#o, makedev(%#x, %#x))", dirfd, q,
			  type_name(mode), mode & 07777, major(dev), minor(dev));
}

int sys_symlinkat(struct call *c, const char *to, int dirfd, const char *name)
{
	int r = symlinkat(to, dirfd, name), errnum = failed(r);
	char t[QUOTED], q[QUOTED];

	return sys_report(c, r, errnum, "symlinkat(%s, %d, %s)", trace_quote(t, sizeof(t), to),
			  dirfd, trace_quote(q, sizeof(q), name));
}

mode_t sys_umask(struct call *c, mode_t mask)
{
	mode_t before = umask(mask);

	trace_line(c->trace, "umask(%#03o) = %#03o", mask, before);
	return before;
}

int sys_pivot_root(struct call *c, const char *new_root, const char *put_old)
{
	int r = (int)syscall(SYS_pivot_root, new_root, put_old), errnum = failed(r);
	char n[QUOTED], o[QUOTED];

	return sys_report(c, r, errnum, "pivot_root(%s, %s)", trace_quote(n, sizeof(n), new_root),
			  trace_quote(o, sizeof(o), put_old));
}

int sys_detach_here(struct call *c)
{
	return sys_umount(c, ".", MNT_DETACH);
}
