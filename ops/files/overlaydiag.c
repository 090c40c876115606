/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why an overlay was refused: the kernel says EINVAL for most, and what it
 * means only to its log. So each condition of overlayfs.rst is looked at.
 */
#include <errno.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <sys/vfs.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/box/session.h"
#include "ops/files/mountdiag.h"
#include "ops/files/mountinfo.h"
#include "ops/files/overlay.h"
#include "ops/files/within.h"
#include "ops/namespaces/idmap.h"
#include "ops/namespaces/ns.h"
#include "ops/why/diagnose.h"
#include "ops/why/diagprobe.h"

/* Is the directory missing, or no directory? */
static bool is_bad(struct call *c, const char *name, const char *path)
{
	char missing[PATH_MAX];
	struct stat st;

	if (diagnose_stat(c, path, &st) < 0) {
		diagnose_path(c, path);
		if (!c->err->why[0])
			err_why(c->err, "%s: %.200s cannot be reached", name, path);
		if (diagnose_absent(c, path, missing))
			err_first(c->err, "mkdir --parents %s", missing);
		return true;
	}
	if (S_ISDIR(st.st_mode))
		return false;
	err_why(c->err, "%s: %.200s is not a directory", name, path);
	return true;
}

static bool lies_within(struct call *c, const char *dir, const char *path)
{
	auto_close int top = box_look(c->session, dir), fd = box_look(c->session, path);

	return top >= 0 && fd >= 0 && is_within(top, fd);
}

static bool lower_is_bad(struct call *c, const struct overlay_words *w)
{
	const char *rest = w->lower;
	struct mount_entry on, below;
	char dir[4096];

	while (overlay_next_lower(&rest, dir, sizeof(dir))) {
		if (is_bad(c, "lower", dir))
			return true;
		if (diagnose_own(c, CLONE_NEWUSER) && diagnose_mount_at(c, dir, &on) == 0 &&
		    diagnose_mount_below(c, &on, dir, &below) == 0) {
			err_why(c->err,
				"%.150s is mounted below %.150s, and locked: the overlay would show "
				"what it covers",
				below.point, dir);
			return true;
		}
	}
	return false;
}

static bool upper_fs_is_bad(struct call *c, const struct overlay_words *w)
{
	auto_close int fd = box_look(c->session, w->upper);
	struct statfs fs;

	if (fd < 0 || fstatfs(fd, &fs) < 0)
		return false;
	if (fs.f_flags & ST_RDONLY)
		err_why(c->err, "upper: %.200s is on a read-only mount", w->upper);
	else if (fs.f_type == OVERLAYFS_SUPER_MAGIC)
		err_why(c->err,
			"upper: %.200s is on an overlay itself, which cannot hold the "
			"marks of another",
			w->upper);
	else if (fs.f_type == MSDOS_SUPER_MAGIC || fs.f_type == NFS_SUPER_MAGIC ||
		 fs.f_type == ISOFS_SUPER_MAGIC || fs.f_type == PROC_SUPER_MAGIC ||
		 fs.f_type == SYSFS_MAGIC)
		err_why(c->err,
			"upper: the file system of %.200s has no whiteouts or extended "
			"attributes",
			w->upper);
	else
		return false;
	err_fix(c->err, "upper and work on another file system, as a tmpfs");
	return true;
}

static bool upper_is_bad(struct call *c, const struct overlay_words *w)
{
	struct mount_entry a, b;
	struct stat u, k;

	if (!w->upper)
		return false;
	if (is_bad(c, "upper", w->upper) || is_bad(c, "work", w->work) || upper_fs_is_bad(c, w))
		return true;
	if (diagnose_stat(c, w->upper, &u) == 0 && diagnose_stat(c, w->work, &k) == 0 &&
	    u.st_dev != k.st_dev)
		err_why(c->err, "upper and work are on different file systems");
	else if (diagnose_mount_at(c, w->upper, &a) == 0 &&
		 diagnose_mount_at(c, w->work, &b) == 0 && a.id != b.id)
		err_why(c->err, "upper and work are on different mounts, at %.150s and %.150s",
			a.point, b.point);
	else if (lies_within(c, w->upper, w->work) || lies_within(c, w->work, w->upper))
		err_why(c->err, "of upper and work one lies in the other");
	else
		return false;
	err_fix(c->err, "two directories beside each other on the same mount");
	return true;
}

/* ELOOP: of two layers one lies in the other (overlayfs.rst, "Overlapping layers"). */
static void overlaps(struct call *c, const struct overlay_words *w)
{
	char a[4096], b[4096];
	const char *first, *second;

	for (first = w->lower; overlay_next_lower(&first, a, sizeof(a));) {
		const char *others[] = {w->upper, w->work};

		for (int i = 0; i < 2; i++)
			if (others[i] &&
			    (lies_within(c, a, others[i]) || lies_within(c, others[i], a)))
				err_why(c->err,
					"of the layers %.150s and %.150s one lies in the other", a,
					others[i]);
		for (second = first; overlay_next_lower(&second, b, sizeof(b));)
			if (lies_within(c, a, b) || lies_within(c, b, a))
				err_why(c->err,
					"of the layers %.150s and %.150s one lies in the other", a,
					b);
	}
	if (c->err->why[0])
		err_fix(c->err, "directories beside each other");
}

static void not_permitted(struct call *c)
{
	unsigned major = 0, minor = 0;
	struct utsname u;

	diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	if (!strstr(c->err->why, "in its own user namespace") || uname(&u) < 0 ||
	    sscanf(u.release, "%u.%u", &major, &minor) != 2)
		return;
	if (major < 5 || (major == 5 && minor < 11))
		err_why(c->err,
			"in a user namespace overlay can be mounted since Linux 5.11, and "
			"this is %.60s",
			u.release);
}

void mount_overlay_diagnose(struct call *c)
{
	struct overlay_words w;
	const char *twice;

	overlay_words(c->argv, &w, &twice);
	if (c->err->errnum == EPERM) {
		not_permitted(c);
	} else if (c->err->errnum == EOVERFLOW ||
		   (c->err->errnum == EACCES && idmap_is_empty(c->session->box.pid, "uid_map"))) {
		err_why(c->err,
			"the box's own user and group ID are not mapped in its user namespace: it "
			"can make no file");
		err_first(c->err, "map root");
	} else if (is_bad(c, "DIR", w.dir) || lower_is_bad(c, &w) || upper_is_bad(c, &w)) {
		return;
	} else if (c->err->errnum == ELOOP) {
		overlaps(c, &w);
	} else if (c->err->errnum == EBUSY) {
		err_why(c->err, "upper or work is in use by another overlay");
	}
}
