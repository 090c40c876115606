/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What reaches the kernel by a file: devices, /proc/sys, sysfs, control groups,
 * the log. What counts there is who opens the file (root of the host: for
 * /proc/sys the kernel compares with that ID itself, proc_sys(5)) and whether
 * its mount is read-only.
 */
#include <dirent.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include "ops/audit/look.h"
#include "ops/auto.h"
#include "ops/namespaces/ns.h"

#define FOR_ADMINS "sysfs,debugfs,tracefs,securityfs"

/* A file of procfs that may be written. */
static void look_proc_file(const struct audit *a, const char *path, struct finding *f)
{
	auto_close int fd = audit_at(a, path);
	struct statvfs st;
	struct statfs fs;

	if (a->root < 0)
		found(f, WAY_UNKNOWN, 0, AUDIT_UNREADABLE);
	else if (fd < 0 || fstatfs(fd, &fs) < 0 || fs.f_type != PROC_SUPER_MAGIC)
		found(f, WAY_CLOSED, 0, "%s is not there", path);
	else if (fstatvfs(fd, &st) < 0 || (st.f_flag & ST_RDONLY))
		found(f, WAY_CLOSED, 0, "%s is read-only", path);
	else if (a->uid != 0)
		found(f, WAY_CLOSED, 0, "%s is root's, and it is not", path);
	else
		found(f, WAY_OPEN, audit_pivot(a) | (a->shared & CLONE_NEWNS ? 0 : STEP_MASK),
		      "root may write to %s", path);
}

void look_settings(const struct audit *a, struct finding *f)
{
	look_proc_file(a, "/proc/sys/kernel/core_pattern", f);
}

void look_sysrq(const struct audit *a, struct finding *f)
{
	look_proc_file(a, "/proc/sysrq-trigger", f);
}

/* The first mount of one of these types that may be written. */
static const struct mount_entry *writable(const struct audit *a, const char *types)
{
	for (int i = 0; i < a->n_mounts; i++)
		if (audit_has(types, a->mounts[i].type) && !audit_has(a->mounts[i].options, "ro"))
			return &a->mounts[i];
	return NULL;
}

static bool only(const struct audit *a, const struct mount_entry *e)
{
	for (const struct mount_entry *o = a->mounts; o < a->mounts + a->n_mounts; o++)
		if (o != e && audit_has(FOR_ADMINS, o->type) && !audit_has(o->options, "ro"))
			return false;
	return true;
}

void look_sysfs(const struct audit *a, struct finding *f)
{
	const struct mount_entry *e = writable(a, FOR_ADMINS);

	if (!a->told)
		found(f, WAY_UNKNOWN, 0, AUDIT_UNREADABLE);
	else if (!e)
		found(f, WAY_CLOSED, 0, "no sysfs that may be written");
	else if (a->uid != 0)
		found(f, WAY_CLOSED, 0, "%s is root's, and it is not", e->point);
	else
		found(f, WAY_OPEN,
		      audit_pivot(a) | (!(a->shared & CLONE_NEWNS) && !strcmp(e->point, "/sys") &&
							audit_sees(a, e) && only(a, e)
						? STEP_SYS
						: 0),
		      "root may write to %s", e->point);
}

void look_cgroupfs(const struct audit *a, struct finding *f)
{
	const struct mount_entry *e = writable(a, "cgroup,cgroup2");

	if (!a->told)
		found(f, WAY_UNKNOWN, 0, AUDIT_UNREADABLE);
	else if (!e)
		found(f, WAY_CLOSED, 0, "no control group that may be written");
	else if (a->uid != 0)
		found(f, WAY_CLOSED, 0, "%s is root's, and it is not", e->point);
	else
		found(f, WAY_OPEN, audit_pivot(a), "root may change limits%s in %s",
		      !strcmp(e->type, "cgroup") ? ", and the host runs release_agent," : "",
		      e->point);
}

