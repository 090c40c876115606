/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mkdir: a directory in the root that the box has (mkdir(2)). Files belong to no
 * namespace, so while the root is the host's the directory is made there: that
 * is how a root file system is prepared. But never behind a link (target.h).
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "ops/files/nodediag.h"
#include "ops/files/target.h"
#include "ops/sys/sysmount.h"
#include "ops/sys/sysnode.h"
#include "ops/text/mode.h"

struct words {
	bool parents;
	const char *dir;
	const char *mode; /* or NULL */
};

static struct words read_words(int argc, char **argv)
{
	bool parents = !strcmp(argv[1], "--parents");

	return (struct words){.parents = parents,
			      .dir = argv[1 + parents],
			      .mode = argc > 2 + parents ? argv[2 + parents] : NULL};
}

static int check(int argc, char **argv, struct err *err)
{
	struct words w = read_words(argc, argv);
	mode_t mode;

	if (w.mode && !mode_parse(w.mode, &mode))
		return err_usage(err, "mkdir: not a mode in octal: \"%.100s\"", w.mode);
	return 0;
}

static int make(struct call *c, const char *dir, mode_t mode)
{
	auto_target at = TARGET_CLOSED;
	char room[PATH_MAX];
	const char *last;

	if (target_parent(c, dir, room, &at, &last) < 0)
		return -1;
	return sys_mkdirat(c, at.fd, last, mode);
}

/* A mode that is given is meant as it is: the mask takes no bit off it. */
static int make_exactly(struct call *c, const struct words *w)
{
	mode_t mode = 0777, mask = 0;
	int r;

	if (!w->mode || !mode_parse(w->mode, &mode))
		return make(c, w->dir, mode);
	mask = sys_umask(c, 0);
	r = make(c, w->dir, mode);
	sys_umask(c, mask);
	return r;
}

/* 1: it is there. 0: it is not. -1: it is, and is no directory; or a link. */
static int there(struct call *c, const char *dir)
{
	auto_target t = TARGET_CLOSED;
	struct err first = *c->err;
	struct stat st;

	if (target_open(c, dir, &t) < 0 && c->err->errnum == ENOENT) {
		*c->err = first;
		return 0;
	}
	if (t.fd < 0)
		return -1;
	if (fstat(t.fd, &st) == 0 && S_ISDIR(st.st_mode))
		return 1;
	return err_kernel(c->err, 0, "%.300s is there, and is no directory", dir);
}

static int make_parents(struct call *c, const char *dir)
{
	char part[PATH_MAX];
	const char *end = dir + strspn(dir, "/");
	int r;

	for (end += strcspn(end, "/"); *end && end[strspn(end, "/")]; end += strcspn(end, "/")) {
		snprintf(part, sizeof(part), "%.*s", (int)(end - dir), dir);
		r = there(c, part);
		if (r < 0 || (r == 0 && make(c, part, 0777) < 0))
			return -1;
		end += strspn(end, "/");
	}
	return 0;
}

static int box(struct call *c)
{
	struct words w = read_words(c->argc, c->argv);
	int r;

	if (!w.parents)
		return make_exactly(c, &w);
	if (strlen(w.dir) >= PATH_MAX)
		return err_kernel(c->err, ENAMETOOLONG, "mkdir(%.100s...)", w.dir);
	if (make_parents(c, w.dir) < 0)
		return -1;
	r = there(c, w.dir);
	return r ? (r < 0 ? -1 : 0) : make_exactly(c, &w);
}

static void diagnose(struct call *c)
{
	const char *dir = read_words(c->argc, c->argv).dir;

	if (c->err->errnum == EEXIST) {
		err_why(c->err, "there is something of this name");
		err_instead(c->err, "mkdir --parents %s", dir);
	} else {
		diagnose_creation(c, dir);
		if (c->err->errnum == ENOENT && c->err->why[0] && !c->err->fix[0] &&
		    !strncmp(c->err->why, "there is no ", 12))
			err_instead(c->err, "mkdir --parents %s", dir);
	}
}

static const char *const options[] = {"--parents", NULL};

/* A directory that is there stays. */
static int again(struct call *c)
{
	return c->err->errnum == EEXIST ? 0 : -1;
}

const struct op op_mkdir = {
	.name = "mkdir",
	.usage = "mkdir [--parents] DIR [MODE]",
	.summary = "make a directory",
	.detail =
		"In the root that the box has: before chroot that is the host's, and the directory "
		"stays\n"
		"there. A symbolic link on the way is not followed then (it could lead anywhere); "
		"in a\n"
		"root of its own the kernel keeps links inside. MODE is octal and taken as it is; "
		"without\n"
		"it 777 less the umask. With --parents those above are made too, and what exists "
		"is fine.\n"
		"See mkdir(2), path_resolution(7).",
	.argmin = 1,
	.argmax = 2,
	.options = options,
	.args = {{ARG_DIR, NULL}, {ARG_WORD, NULL}},
	.check = check,
	.box = box,
	.again = again,
	.diagnose = diagnose,
};
