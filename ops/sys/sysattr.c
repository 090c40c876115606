/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Thin wrappers of calls that change what a process may use and who it is.
 * Arguments are decoded as strace(1) writes them.
 */
#include "ops/sys/sysattr.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <inttypes.h>
#include <linux/ioprio.h>
#include <linux/openat2.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/sys/sys.h"

#define QUOTED 160

static int failed(long r)
{
	return r < 0 ? errno : 0;
}

static const char *limit_value(char *buf, size_t size, rlim_t v)
{
	if (v == RLIM_INFINITY)
		return "RLIM64_INFINITY";
	if (v > 1024 && v % 1024 == 0)
		snprintf(buf, size, "%ju*1024", (uintmax_t)v / 1024);
	else
		snprintf(buf, size, "%ju", (uintmax_t)v);
	return buf;
}

static const char *limit_text(char *buf, size_t size, const struct rlimit *l, bool valid)
{
	char soft[32], hard[32];

	if (!l)
		return "NULL";
	if (!valid)
		return "...";
	snprintf(buf, size, "{rlim_cur=%s, rlim_max=%s}",
		 limit_value(soft, sizeof(soft), l->rlim_cur),
		 limit_value(hard, sizeof(hard), l->rlim_max));
	return buf;
}

int sys_prlimit(struct call *c, int resource, const char *name, const struct rlimit *limit,
		struct rlimit *old)
{
	/* The kernel's struct has 64-bit members, and so has rlim_t here. */
	int r = (int)syscall(SYS_prlimit64, 0, resource, limit, old), errnum = failed(r);
	char l[QUOTED], o[QUOTED];

	return sys_report(c, r, errnum, "prlimit64(0, RLIMIT_%s, %s, %s)", name,
			  limit_text(l, sizeof(l), limit, true),
			  limit_text(o, sizeof(o), old, !errnum));
}

int sys_setpriority(struct call *c, int nice)
{
	int r = setpriority(PRIO_PROCESS, 0, nice);

	return sys_report(c, r, failed(r), "setpriority(PRIO_PROCESS, 0, %d)", nice);
}

int sys_sched_setscheduler(struct call *c, int policy, const char *name, int priority)
{
	struct sched_param p = {.sched_priority = priority};
	int r = sched_setscheduler(0, policy, &p);

	return sys_report(c, r, failed(r), "sched_setscheduler(0, %s, [%d])", name, priority);
}

/* "0 2 5": the numbers in a mask of size bytes; buf. */
static const char *numbers(char *buf, size_t room, const unsigned long *mask, unsigned size)
{
	const unsigned bits = 8 * sizeof(*mask);
	size_t n = 0;

	*buf = '\0';
	for (unsigned i = 0; i < size * 8 && n < room; i++)
		if (mask[i / bits] >> i % bits & 1)
			n += (size_t)snprintf(buf + n, room - n, "%s%u", n ? " " : "", i);
	return buf;
}

int sys_sched_setaffinity(struct call *c, const unsigned long *mask, unsigned size)
{
	int r = (int)syscall(SYS_sched_setaffinity, 0, size, mask), errnum = failed(r);
	char list[ERR_TEXT / 2];

	return sys_report(c, r, errnum, "sched_setaffinity(0, %u, [%s])", size,
			  numbers(list, sizeof(list), mask, size));
}

/* The kernel takes one bit less than it is told. */
int sys_set_mempolicy(struct call *c, int mode, const char *name, const unsigned long *nodes,
		      unsigned size)
{
	unsigned bits = nodes ? 8 * size + 1 : 0;
	int r = (int)syscall(SYS_set_mempolicy, mode, nodes, bits), errnum = failed(r);
	char list[ERR_TEXT / 2];

	if (!nodes)
		return sys_report(c, r, errnum, "set_mempolicy(%s, NULL, 0)", name);
	return sys_report(c, r, errnum, "set_mempolicy(%s, [%s], %u)", name,
			  numbers(list, sizeof(list), nodes, size), bits);
}

