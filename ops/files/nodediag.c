/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands in the way of a new file: the directory that it should be in, its
 * file system, or the maps of the user namespace (user_namespaces(7)): there an
 * owner is needed that the file system can write down.
 */
#include "ops/files/nodediag.h"

#include <errno.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/box/boxid.h"
#include "ops/files/mountinfo.h"
#include "ops/namespaces/idmap.h"
#include "ops/why/diagnose.h"
#include "ops/why/diagprobe.h"
#include "ops/why/probes.h"

/* After a map in which its own ID has no place, and 0 neither, the box is still who it was. */
static bool has_no_place(struct call *c, const char *file, unsigned id, unsigned *in)
{
	struct idmap m;

	probes_note_file(c, file, file);
	if (idmap_read(c->session->box.pid, file, &m) < 0 || !m.n || idmap_has_out(&m, id))
		return false;
	*in = m.row[0].in;
	return true;
}

static bool diagnose_no_place(struct call *c)
{
	unsigned in = 0, gin = 0;
	bool user, group;
	uid_t uid;
	gid_t gid;

	if (!idmap_ids(c->session->box.pid, &uid, &gid))
		return false;
	user = has_no_place(c, "uid_map", uid, &in);
	group = has_no_place(c, "gid_map", gid, &gin);
	if (!user && !group)
		return false;
	err_why(c->err,
		"the %s ID of the box, %u outside, has no place in the map of its user namespace, so "
		"a file of it could belong to nobody",
		user ? "user" : "group", user ? (unsigned)uid : (unsigned)gid);
	if (user && group)
		err_first(c->err, "setgid %u; setuid %u", gin, in);
	else
		err_first(c->err, user ? "setuid %u" : "setgid %u", user ? in : gin);
	return true;
}

bool diagnose_unmapped(struct call *c)
{
	if (c->err->errnum != EOVERFLOW)
		return false;
	if (!diagnose_lacks_map(c, "uid_map") && !diagnose_lacks_map(c, "gid_map"))
		return diagnose_no_place(c);
	err_why(c->err,
		"in the box's user namespace no %s ID is mapped yet, so a file of the box could "
		"belong to nobody",
		diagnose_lacks_map(c, "uid_map") ? "user" : "group");
	err_first(c->err, "map root");
	return true;
}

static void parent_of(const char *path, char *dir, size_t size)
{
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/')
		n--;
	while (n && path[n - 1] != '/')
		n--;
	while (n > 1 && path[n - 1] == '/')
		n--;
	snprintf(dir, size, "%.*s", n ? (int)n : 1, n ? path : ".");
}

/* A file takes an inode, and a block for its name. Some file systems count no
 * inodes: then there are none (statfs(2)). */
static void find_full(struct call *c, const char *dir, const struct statfs *fs)
{
	probes_note(c, dir, "blocks free", "%llu of %llu", (unsigned long long)fs->f_bavail,
		    (unsigned long long)fs->f_blocks);
	probes_note(c, dir, "inodes free", "%llu of %llu", (unsigned long long)fs->f_ffree,
		    (unsigned long long)fs->f_files);
	if (fs->f_files && !fs->f_ffree)
		err_why(c->err, "the file system of %.200s has no inode left: all %llu are used",
			dir, (unsigned long long)fs->f_files);
	else if (fs->f_blocks && !fs->f_bavail)
		err_why(c->err,
			"the file system of %.200s is full: all %llu blocks of %ld bytes are used",
			dir, (unsigned long long)fs->f_blocks, (long)fs->f_bsize);
}

static bool diagnose_directory(struct call *c, const char *dir)
{
	auto_close int fd = box_look(c->session, dir);
	struct statfs fs;
	struct boxid id;
	struct stat st;

	boxid_read(c->session->box.pid, &id);
	if (fd < 0 || fstat(fd, &st) < 0 || fstatfs(fd, &fs) < 0 || !S_ISDIR(st.st_mode))
		return false;
	if (fs.f_type == PROC_SUPER_MAGIC || fs.f_type == SYSFS_MAGIC)
		err_why(c->err, "%.200s shows what the kernel holds: it alone makes files there",
			dir);
	else if (c->err->errnum == EACCES && !boxid_may_write(&id, &st))
		err_why(c->err,
			"%.200s belongs to user %u and has mode %04o: the box may not write there",
			dir, (unsigned)st.st_uid, (unsigned)st.st_mode & 07777);
	else if (c->err->errnum == EROFS && (fs.f_flags & ST_RDONLY))
		err_why(c->err, "%.200s lies on a file system that is mounted read-only", dir);
	else if (c->err->errnum == ENOSPC)
		find_full(c, dir, &fs);
	else if (c->err->errnum == ENOENT && st.st_nlink == 0)
		err_why(c->err, "%.200s was removed", dir);
	return c->err->why[0];
}

void diagnose_creation(struct call *c, const char *path)
{
	char dir[PATH_MAX];

	parent_of(path, dir, sizeof(dir));
	if (!diagnose_unmapped(c) && !diagnose_directory(c, dir))
		diagnose_path(c, c->err->errnum == ENAMETOOLONG ? path : dir);
}
