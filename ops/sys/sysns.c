/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The calls for namespaces that are no calls of their own kind: most of it is
 * open(2) and write(2) of files in /proc/PID.
 */
#include "ops/sys/sysns.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/sys/sys.h"

#define QUOTED 160

static const struct trace_flag open_flags[] = {
	{O_WRONLY, "O_WRONLY"},     {O_CREAT, "O_CREAT"},         {O_EXCL, "O_EXCL"},
	{O_PATH, "O_PATH"},         {O_DIRECTORY, "O_DIRECTORY"}, {O_NOFOLLOW, "O_NOFOLLOW"},
	{O_NONBLOCK, "O_NONBLOCK"}, {O_CLOEXEC, "O_CLOEXEC"},     {0, NULL},
};

static int failed(long r)
{
	return r < 0 ? errno : 0;
}

int sysns_open(struct call *c, const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0444), errnum = failed(fd);
	char q[QUOTED], f[QUOTED];

	trace_flags(f, sizeof(f), open_flags, (unsigned)flags | O_CLOEXEC);
	return sys_report(c, fd, errnum, "open(%s, %s%s%s)", trace_quote(q, sizeof(q), path),
			  flags & (O_WRONLY | O_PATH) ? "" : "O_RDONLY|", f,
			  flags & O_CREAT ? ", 0444" : "");
}

int sysns_write(struct call *c, int fd, const char *name, const char *text)
{
	ssize_t n = write(fd, text, strlen(text));
	int errnum = failed(n);
	char q[QUOTED];

	return sys_report(c, n, errnum, "write(%d<%s>, %s, %zu)", fd, name,
			  trace_quote(q, sizeof(q), text), strlen(text));
}

int sysns_pidfd_open(struct call *c, pid_t pid)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);

	return sys_report(c, fd, failed(fd), "pidfd_open(%d, 0)", (int)pid);
}

int sysns_unlink(struct call *c, const char *path)
{
	int r = unlink(path), errnum = failed(r);
	char q[QUOTED];

	return sys_report(c, r, errnum, "unlink(%s)", trace_quote(q, sizeof(q), path));
}