/* Nodes in its /dev: block devices of the disk ways, character devices 1:1 (mem),
 * 1:2 (kmem), 1:4 (port) of the memory way (devices.txt of the kernel). */
static bool is_wanted(const struct stat *st, bool memory)
{
	unsigned minor_ = minor(st->st_rdev);

	if (memory)
		return S_ISCHR(st->st_mode) && major(st->st_rdev) == 1 &&
		       (minor_ == 1 || minor_ == 2 || minor_ == 4);
	return S_ISBLK(st->st_mode);
}

static int count_nodes(const struct audit *a, bool memory, char *first, size_t size)
{
	auto_close int dev = audit_at(a, "/dev");
	int fd = dev < 0 ? -1 : openat(dev, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), n = 0;
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;
	struct stat st;

	while (d && (e = readdir(d)))
		if (fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    is_wanted(&st, memory) && n++ == 0)
			snprintf(first, size, "/dev/%s", e->d_name);
	if (d)
		closedir(d);
	else if (fd >= 0)
		close(fd);
	return n;
}

static bool no_devices(const struct audit *a)
{
	auto_close int dev = audit_at(a, "/dev");
	struct statx st;

	if (dev < 0 || statx(dev, "", AT_EMPTY_PATH, STATX_MNT_ID, &st) < 0)
		return true;
	for (int i = 0; i < a->n_mounts; i++)
		if ((uint64_t)a->mounts[i].id == st.stx_mnt_id)
			return audit_has(a->mounts[i].options, "nodev");
	return false;
}

void look_disk(const struct audit *a, struct finding *f)
{
	char first[300] = "";
	int n = a->root < 0 ? 0 : count_nodes(a, false, first, sizeof(first));

	if (a->root < 0)
		found(f, WAY_UNKNOWN, 0, AUDIT_UNREADABLE);
	else if (n && a->uid == 0 && !no_devices(a))
		found(f, a->box ? WAY_OPEN : WAY_PARTLY, audit_pivot(a),
		      "%d block device%s in /dev, as %s%s", n, n == 1 ? "" : "s", first,
		      a->box ? "" : "; a device filter of its control group can't be seen");
	else if (audit_can(a, CAP_MKNOD))
		found(f, a->box ? WAY_OPEN : WAY_UNKNOWN, STEP_MKNOD, "CAP_MKNOD makes devices%s",
		      a->box ? "" : "; a device filter of its control group can't be seen");
	else
		found(f, WAY_CLOSED, 0, "no block device, and none can be made");
}

void look_memory(const struct audit *a, struct finding *f)
{
	char first[300] = "";

	if (a->root < 0)
		found(f, WAY_UNKNOWN, 0, AUDIT_UNREADABLE);
	else if (!audit_can(a, CAP_SYS_RAWIO))
		found(f, WAY_CLOSED, 0, "needs CAP_SYS_RAWIO");
	else if (count_nodes(a, true, first, sizeof(first)) && !no_devices(a))
		found(f, WAY_OPEN, STEP_CAPS | audit_pivot(a), "%s is there", first);
	else
		found(f, WAY_PARTLY, STEP_CAPS, "CAP_SYS_RAWIO, but no such device");
}

void look_log(const struct audit *a, struct finding *f)
{
	auto_fclose FILE *file = fopen("/proc/sys/kernel/dmesg_restrict", "re");
	int restricted = file ? fgetc(file) == '1' : 0;

	if (!restricted)
		found(f, WAY_OPEN, STEP_SECCOMP,
		      "everybody may read it (kernel.dmesg_restrict is 0)");
	else if (audit_can(a, CAP_SYSLOG) || audit_can(a, CAP_SYS_ADMIN))
		found(f, WAY_OPEN, STEP_CAPS | STEP_SECCOMP, "CAP_SYSLOG reads it");
	else
		found(f, WAY_CLOSED, 0, "needs CAP_SYSLOG (kernel.dmesg_restrict is 1)");
}
