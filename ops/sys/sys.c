/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thin layer over the system calls: make it, write it down, keep the
 * errno. The only file in which ops meet the kernel's calls that make a
 * container; what strace would show is what the trace says.
 */
#include "ops/sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/namespaces/ns.h"

#define QUOTED 160 /* room for one argument in a trace line */

static const struct trace_flag mount_flags[] = {
	{MS_RDONLY, "MS_RDONLY"},
	{MS_NOSUID, "MS_NOSUID"},
	{MS_NODEV, "MS_NODEV"},
	{MS_NOEXEC, "MS_NOEXEC"},
	{MS_REMOUNT, "MS_REMOUNT"},
	{MS_BIND, "MS_BIND"},
	{MS_REC, "MS_REC"},
	{MS_PRIVATE, "MS_PRIVATE"},
	{MS_UNBINDABLE, "MS_UNBINDABLE"},
	{MS_SYNCHRONOUS, "MS_SYNCHRONOUS"},
	{MS_DIRSYNC, "MS_DIRSYNC"},
	{MS_MANDLOCK, "MS_MANDLOCK"},
	{MS_NOATIME, "MS_NOATIME"},
	{MS_NODIRATIME, "MS_NODIRATIME"},
	{MS_RELATIME, "MS_RELATIME"},
	{MS_STRICTATIME, "MS_STRICTATIME"},
	{MS_LAZYTIME, "MS_LAZYTIME"},
	{MS_SILENT, "MS_SILENT"},
	{MS_SLAVE, "MS_SLAVE"},
	{MS_SHARED, "MS_SHARED"},
	{0, NULL},
};

static void finish(struct call *c, long result, int errnum, const char *text)
{
	if (errnum == 0) {
		trace_line(c->trace, "%s = %ld", text, result);
		return;
	}
	trace_line(c->trace, "%s = -1 %s (%s)", text, strerrorname_np(errnum), strerror(errnum));
	err_kernel(c->err, errnum, "%s", text);
}

int sys_report(struct call *c, long result, int errnum, const char *fmt, ...)
{
	char text[ERR_TEXT];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	finish(c, result, errnum, text);
	return errnum ? -1 : (int)result;
}

/* The errno of a call that just returned r. */
static int failed(long r)
{
	return r < 0 ? errno : 0;
}

static const char *clone_flags(char *buf, unsigned size, unsigned flags)
{
	struct trace_flag table[16] = {{0, NULL}};
	unsigned n = 0;

	for (const struct ns *ns = namespaces; ns->name; ns++)
		table[n++] = (struct trace_flag){ns->flag, ns->flagname};
	return trace_flags(buf, size, table, flags);
}

int sys_unshare(struct call *c, unsigned flags)
{
	char f[QUOTED];
	int r = unshare((int)flags);

	return sys_report(c, r, failed(r), "unshare(%s)", clone_flags(f, sizeof(f), flags));
}

int sys_setns(struct call *c, int fd, const char *fdname, unsigned flags)
{
	char f[QUOTED];
	int r = setns(fd, (int)flags);

	return sys_report(c, r, failed(r), "setns(%d<%s>, %s)", fd, fdname,
			  clone_flags(f, sizeof(f), flags));
}

int sys_sethostname(struct call *c, const char *name)
{
	char q[QUOTED];
	int r = sethostname(name, strlen(name));

	return sys_report(c, r, failed(r), "sethostname(%s, %zu)", trace_quote(q, sizeof(q), name),
			  strlen(name));
}

int sys_chroot(struct call *c, const char *dir)
{
	char q[QUOTED];
	int r = chroot(dir);

	return sys_report(c, r, failed(r), "chroot(%s)", trace_quote(q, sizeof(q), dir));
}

int sys_chdir(struct call *c, const char *dir)
{
	char q[QUOTED];
	int r = chdir(dir);

	return sys_report(c, r, failed(r), "chdir(%s)", trace_quote(q, sizeof(q), dir));
}

int sys_fchdir(struct call *c, int fd, const char *fdname)
{
	int r = fchdir(fd);

	return sys_report(c, r, failed(r), "fchdir(%d<%s>)", fd, fdname);
}

int sys_open_path(struct call *c, const char *path)
{
	char q[QUOTED];
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	return sys_report(c, fd, failed(fd), "open(%s, O_PATH|O_DIRECTORY|O_CLOEXEC)",
			  trace_quote(q, sizeof(q), path));
}

