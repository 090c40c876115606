/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One look-up with openat2(2), whose RESOLVE_NO_SYMLINKS and
 * RESOLVE_NO_MAGICLINKS hold for each component; what is renamed afterwards
 * changes nothing for the descriptor. (Without openat2, a kernel before 5.6: a
 * walk with O_NOFOLLOW, which passes through no link at all.)
 *
 * mount(2) takes names only. With the host's root the name is the descriptor's,
 * /proc/self/fd/N in the host's own /proc. In a root of the box's own, where no
 * /proc need be, it is the path: there the kernel itself resolves every link
 * inside that root, so that whoever changes a name behind our back reaches
 * nothing that he could not have named before. Nor does a mount in a namespace
 * of the box's own ever change the host's: a mount point must lie in the
 * caller's namespace (mount(2), EINVAL).
 */
#include "ops/files/target.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/files/follow.h"
#include "ops/sys/sys.h"
#include "ops/sys/sysmount.h"

static struct stat host_root;

void target_note_root(void)
{
	if (stat("/", &host_root) < 0)
		memset(&host_root, 0, sizeof(host_root));
}

/* Is the root the host's, or (chroot --keep-cwd) does the path begin outside of
 * it? A second view of the host's root, by a bind mount, counts as the host's. */
static bool meets_host(const char *path)
{
	char cwd[PATH_MAX];
	struct stat st;

	if (stat("/", &st) < 0 || !host_root.st_ino ||
	    (st.st_dev == host_root.st_dev && st.st_ino == host_root.st_ino))
		return true;
	/* The call gives "(unreachable)/…" for a directory outside (getcwd(3)). */
	return path[0] != '/' && (syscall(SYS_getcwd, cwd, sizeof(cwd)) < 0 || cwd[0] != '/');
}

/* The first symbolic link on the path: in *part the path up to it, in *to where
 * it leads. */
static bool find_link(int dirfd, const char *path, char *part, char *to)
{
	const char *end = path;
	ssize_t n;

	while (*end && strlen(path) < PATH_MAX) {
		end += strspn(end, "/");
		end += strcspn(end, "/");
		memcpy(part, path, (size_t)(end - path));
		part[end - path] = '\0';
		n = readlinkat(dirfd, part, to, PATH_MAX - 1);
		if (n >= 0) {
			to[n] = '\0';
			return true;
		}
	}
	return false;
}

/* Why a link was not followed. */
enum rule { NO_LINKS_HOST, NO_LINKS_OLD, NO_MAGIC };

/* An absolute link in an image is meant for the image's root, which is not known
 * here: what it leads to on the host is not what is wanted. */
static void advise(struct call *c, int dirfd, const char *path, enum rule rule)
{
	auto_close int root = open("/", O_PATH | O_CLOEXEC);
	const char *or_chroot = rule == NO_LINKS_OLD ? "" : ", or chroot first";
	struct followed f;
	bool there = follow_links(root, dirfd, path, &f);

	if (f.circle) {
		err_why(c->err, "%.300s: symbolic links on it go in a circle", path);
		err_fix(c->err, "name another place");
	} else if (f.absolute) {
		err_fix(c->err,
			"%sin an image the link means the image's own %.200s, here it leads to the "
			"host's",
			rule == NO_LINKS_OLD ? "name what is meant: " : "chroot first: ", f.real);
	} else if (there && dirfd == AT_FDCWD) {
		err_fix(c->err, "name the real path, %.300s%s", f.real, or_chroot);
	} else {
		err_fix(c->err, "name the real path%s", or_chroot);
	}
}

static int explain(struct call *c, int dirfd, const char *path, enum rule rule)
{
	char part[PATH_MAX], to[PATH_MAX];
	struct stat st;

	if (!find_link(dirfd, path, part, to))
		return -1;
	if (rule == NO_MAGIC && (fstatat(dirfd, path, &st, 0) == 0 || errno != ELOOP)) {
		err_why(c->err,
			"%.150s is a symbolic link to %.150s; on the way is a magic link of /proc, "
			"as /proc/PID/root, which can lead out of the box's root",
			part, to);
		return -1;
	}
	if (rule == NO_MAGIC) {
		err_why(c->err, "%.200s is a symbolic link to %.200s, and they go in a circle",
			part, to);
		return -1;
	}
	err_why(c->err, "%.150s is a symbolic link to %.150s, and %s", part, to,
		rule == NO_LINKS_OLD
			? "this kernel has no openat2(2), with which to follow it safely"
			: "the box sees the host's files: a link may lead anywhere there");
	advise(c, dirfd, path, rule);
	return -1;
}