int sys_ioprio_set(struct call *c, int class, const char *name, int level)
{
	int r = (int)syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0,
			     IOPRIO_PRIO_VALUE(class, level));

	return sys_report(c, r, failed(r),
			  "ioprio_set(IOPRIO_WHO_PROCESS, 0, IOPRIO_PRIO_VALUE(%s, %d))", name,
			  level);
}

int sys_personality(struct call *c, unsigned long persona, const char *text)
{
	int r = personality(persona);

	if (r < 0)
		return sys_report(c, r, errno, "personality(%s)", text);
	trace_line(c->trace, "personality(%s) = %#x", text, (unsigned)r);
	return r;
}

int sys_setuid(struct call *c, uid_t uid)
{
	int r = setuid(uid);

	return sys_report(c, r, failed(r), "setuid(%u)", uid);
}

int sys_setgid(struct call *c, gid_t gid)
{
	int r = setgid(gid);

	return sys_report(c, r, failed(r), "setgid(%u)", gid);
}

int sys_setresuid(struct call *c, uid_t uid)
{
	int r = setresuid(uid, uid, uid);

	return sys_report(c, r, failed(r), "setresuid(%u, %u, %u)", uid, uid, uid);
}

int sys_setresgid(struct call *c, gid_t gid)
{
	int r = setresgid(gid, gid, gid);

	return sys_report(c, r, failed(r), "setresgid(%u, %u, %u)", gid, gid, gid);
}

#define SHOWN_GROUPS 32 /* as many as strace shows */

int sys_setgroups(struct call *c, size_t n, const gid_t *list)
{
	int r = setgroups(n, list), errnum = failed(r);
	char text[ERR_TEXT - 64] = "";
	size_t len = 0;

	for (size_t i = 0; i < n && i < SHOWN_GROUPS && len < sizeof(text); i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%u", i ? ", " : "",
					list[i]);
	return sys_report(c, r, errnum, "setgroups(%zu, [%s%s])", n, text,
			  n > SHOWN_GROUPS ? ", ..." : "");
}

int sys_open_below(struct call *c, int dir, const char *dirname, const char *path)
{
	struct open_how how = {.flags = O_WRONLY | O_CLOEXEC,
			       .resolve = RESOLVE_BENEATH | RESOLVE_NO_XDEV | RESOLVE_NO_SYMLINKS};
	int fd = (int)syscall(SYS_openat2, dir, path, &how, sizeof(how)), errnum = failed(fd);
	char q[QUOTED];

	trace_quote(q, sizeof(q), path);
	if (errnum != ENOSYS)
		return sys_report(
			c, fd, errnum,
			"openat2(%d<%s>, %s, {flags=O_WRONLY|O_CLOEXEC, "
			"resolve=RESOLVE_NO_XDEV|RESOLVE_NO_SYMLINKS|RESOLVE_BENEATH}, %zu)",
			dir, dirname, q, sizeof(how));
	fd = openat(dir, path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC); /* before Linux 5.6 */
	return sys_report(c, fd, failed(fd), "openat(%d<%s>, %s, O_WRONLY|O_NOFOLLOW|O_CLOEXEC)",
			  dir, dirname, q);
}

int sys_write_once(struct call *c, int fd, const char *fdname, const char *text)
{
	ssize_t n = write(fd, text, strlen(text));
	int errnum = failed(n);
	char q[QUOTED];

	sys_report(c, n, errnum, "write(%d<%s>, %s, %zu)", fd, fdname,
		   trace_quote(q, sizeof(q), text), strlen(text));
	if (errnum)
		return -1;
	if ((size_t)n < strlen(text))
		return err_kernel(c->err, 0, "write(%d<%s>, %s): the kernel took only %zd bytes",
				  fd, fdname, q, n);
	return 0;
}
