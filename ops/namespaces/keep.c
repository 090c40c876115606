/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * keep, unkeep: a namespace lives as long as a process is in it, or as long as
 * its file in /proc/PID/ns is bound to another file (namespaces(7)). The bind
 * mount is the host's, and outlives the box: that is its purpose.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/namespaces/keepdiag.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"
#include "ops/sys/sysns.h"
#include "ops/why/diagnose.h"

static int check(int argc, char **argv, struct err *err)
{
	(void)argc;
	if (!ns_find(argv[1])) {
		err_usage(err, "keep: no such namespace: %.100s", argv[1]);
		err_why(err, "the kernel has uts pid mnt ipc net cgroup user time");
		return -1;
	}
	return *argv[2] ? 0 : err_usage(err, "keep: the name of the file is empty");
}

static bool is_namespace(int fd)
{
	struct statfs fs;

	return fstatfs(fd, &fs) == 0 && fs.f_type == NSFS_MAGIC;
}

static void not_empty(struct call *c, const char *file)
{
	err_state(c->err, "keep: %.200s is there, and not empty", file);
	err_why(c->err, "while the namespace is bound to it, what it holds could not be seen");
	err_fix(c->err, "a name that is not there yet, or an empty file");
}

/* An existing file is taken if it is an ordinary one, and empty. It is never followed as a
 * link: it could lead anywhere. *made: it is new. */
static int open_file(struct call *c, const char *file, bool *made)
{
	struct err before = *c->err;
	int fd = sysns_open(c, file, O_RDONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
	struct stat st;

	*made = fd >= 0;
	if (fd >= 0 || c->err->errnum != EEXIST)
		return fd;
	*c->err = before;
	fd = sysns_open(c, file, O_PATH | O_NOFOLLOW);
	if (fd < 0)
		return -1;
	if (is_namespace(fd))
		err_state(c->err, "keep: %.200s keeps a namespace already", file);
	else if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		err_state(c->err, "keep: %.200s is there, and no ordinary file", file);
	else if (st.st_size)
		not_empty(c, file);
	else
		return fd;
	close(fd);
	return -1;
}

static int bind(struct call *c, const struct ns *ns, const char *file)
{
	char from[64], to[64], name[32];
	struct err failure;
	bool made;
	auto_close int fd = open_file(c, file, &made);

	if (fd < 0)
		return -1;
	snprintf(name, sizeof(name), "ns/%s", ns->name);
	box_proc(c->session, from, sizeof(from), name);
	snprintf(to, sizeof(to), "/proc/self/fd/%d", fd);
	if (sys_mount(c, from, to, NULL, MS_BIND, NULL) == 0)
		return 0;
	failure = *c->err;
	if (made)
		sysns_unlink(c, file);
	*c->err = failure;
	return -1;
}

static bool is_shared(const struct call *c)
{
	return !ns_differ(c->session->box.pid, getpid(), ns_find(c->argv[1])->flag);
}

int keep_refuses(struct call *c)
{
	const struct ns *ns = ns_find(c->argv[1]);

	if (!is_shared(c))
		return 0;
	err_order(c->err, "keep: the box has no %s namespace of its own", ns->title);
	err_why(c->err, "it shares the host's, which needs no keeping");
	if (diagnose_we_hold(CAP_SYS_ADMIN))
		err_first(c->err, "unshare %s", ns->name);
	else
		err_fix(c->err, "run ctrsh with sudo: what keeps one is a mount on the host");
	return -1;
}

static int keep(struct call *c)
{
	const struct ns *ns = ns_find(c->argv[1]);
	const char *file = c->argv[2];

	if (keep_refuses(c) < 0 || bind(c, ns, file) < 0)
		return -1;
	trace_print(c->trace, "%s: the box's %s namespace, on the host until unkeep %s%s", file,
		    ns->title, file,
		    ns->flag == CLONE_NEWPID ? "; it takes processes only while its init lives"
					     : "");
	return 0;
}

static int unkeep_file(struct call *c, const char *file)
{
	auto_close int fd = sysns_open(c, file, O_PATH | O_NOFOLLOW);
	struct stat st;

	if (fd < 0)
		return -1;
	if (!is_namespace(fd)) {
		err_state(c->err, "unkeep: %.200s keeps no namespace", file);
		err_why(c->err, "it is a file like others; nothing was done");
		return -1;
	}
	close(steal_fd(&fd)); /* it would keep the mount busy */
	if (sys_umount(c, file, UMOUNT_NOFOLLOW) < 0)
		return -1;
	if (lstat(file, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size)
		return 0; /* none that keep made */
	return sysns_unlink(c, file);
}

static int unkeep(struct call *c)
{
	return unkeep_file(c, c->argv[1]);
}

/* The file keeps a namespace of the box before: it gets that of this one. */
static int keep_again(struct call *c)
{
	if (c->err->kind != ERR_STATE || is_shared(c) || unkeep_file(c, c->argv[2]) < 0)
		return -1;
	return keep(c);
}

/* It was let go of before. */
static int unkeep_again(struct call *c)
{
	return c->err->errnum == ENOENT || c->err->kind == ERR_STATE ? 0 : -1;
}

const struct op op_keep = {
	.name = "keep",
	.usage = "keep NAMESPACE FILE",
	.summary = "keep one of the box's namespaces in a file, beyond its end",
	.detail =
		"Binds /proc/PID/ns/NAMESPACE of the box onto FILE, on the host; FILE is made if "
		"it\n"
		"is not there, and has to be empty if it is. The namespace then lives until unkeep FILE, with or without a "
		"process\n"
		"in it: join FILE enters it, and so do nsenter(1) and, for net in /run/netns, "
		"ip(8).\n"
		"  pid   takes processes only while its PID 1 lives.\n"
		"  mnt   FILE must lie where mounts are private.\n"
		"Needs CAP_SYS_ADMIN on the host: a plain user has no mounts there.\n"
		"See namespaces(7), mount(2).",
	.argmin = 2,
	.argmax = 2,
	.args = {{ARG_WORD, ns_names}, {ARG_HOST_FILE, NULL}},
	.check = check,
	.host = keep,
	.again = keep_again,
	.diagnose = keep_diagnose,
};

const struct op op_unkeep = {
	.name = "unkeep",
	.usage = "unkeep FILE",
	.summary = "let go of a namespace that keep holds, and remove the file",
	.detail =
		"Takes the mount off FILE and removes FILE, if a namespace was bound to it. The\n"
		"namespace ends once no process is in it. See umount2(2), namespaces(7).",
	.argmin = 1,
	.argmax = 1,
	.args = {{ARG_HOST_FILE, NULL}},
	.host = unkeep,
	.again = unkeep_again,
	.diagnose = keep_diagnose,
};
