/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A path, part by part, as the box sees it from its root.
 */
#include "ops/why/diagnose.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/box/boxid.h"
#include "ops/files/mountinfo.h"
#include "ops/why/probes.h"

/* id: who looks. */
static int look(int base, const char *path, bool rooted, const struct boxid *id)
{
	struct open_how how = {.flags = O_PATH | O_CLOEXEC,
			       .resolve = rooted ? RESOLVE_IN_ROOT : 0};
	auto_close int fd = (int)syscall(SYS_openat2, base, path, &how, sizeof(how));
	struct stat st;

	if (fd < 0)
		return errno;
	return fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) && !boxid_may_search(id, &st) ? EPERM : 0;
}

/* There is a link of this name, but not what it leads to. */
static bool dangles(struct call *c, int base, const char *path)
{
	char target[ERR_TEXT / 2];
	ssize_t n = readlinkat(base, path[0] == '/' ? path + strspn(path, "/") : path, target,
			       sizeof(target) - 1);

	if (n <= 0)
		return false;
	target[n] = '\0';
	err_why(c->err, "%.200s is a symbolic link to %.200s, and that is not there", path, target);
	return true;
}

/* A name in a path has at most NAME_MAX bytes, the whole less than PATH_MAX (path_resolution(7)).
 */
static bool is_too_long(struct call *c, const char *path)
{
	size_t n;

	if (c->err->errnum != ENAMETOOLONG)
		return false;
	if (strlen(path) >= PATH_MAX) {
		err_why(c->err, "the path has %zu bytes, and %d are the most", strlen(path),
			PATH_MAX - 1);
		return true;
	}
	for (const char *p = path; *p; p += n) {
		p += strspn(p, "/");
		n = strcspn(p, "/");
		if (n <= NAME_MAX)
			continue;
		err_why(c->err, "a name in it has %zu bytes, and %d are the most: %.40s...", n,
			NAME_MAX, p);
		return true;
	}
	return false;
}

/* What looking at this part of the path gave. false: that tells nothing. */
static bool tell(struct call *c, int errnum, int base, const char *part, bool last, uid_t uid)
{
	switch (errnum) {
	case EPERM: /* what the shell sees, the box's user may not enter */
		err_why(c->err, "%s has no x permission for user %u", part, (unsigned)uid);
		return true;
	case ENOENT:
		if (!dangles(c, base, part))
			err_why(c->err, "there is no %s%s", part, last ? "" : ", on the way");
		return true;
	case ENOTDIR:
		err_why(c->err, "the part above %s is not a directory", part);
		return true;
	case ELOOP:
		err_why(c->err,
			"at %s symbolic links lead in a circle, or more than 40 follow each other "
			"(path_resolution(7))",
			part);
		return true;
	case EACCES:
		err_why(c->err, "%s lies in a directory that user %u may not search", part,
			(unsigned)uid);
		return true;
	default:
		return false;
	}
}

bool diagnose_path(struct call *c, const char *path)
{
	bool rooted = path[0] == '/';
	auto_close int base = -1;
	char part[ERR_TEXT / 2], proc[64];
	const char *end = path;
	struct boxid id;
	struct stat st;

	if (is_too_long(c, path))
		return true;
	box_proc(c->session, proc, sizeof(proc), rooted ? "root" : "cwd");
	base = open(proc, O_PATH | O_DIRECTORY | O_CLOEXEC);
	boxid_read(c->session->box.pid, &id);
	while (base >= 0 && *end) {
		int errnum;

		end += strspn(end, "/");
		end += strcspn(end, "/");
		if ((size_t)(end - path) >= sizeof(part))
			break;
		snprintf(part, sizeof(part), "%.*s", (int)(end - path), path);
		errnum = look(base, part, rooted, &id);
		probes_note(c, proc, part, "%s", errnum ? strerror(errnum) : "there");
		if (errnum && !(errnum == EPERM && c->err->errnum != EACCES))
			return tell(c, errnum, base, part, !*end, id.uid);
	}
	if (c->err->errnum == ENOTDIR && box_stat(c->session, path, &st) == 0 &&
	    !S_ISDIR(st.st_mode))
		err_why(c->err, "%s is not a directory", path);
	return c->err->why[0] != '\0';
}
