/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mask: covers what a program in the box need not see, as container runtimes do
 * with files of /proc that tell of the host or change it: a file by the null
 * device, a directory by an empty tmpfs that nobody can write to. "mask default"
 * does it for the list that container engines have, and makes the other half of
 * their list read-only.
 */
#include <errno.h>
#include <linux/mount.h>
#include <string.h>
#include <sys/stat.h>

#include "ops/auto.h"
#include "ops/files/nodediag.h"
#include "ops/files/nulldev.h"
#include "ops/files/target.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"
#include "ops/sys/sysmount.h"
#include "ops/why/diagnose.h"

static const char *const hidden[] = {
	"/proc/acpi",          "/proc/asound",
	"/proc/kcore",         "/proc/keys",
	"/proc/latency_stats", "/proc/sched_debug",
	"/proc/scsi",          "/proc/timer_list",
	"/proc/timer_stats",   "/sys/devices/virtual/powercap",
	"/sys/firmware",       NULL,
};
static const char *const read_only[] = {
	"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger", NULL,
};

#define IF_EXISTS "--if-exists"

/* 1: it is not there, and that is fine. */
static int open_path(struct call *c, const char *path, bool if_exists, struct target *t)
{
	struct err first = *c->err;

	if (target_open(c, path, t) == 0)
		return 0;
	if (!if_exists || (c->err->errnum != ENOENT && c->err->errnum != ENOTDIR))
		return -1;
	*c->err = first;
	return 1;
}

static int cover(struct call *c, const char *path, bool if_exists)
{
	auto_target t = TARGET_CLOSED;
	auto_close int null = -1;
	struct stat st;
	int r = open_path(c, path, if_exists, &t);

	if (r)
		return r > 0 ? 0 : -1;
	if (fstat(t.fd, &st) == 0 && S_ISDIR(st.st_mode))
		return sys_mount(c, "tmpfs", t.name, "tmpfs",
				 MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
	null = nulldev_mount(c);
	return null < 0 ? -1 : sys_move_mount(c, null, t.fd);
}

/* Bound onto itself with the flags it has, and read-only. */
static int make_read_only(struct call *c, const char *path)
{
	auto_target t = TARGET_CLOSED;
	auto_close int tree = -1;
	int r = open_path(c, path, true, &t);

	if (r)
		return r > 0 ? 0 : -1;
	tree = sys_open_tree(c, t.fd, "", true);
	if (tree < 0 || sys_mount_setattr(c, tree, true, MOUNT_ATTR_RDONLY, 0) < 0)
		return -1;
	return sys_move_mount(c, tree, t.fd);
}

static int box(struct call *c)
{
	bool if_exists = !strcmp(c->argv[1], IF_EXISTS);

	for (int i = 1 + if_exists; i < c->argc; i++)
		if (cover(c, c->argv[i], if_exists) < 0)
			return -1;
	return 0;
}

static int box_default(struct call *c)
{
	for (const char *const *path = hidden; *path; path++)
		if (cover(c, *path, true) < 0)
			return -1;
	for (const char *const *path = read_only; *path; path++)
		if (make_read_only(c, *path) < 0)
			return -1;
	return 0;
}

static void fix_missing(struct call *c)
{
	if (c->argc == 2)
		err_instead(c->err, "mask --if-exists %s", c->argv[1]);
	else
		err_fix(c->err, "mask --if-exists passes over what is not there");
}

static void diagnose(struct call *c)
{
	if (diagnose_unmapped(c))
		return;
	if (c->err->errnum == EPERM)
		diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	else if (c->err->errnum == ENOENT || c->err->errnum == ENOTDIR)
		for (int i = 1; i < c->argc && !c->err->why[0]; i++)
			if (strcmp(c->argv[i], IF_EXISTS) != 0)
				diagnose_path(c, c->argv[i]);
	if (c->err->errnum == ENOENT && c->err->why[0])
		fix_missing(c);
}

static const char *const options[] = {IF_EXISTS, NULL};

const struct op op_mask = {
	.name = "mask",
	.usage = "mask [--host] [--if-exists] PATH...",
	.summary = "cover files and directories with nothing",
	.detail =
		"A file is covered by the null device (it reads as empty, what is written is lost), "
		"a\n"
		"directory by an empty read-only tmpfs. The null device is that of the box's /dev if "
		"it\n"
		"is really one, else made for it; where the kernel makes no devices, an empty "
		"read-only\n"
		"file takes its place. With --if-exists a PATH that is not there is passed over.\n"
		"Refused while the box shares the host's mounts; --host insists. Needs "
		"CAP_SYS_ADMIN.\n"
		"See mount(2), open_tree(2).",
	.argmin = 1,
	.argmax = -1,
	.changes = CLONE_NEWNS,
	.options = options,
	.args = {{ARG_FILE, NULL}},
	.box = box,
	.diagnose = diagnose,
};

const struct op op_mask_default = {
	.name = "mask default",
	.usage = "mask default [--host]",
	.summary = "cover what container engines cover in /proc and /sys",
	.detail =
		"Masks in /proc: acpi asound kcore keys latency_stats sched_debug scsi timer_list\n"
		"timer_stats; in /sys: firmware devices/virtual/powercap. Makes read-only in /proc: "
		"bus fs\n"
		"irq sys sysrq-trigger. What is not there is passed over. For after mount proc and "
		"mount\n"
		"sysfs, whose files tell of the host, or change it. See proc(5), mount_setattr(2).",
	.changes = CLONE_NEWNS,
	.box = box_default,
	.diagnose = diagnose,
};
