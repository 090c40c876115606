/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Programs by which a process gains privileges: those that set the user or
 * group ID (execve(2)), and those with capabilities of their own, which are in the
 * attribute security.capability (capabilities(7), "File capabilities"). Where
 * programs usually are is looked at first; then all of its root directory, on
 * every mount without nosuid, as far as the bounds allow.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#include "ops/audit/look.h"
#include "ops/auto.h"
#include "ops/namespaces/ns.h"

#define MOST_FILES 500000
#define SECONDS    3
#define DEPTH      48

struct walk {
	unsigned files, n; /* looked at; of them, what gains */
	char path[1024];   /* of the directory we are in; "" is the root */
	char first[200];   /* that gains */
	char missed[200];  /* the first directory that could not be read */
	bool deep;         /* also what is below */
	bool late;         /* a bound is reached */
	time_t end;
};

static time_t seconds(void)
{
	struct timespec now = {0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* EOVERFLOW: there are some, for another user namespace. */
static bool has_capabilities(int dir, const char *name)
{
	char path[300];

	snprintf(path, sizeof(path), "/proc/self/fd/%d/%s", dir, name);
	return lgetxattr(path, "security.capability", NULL, 0) > 0 || errno == EOVERFLOW;
}

/* Without the group's right to execute it the bit says something else (inode(7)). */
static bool sets_id(unsigned mode)
{
	return (mode & S_ISUID) || (mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP);
}

static bool gains(int dir, const char *name, const struct stat *st)
{
	if (!S_ISREG(st->st_mode) || !(st->st_mode & 0111))
		return false;
	errno = 0;
	return sets_id(st->st_mode) || has_capabilities(dir, name);
}

/* Nothing gains anything there; the kernel's own have no files of anybody, and no
 * end. */
static bool is_harmless(int dir)
{
	struct statfs fs;

	return fstatfs(dir, &fs) == 0 &&
	       ((fs.f_flags & ST_NOSUID) || fs.f_type == PROC_SUPER_MAGIC ||
		fs.f_type == SYSFS_MAGIC || fs.f_type == CGROUP_SUPER_MAGIC ||
		fs.f_type == CGROUP2_SUPER_MAGIC || fs.f_type == AUTOFS_SUPER_MAGIC);
}

static void walk_directory(struct walk *w, int fd, int depth);

static void walk_below(struct walk *w, int dir, const char *name, int depth)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	size_t len = strlen(w->path);

	if (fd < 0 && errno == ENOENT)
		return;
	if (len + strlen(name) + 2 < sizeof(w->path) && depth < DEPTH)
		snprintf(w->path + len, sizeof(w->path) - len, "/%s", name);
	else
		w->late = true;
	if (fd < 0 && !*w->missed)
		snprintf(w->missed, sizeof(w->missed), "%.199s", w->path);
	if (fd >= 0 && w->path[len])
		walk_directory(w, fd, depth + 1);
	else if (fd >= 0)
		close(fd);
	w->path[len] = '\0';
}

static void look_at(struct walk *w, int dir, const char *name, int depth)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) < 0)
		return;
	w->files += !S_ISDIR(st.st_mode);
	w->late |= w->files > MOST_FILES || (w->files % 64 == 0 && seconds() > w->end);
	if (gains(dir, name, &st) && w->n++ == 0)
		snprintf(w->first, sizeof(w->first), "%.140s/%.50s", w->path, name);
	if (S_ISDIR(st.st_mode) && w->deep && strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
		walk_below(w, dir, name, depth);
}

/* Takes fd. */
static void walk_directory(struct walk *w, int fd, int depth)
{
	DIR *d = is_harmless(fd) ? NULL : fdopendir(fd);
	struct dirent *e;

	if (!d) {
		close(fd);
		return;
	}
	while (!w->late && (e = readdir(d)))
		look_at(w, fd, e->d_name, depth);
	closedir(d);
}

static void walk_from(const struct audit *a, struct walk *w, const char *path, bool deep)
{
	auto_close int at = audit_at(a, path);
	int fd = at < 0 ? -1 : openat(at, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	w->deep = deep;
	snprintf(w->path, sizeof(w->path), "%s", path[1] ? path : "");
	if (fd >= 0)
		walk_directory(w, fd, 0);
	else if (at >= 0 || deep)
		snprintf(w->missed, sizeof(w->missed), "%s", path);
}

static bool is_link(const struct audit *a, const char *name)
{
	struct stat st;

	return fstatat(a->root, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(st.st_mode);
}

static void walk_all(const struct audit *a, struct walk *w)
{
	static const char *const places[] = {
		"/usr/bin",     "/usr/sbin", "/usr/local/bin", "/usr/local/sbin",
		"/usr/libexec", "/bin",      "/sbin",          NULL};

	w->end = seconds() + SECONDS;
	for (const char *const *p = places; *p && !w->late; p++)
		if (!is_link(a, *p + 1))
			walk_from(a, w, *p, false);
	if (w->n || w->late)
		return;
	w->files = 0;
	walk_from(a, w, "/", true);
}

static void none_found(const struct walk *w, struct finding *f)
{
	const char *s = w->files == 1 ? "" : "s";

	if (w->n)
		return;
	if (w->late)
		found(f, WAY_UNKNOWN, STEP_NEWPRIVS, "none in %u file%s, but there are more",
		      w->files, s);
	else if (*w->missed)
		found(f, WAY_UNKNOWN, STEP_NEWPRIVS, "none in %u file%s, but %s can't be read",
		      w->files, s, w->missed);
	else
		found(f, WAY_CLOSED, 0, "none in %u file%s", w->files, s);
}

void look_setuid(const struct audit *a, struct finding *f)
{
	struct walk w = {0};

	if (a->root < 0) {
		found(f, WAY_UNKNOWN, 0, AUDIT_UNREADABLE);
		return;
	}
	if (!a->new_privs) {
		found(f, WAY_CLOSED, 0, "no_new_privs");
		return;
	}
	walk_all(a, &w);
	if (a->shared & CLONE_NEWUSER)
		found(f, WAY_OPEN, STEP_NEWPRIVS, "%u, as %s", w.n, w.first);
	else
		found(f, WAY_PARTLY, STEP_NEWPRIVS, "%u, as %s; for users of its user namespace",
		      w.n, w.first);
	none_found(&w, f);
}