int sys_pidfd_open_self(struct call *c)
{
	int pid = getpid(), fd = (int)syscall(SYS_pidfd_open, pid, 0);

	return sys_report(c, fd, failed(fd), "pidfd_open(%d, 0)", pid);
}

const char *sys_mount_flags(char *buf, unsigned size, unsigned long flags)
{
	return trace_flags(buf, size, mount_flags, flags);
}

int sys_mount(struct call *c, const char *src, const char *dir, const char *type,
	      unsigned long flags, const char *data)
{
	char s[QUOTED], d[QUOTED], t[QUOTED], f[QUOTED], o[QUOTED];
	int r = mount(src, dir, type, flags, data);
	int errnum = failed(r);

	return sys_report(c, r, errnum, "mount(%s, %s, %s, %s, %s)", trace_quote(s, sizeof(s), src),
			  trace_quote(d, sizeof(d), dir), trace_quote(t, sizeof(t), type),
			  trace_flags(f, sizeof(f), mount_flags, flags),
			  trace_quote(o, sizeof(o), data));
}

int sys_umount(struct call *c, const char *dir, int flags)
{
	static const struct trace_flag names[] = {
		{MNT_DETACH, "MNT_DETACH"}, {UMOUNT_NOFOLLOW, "UMOUNT_NOFOLLOW"}, {0, NULL}};
	int r = umount2(dir, flags), errnum = failed(r);
	char q[QUOTED], f[QUOTED];

	return sys_report(c, r, errnum, "umount2(%s, %s)", trace_quote(q, sizeof(q), dir),
			  trace_flags(f, sizeof(f), names, (unsigned long)flags));
}

int sys_mkdir(struct call *c, const char *dir, mode_t mode)
{
	char q[QUOTED];
	int r = mkdir(dir, mode);

	return sys_report(c, r, failed(r), "mkdir(%s, %#o)", trace_quote(q, sizeof(q), dir), mode);
}

pid_t sys_fork(struct call *c)
{
	pid_t pid = fork();
	int errnum = failed(pid);

	if (pid == 0)
		return 0;
	return sys_report(c, pid, errnum, "fork()");
}

pid_t sys_clone_sibling(struct call *c)
{
	/* The raw call, for the C library offers no fork with flags. The child
	 * goes on single-threaded in a copy of the same stack, as after fork(2). */
	pid_t pid = (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, NULL);
	int errnum = failed(pid);

	if (pid == 0)
		return 0;
	return sys_report(c, pid, errnum, "clone(CLONE_PARENT|SIGCHLD)");
}

pid_t sys_waitpid(struct call *c, pid_t pid, int *status)
{
	int errnum;
	pid_t r;

	do
		r = waitpid(pid, status, 0);
	while (r < 0 && errno == EINTR);
	errnum = failed(r);

	if (errnum)
		return sys_report(c, r, errnum, "waitpid(%d)", (int)pid);
	if (WIFSIGNALED(*status))
		return sys_report(c, r, 0, "waitpid(%d, {killed by SIG%s})", (int)pid,
				  sigabbrev_np(WTERMSIG(*status)));
	return sys_report(c, r, 0, "waitpid(%d, {exited with %d})", (int)pid, WEXITSTATUS(*status));
}

void sys_execve_text(char *line, unsigned size, const char *path, char **argv)
{
	char q[QUOTED];
	unsigned n = (unsigned)snprintf(line, size, "execve(%s, [",
					trace_quote(q, sizeof(q), path));
	unsigned vars = 0;

	while (environ && environ[vars])
		vars++;
	for (unsigned i = 0; argv[i] && n + 64 < size; i++)
		n += (unsigned)snprintf(line + n, size - n - 48, "%s%s", i ? ", " : "",
					trace_quote(q, sizeof(q) / 2, argv[i]));
	n = (unsigned)strlen(line);
	snprintf(line + n, size - n, "], /* %u variables */)", vars);
}

int sys_execve(struct call *c, const char *path, char **argv)
{
	char text[ERR_TEXT];
	int errnum;

	execve(path, argv, environ);
	errnum = errno;
	sys_execve_text(text, sizeof(text), path, argv);
	return sys_report(c, -1, errnum, "%s", text);
}
