/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of files as the box sees them, read from outside: through its
 * /proc/PID/root, with every look-up kept below that root (openat2(2),
 * RESOLVE_IN_ROOT), for a link in a foreign root must not lead to the host.
 */
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "repl/complete.h"

static int open_below(int root, const char *path, int flags)
{
	struct open_how how = {.flags = (unsigned)(flags | O_CLOEXEC), .resolve = RESOLVE_IN_ROOT};

	return (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
}

static int open_root(const struct shell *sh)
{
	char path[64];

	if (!sh->session.box.pid)
		return open("/", O_PATH | O_CLOEXEC);
	box_proc(&sh->session, path, sizeof(path), "root");
	return open(path, O_PATH | O_CLOEXEC);
}

static const char *link_of(const struct shell *sh, const char *name, char *buf, size_t size)
{
	char path[64] = "/proc/self/";
	ssize_t n;

	if (sh->session.box.pid)
		box_proc(&sh->session, path, sizeof(path), name);
	else
		strcat(path, name);
	n = readlink(path, buf, size - 1);
	buf[n > 0 ? n : 0] = '\0';
	return buf;
}

/* The box's working directory, from its root; NULL: it lies outside. */
static const char *working_directory(const struct shell *sh, char *buf, size_t size)
{
	char root[1024];
	size_t n;

	link_of(sh, "root", root, sizeof(root));
	link_of(sh, "cwd", buf, size);
	n = strcmp(root, "/") ? strlen(root) : 0;
	if (strncmp(buf, root, n) != 0 || (buf[n] && buf[n] != '/'))
		return NULL;
	memmove(buf, buf + n, strlen(buf + n) + 1);
	return buf;
}

static bool wanted(int dir, const char *name, enum arg_kind only, bool *is_dir)
{
	struct stat st;

	*is_dir = false;
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return false;
	*is_dir = S_ISDIR(st.st_mode);
	if (only == ARG_DIR)
		return *is_dir || S_ISLNK(st.st_mode);
	if (only == ARG_PROGRAM)
		return *is_dir || S_ISLNK(st.st_mode) || (st.st_mode & 0111);
	return true;
}

/* Adds PREFIX + name for the names in dir that begin with base. */
static void add_directory(int root, const char *dir, const char *prefix, const char *base,
			  enum arg_kind only)
{
	int fd = open_below(root, dir, O_RDONLY | O_DIRECTORY);
	DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
	char name[4500];
	struct dirent *e;
	bool is_dir;

	while (d && (e = readdir(d)) != NULL) {
		if (strncmp(e->d_name, base, strlen(base)) != 0 ||
		    (e->d_name[0] == '.' && base[0] != '.') ||
		    !wanted(dirfd(d), e->d_name, only, &is_dir))
			continue;
		snprintf(name, sizeof(name), "%s%s%s", prefix, e->d_name,
			 is_dir && only != ARG_PROGRAM ? "/"
			 : is_dir && *prefix           ? "/"
						       : "");
		if (!is_dir || only != ARG_PROGRAM || *prefix)
			complete_add(name, prefix);
	}
	if (d)
		closedir(d);
	else if (fd >= 0)
		close(fd);
}

static void add_programs(int root, const char *text)
{
	const char *path = getenv("PATH");
	char *copy = strdup(path ? path : "/usr/bin:/bin:/usr/sbin:/sbin");

	for (char *dir = copy ? strtok(copy, ":") : NULL; dir; dir = strtok(NULL, ":"))
		add_directory(root, dir, "", text, ARG_PROGRAM);
	free(copy);
}

void complete_in_box(const struct shell *sh, const char *text, enum arg_kind only)
{
	auto_close int root = open_root(sh);
	const char *slash = strrchr(text, '/');
	char cwd[1024], dir[4200], prefix[2048];

	if (only == ARG_PROGRAM && !slash) {
		add_programs(root, text);
		return;
	}
	snprintf(prefix, sizeof(prefix), "%.*s", slash ? (int)(slash + 1 - text) : 0, text);
	if (text[0] == '/')
		snprintf(dir, sizeof(dir), "%s", prefix);
	else if (working_directory(sh, cwd, sizeof(cwd)))
		snprintf(dir, sizeof(dir), "%s/%s", cwd, prefix);
	else
		return;
	add_directory(root, dir, prefix, slash ? slash + 1 : text, only);
}
