/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be filled: file systems with a directory that it may write to. It is
 * looked for by the permissions of the directories at the top of each
 * (path_resolution(7)); what is further down is not looked at.
 */
#include <dirent.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "ops/audit/look.h"
#include "ops/auto.h"
#include "ops/namespaces/idmap.h"
#include "ops/namespaces/ns.h"

#define DEPTH 2 /* as /var/tmp */

struct writer {
	uid_t uid;
	gid_t gid;
	bool overrides; /* CAP_DAC_OVERRIDE, over owners that its user namespace has */
	bool mapped;    /* that is not ours */
	struct idmap uids;
};

static bool may_write(const struct writer *w, const struct stat *st)
{
	if (w->overrides && (!w->mapped || idmap_has_out(&w->uids, st->st_uid)))
		return true;
	if (st->st_uid == w->uid)
		return st->st_mode & S_IWUSR;
	if (st->st_gid == w->gid)
		return st->st_mode & S_IWGRP;
	return st->st_mode & S_IWOTH;
}

/* Is it, or a directory below it on the same file system? */
static bool is_writable(const struct writer *w, int at, const struct stat *st, int depth)
{
	auto_close int dir = -1;
	struct dirent *e;
	struct stat below;
	bool found = may_write(w, st);
	DIR *d = NULL;

	if (!found && depth)
		dir = openat(at, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir >= 0)
		d = fdopendir(steal_fd(&dir));
	while (d && !found && (e = readdir(d))) {
		auto_close int fd = -1;

		if (e->d_name[0] == '.' || (e->d_type != DT_DIR && e->d_type != DT_UNKNOWN))
			continue;
		fd = openat(dirfd(d), e->d_name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		found = fd >= 0 && fstat(fd, &below) == 0 && below.st_dev == st->st_dev &&
			is_writable(w, fd, &below, depth - 1);
	}
	if (d)
		closedir(d);
	return found;
}

static void look_at_writer(const struct audit *a, struct writer *w)
{
	*w = (struct writer){.overrides = a->caps & (1ULL << CAP_DAC_OVERRIDE)};
	idmap_ids(a->who->pid, &w->uid, &w->gid);
	w->mapped = !(a->shared & CLONE_NEWUSER);
	if (w->mapped && idmap_read(a->who->pid, "uid_map", &w->uids) < 0)
		w->overrides = false;
}

static bool can_fill(const struct audit *a, const struct writer *w, const char *point)
{
	auto_close int fd = audit_at(a, point);
	struct statvfs vfs;
	struct stat st;

	return fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) && fstatvfs(fd, &vfs) == 0 &&
	       !(vfs.f_flag & ST_RDONLY) && is_writable(w, fd, &st, DEPTH);
}

/* What is no mount can't be made read-only as a mount (mount_setattr(2)). */
static bool root_is_mount(const struct audit *a)
{
	struct statx st;

	return statx(a->root, "", AT_EMPTY_PATH, STATX_TYPE, &st) == 0 &&
	       (st.stx_attributes & st.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT);
}

void look_disk_space(const struct audit *a, struct finding *f)
{
	struct writer w;

	if (a->root < 0) {
		found(f, WAY_UNKNOWN, 0, AUDIT_UNREADABLE);
		return;
	}
	look_at_writer(a, &w);
	for (int i = 0; i < a->n_mounts; i++) {
		const struct mount_entry *e = &a->mounts[i];

		if (!strcmp(e->point, "/") || audit_is_kernels(e->type) || !audit_is_hosts(a, e) ||
		    !audit_sees(a, e) || !can_fill(a, &w, e->point))
			continue;
		found(f, WAY_OPEN, 0, "%s can be filled, which is the host's", e->point);
		return;
	}
	if (!can_fill(a, &w, "/"))
		found(f, WAY_CLOSED, 0,
		      "no directory that it may write to at the top of its mounts");
	else
		found(f, WAY_OPEN,
		      !(a->shared & CLONE_NEWNS) && !audit_pivot(a) && root_is_mount(a)
			      ? STEP_READ_ONLY
			      : 0,
		      "the file system of its root can be filled");
}
