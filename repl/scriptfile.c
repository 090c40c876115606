/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files that texts are read from.
 */
#include "repl/script.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "ops/auto.h"
#include "repl/readfile.h"

/* Notes that the file is being read. */
static int enter(struct script *s, int fd, const char *path, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_usage(err, "%s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return err_usage(err, "%s: is a directory", path);
	for (int i = 0; i < s->depth; i++)
		if (S_ISREG(st.st_mode) && s->open[i].dev == st.st_dev &&
		    s->open[i].ino == st.st_ino)
			return err_usage(err, "%s: includes itself", path);
	if (s->depth == INCLUDE_DEPTH)
		return err_usage(err, "%s: includes are nested more than %d deep", path,
				 INCLUDE_DEPTH);
	s->open[s->depth].dev = st.st_dev;
	s->open[s->depth++].ino = st.st_ino;
	return 0;
}

/* A FIFO with a name holds nothing until somebody writes, and its open(2) waits
 * for that. A pipe without one (/dev/fd/N, <(...) of a shell) is another matter,
 * and so is what was opened for us. Without O_NONBLOCK from here on. -1 and *err. */
static int open_text(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct statfs fs;
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0 || fstatfs(fd, &fs) < 0) {
		err_usage(err, "%s: %s", path, strerror(errno));
	} else if (S_ISFIFO(st.st_mode) && fs.f_type != PIPEFS_MAGIC) {
		err_usage(err, "%s: is a FIFO", path);
		err_why(err, "there is nothing in it to read until somebody writes");
		err_fix(err, "ctrsh <%s waits for that", path);
	} else if (S_ISBLK(st.st_mode)) {
		err_usage(err, "%s: is a block device", path);
	} else {
		fcntl(fd, F_SETFL, 0);
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

int script_add_file(struct script *s, const char *path, struct vars *vars, struct problem *p)
{
	bool standard = !strcmp(path, "-");
	auto_close int fd = standard ? dup(0) : open_text(path, &p->err);
	auto_free char *text = NULL;
	size_t len, bom;
	int r;

	memset(&p->place, 0, sizeof(p->place));
	if (fd < 0)
		return standard ? err_usage(&p->err, "%s: %s", path, strerror(errno)) : -1;
	if (enter(s, fd, path, &p->err) < 0)
		return -1;
	text = read_whole(fd, path, &len, &p->err);
	/* A byte order mark says nothing in UTF-8. */
	bom = text && len >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;
	r = text ? script_add_text(s, standard ? "stdin" : path, text + bom, len - bom, vars, p)
		 : -1;
	s->depth--;
	return r;
}