/* Without openat2(2). */
static int walk(struct call *c, int dirfd, const char *path, int flags, enum rule rule)
{
	const char *name = path + strspn(path, "/");
	char part[NAME_MAX + 1];
	struct stat st;
	auto_close int at = sys_openat_nofollow(c, dirfd, *path == '/' ? "/" : ".");

	while (at >= 0 && *name) {
		size_t n = strcspn(name, "/");
		auto_close int up = steal_fd(&at);

		if (n > NAME_MAX)
			return err_kernel(c->err, ENAMETOOLONG, "%.100s", path);
		snprintf(part, sizeof(part), "%.*s", (int)n, name);
		at = sys_openat_nofollow(c, up, part);
		if (at < 0)
			return -1;
		if (fstat(at, &st) < 0)
			return sys_report(c, -1, errno, "fstat(%d)", at);
		if (S_ISLNK(st.st_mode)) {
			err_kernel(c->err, 0, "%s: a symbolic link is in the way: %.200s",
				   c->op->name, path);
			return explain(c, dirfd, path, rule);
		}
		if ((name[n] || (flags & O_DIRECTORY)) && !S_ISDIR(st.st_mode))
			return err_kernel(c->err, ENOTDIR, "%.200s", path);
		name += n + strspn(name + n, "/");
	}
	return at < 0 ? -1 : steal_fd(&at);
}

/* A seccomp filter that does not know the call answers EPERM, which it never has
 * of its own with these flags. */
static int look_up(struct call *c, int dirfd, const char *path, int flags, bool host)
{
	int fd = sys_openat2_path(c, dirfd, path, flags,
				  host ? RESOLVE_NO_SYMLINKS : RESOLVE_NO_MAGICLINKS);

	if (fd >= 0)
		return fd;
	if (*path && (c->err->errnum == ENOSYS || c->err->errnum == EPERM)) {
		*c->err = (struct err){0};
		return walk(c, dirfd, path, flags, host ? NO_LINKS_HOST : NO_LINKS_OLD);
	}
	if (c->err->errnum == ELOOP)
		explain(c, dirfd, path, host ? NO_LINKS_HOST : NO_MAGIC);
	return -1;
}

/* Not in the /proc of a PID namespace that we are not in: there is no self. */
static bool proc_shows(const char *self)
{
	struct statfs fs;

	return statfs("/proc", &fs) == 0 && fs.f_type == PROC_SUPER_MAGIC &&
	       access(self, F_OK) == 0;
}

static int open_at(struct call *c, int dirfd, const char *path, int flags, bool host,
		   struct target *t)
{
	t->fd = look_up(c, dirfd, path, flags, host);
	t->name = path;
	if (t->fd < 0)
		return -1;
	snprintf(t->self, sizeof(t->self), "/proc/self/fd/%d", t->fd);
	if (host && proc_shows(t->self))
		t->name = t->self;
	return 0;
}

int target_open(struct call *c, const char *path, struct target *t)
{
	return open_at(c, AT_FDCWD, path, 0, meets_host(path), t);
}

int target_below(struct call *c, int dirfd, const char *path, struct target *t)
{
	t->name = NULL;
	t->fd = look_up(c, dirfd, path, 0, true);
	return t->fd < 0 ? -1 : 0;
}

int target_parent(struct call *c, const char *path, char *room, struct target *t, const char **last)
{
	size_t n = strlen(path), m;

	t->fd = -1;
	if (n > PATH_MAX - 3)
		return err_kernel(c->err, ENAMETOOLONG, "%.100s", path);
	while (n && path[n - 1] == '/')
		n--;
	for (m = n; m && path[m - 1] != '/'; m--)
		;
	/* "dir\0last", and "." or "/" where no dir is written. */
	snprintf(room, PATH_MAX, "%.*s", m ? (int)m : 1, m ? path : ".");
	snprintf(room + strlen(room) + 1, PATH_MAX - strlen(room) - 1, "%.*s", (int)(n - m),
		 path + m);
	*last = room + strlen(room) + 1;
	if (!**last || !strcmp(*last, ".") || !strcmp(*last, ".."))
		return err_usage(c->err, "%s: not a name for something new: \"%.200s\"",
				 c->op->name, path);
	return open_at(c, AT_FDCWD, room, O_DIRECTORY, meets_host(path), t);
}

void target_close(struct target *t)
{
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
}
