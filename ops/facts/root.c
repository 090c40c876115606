/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands in the root directory of a process. The directory may be a
 * stranger's: no link in it is followed from here, and where one leads is looked
 * up as a process with that root would (openat2(2), RESOLVE_IN_ROOT). What is
 * asked of a file is what the kernel knows already: no server of a network file
 * system, no automount (AT_STATX_DONT_SYNC, AT_NO_AUTOMOUNT).
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"

static const char *kind(unsigned mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:
		return "directory";
	case S_IFREG:
		return "file";
	case S_IFLNK:
		return "link";
	case S_IFCHR:
		return "character device";
	case S_IFBLK:
		return "block device";
	case S_IFIFO:
		return "FIFO";
	case S_IFSOCK:
		return "socket";
	default:
		return "?";
	}
}

static int look(int fd, const char *name, int flags, struct statx *st)
{
	return statx(fd, name, flags | AT_NO_AUTOMOUNT | AT_STATX_DONT_SYNC, STATX_TYPE, st);
}

static void add_link(int root, const char *name, struct items *t)
{
	struct open_how how = {.flags = O_PATH | O_CLOEXEC,
			       .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
	char to[1024];
	ssize_t n = readlinkat(root, name, to, sizeof(to) - 1);
	auto_close int fd = (int)syscall(SYS_openat2, root, name, &how, sizeof(how));
	struct statx st;

	to[n < 0 ? 0 : n] = '\0';
	if (fd < 0)
		items_add(t, name, "link to %s: %s", to, strerror(errno));
	else if (look(fd, "", AT_EMPTY_PATH, &st) == 0)
		items_add(t, name, "link to %s, a %s", to, kind(st.stx_mode));
	else
		items_add(t, name, "link to %s", to);
}

static void add_name(int root, const char *name, struct items *t)
{
	struct statx st;

	if (look(root, name, AT_SYMLINK_NOFOLLOW, &st) < 0)
		items_add(t, name, "not readable: %s", strerror(errno));
	else if (S_ISLNK(st.stx_mode))
		add_link(root, name, t);
	else
		items_add(t, name, "%s%s", kind(st.stx_mode),
			  st.stx_attributes & STATX_ATTR_MOUNT_ROOT ? ", a mount" : "");
}

static int is_shown(const struct dirent *e)
{
	return strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
}

static void read_fact(const struct subject *who, struct items *t)
{
	auto_close int root = openat(who->proc, "root", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct dirent **list = NULL;
	int n = root < 0 ? -1 : scandirat(root, ".", &list, is_shown, alphasort);

	if (n < 0)
		t->errnum = errno;
	for (int i = 0; i < n; i++) {
		add_name(root, list[i]->d_name, t);
		free(list[i]);
	}
	free(list);
}

const struct fact fact_root = {
	.name = "root",
	.summary = "what stands in its root directory",
	.keys = "name",
	.read = read_fact,
};
