/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sysctl: a parameter of the kernel, of which the box's namespace has a copy
 * (proc_sys(5)). Whose value it is depends on the namespaces of the process
 * that looks the file up and writes it. So the box does both, below the host's
 * /proc/sys, which the shell hands it: it may have no /proc, or a foreign one.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/limits/sysctlkey.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"
#include "ops/sys/sysattr.h"

#define VALUE_MAX 4096

static unsigned changes(int argc, char **argv)
{
	char path[SYSCTL_KEY_MAX];

	(void)argc;
	if (!sysctl_path(argv[1], path, sizeof(path)))
		return CHANGES_MACHINE;
	return sysctl_is_absent(path) ? 0 : sysctl_namespace(path);
}

static int check(int argc, char **argv, struct err *err)
{
	char path[SYSCTL_KEY_MAX];
	size_t n = 0;

	if (strchr(argv[1], '=')) {
		err_usage(err, "sysctl: the value is a word of its own: \"%.100s\"", argv[1]);
		err_fix(err, "sysctl KEY VALUE, without =");
		return -1;
	}
	if (!sysctl_path(argv[1], path, sizeof(path)))
		return err_usage(err, "sysctl: not a key, as net.ipv4.ip_forward: \"%.100s\"",
				 argv[1]);
	for (int i = 2; i < argc; i++)
		n += strlen(argv[i]) + 1;
	if (!argv[2][0] || n > VALUE_MAX)
		return err_usage(err, "sysctl: the value is %s", argv[2][0] ? "too long" : "empty");
	return 0;
}

/* The box's file is the host's: this kernel keeps one for all. */
static bool is_the_same(int a, int b)
{
	struct stat sa, sb;

	return fstat(a, &sa) == 0 && fstat(b, &sb) == 0 && sa.st_dev == sb.st_dev &&
	       sa.st_ino == sb.st_ino;
}

static int refuse(struct call *c)
{
	err_order(c->err, "sysctl: refused: it would change the host");
	err_why(c->err, "this kernel keeps one %.200s for the whole machine", c->argv[1]);
	err_fix(c->err, "insist: sysctl --host ...");
	return -1;
}

/* Several numbers, as for tcp_rmem, may be several words. */
static const char *join(const struct call *c, char *value)
{
	int n = snprintf(value, VALUE_MAX, "%s", c->argv[2]);

	for (int i = 3; i < c->argc && n < VALUE_MAX; i++)
		n += snprintf(value + n, VALUE_MAX - (size_t)n, " %s", c->argv[i]);
	return value;
}

/* fds: the host's /proc/sys and, where the box's file must be another, the
 * host's, open while we look so that its number stays what it is. */
static int box(struct call *c)
{
	auto_close int fd = -1;
	char path[SYSCTL_KEY_MAX], name[SYSCTL_KEY_MAX + sizeof(SYSCTL_ROOT)], value[VALUE_MAX];

	sysctl_path(c->argv[1], path, sizeof(path));
	snprintf(name, sizeof(name), SYSCTL_ROOT "/%s", path);
	if (c->nfds < 1)
		return err_kernel(c->err, 0, "no %s came with the request", SYSCTL_ROOT);
	fd = sys_open_below(c, c->fds[0], SYSCTL_ROOT, path);
	if (fd < 0)
		return -1;
	if (c->nfds > 1 && is_the_same(fd, c->fds[1]))
		return refuse(c);
	return sys_write_once(c, fd, name, join(c, value));
}

/* The shell's /proc/sys, if it is one: something else may be mounted there. */
static int open_root(struct call *c)
{
	auto_close int fd = open(SYSCTL_ROOT, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct statfs fs;

	if (sys_report(c, fd, fd < 0 ? errno : 0,
		       "open(\"" SYSCTL_ROOT "\", O_PATH|O_DIRECTORY|O_CLOEXEC)") < 0)
		return -1;
	if (fstatfs(fd, &fs) < 0 || fs.f_type != PROC_SUPER_MAGIC)
		return err_kernel(c->err, 0,
				  SYSCTL_ROOT " on the host is not what the kernel puts there");
	return steal_fd(&fd);
}

static int host(struct call *c)
{
	auto_close int root = open_root(c), key = -1;
	char path[SYSCTL_KEY_MAX];

	if (root < 0)
		return -1;
	sysctl_path(c->argv[1], path, sizeof(path));
	if (!c->insist && sysctl_has_own_file(path))
		key = openat(root, path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	return box_ask_with(c, (int[]){root, key}, key < 0 ? 1 : 2);
}

const struct op op_sysctl = {
	.name = "sysctl",
	.usage = "sysctl [--host] KEY VALUE...",
	.summary = "set a kernel parameter of the box's namespaces",
	.detail =
		"KEY is written a.b.c or a/b/c; with the first, a / stands for a dot in a name.\n"
		"These have a value in each namespace, and are refused while the box shares it:\n"
		"  uts   kernel.hostname kernel.domainname\n"
		"  net   net.*\n"
		"  ipc   kernel.shm* kernel.msg* kernel.sem* fs.mqueue.*\n"
		"  user  user.max_*\n"
		"  pid   kernel.pid_max (since Linux 6.14) kernel.ns_last_pid vm.memfd_noexec\n"
		"All others are the machine's: only --host sets them. The box needs no /proc.\n"
		"See sysctl(8), proc_sys(5), namespaces(7).",
	.argmin = 2,
	.argmax = -1,
	.changes = CLONE_NEWUTS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
		   CHANGES_MACHINE,
	.changes_by = changes,
	.check = check,
	.host = host,
	.box = box,
	.diagnose = sysctl_diagnose,
};
