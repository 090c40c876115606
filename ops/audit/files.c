/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The host's files: through the root directory, the working directory, open
 * descriptors.
 */
#include "ops/audit/look.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ops/auto.h"
#include "ops/facts/inside.h"
#include "ops/files/within.h"
#include "ops/namespaces/ns.h"

static bool same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static void unreadable(struct finding *f)
{
	found(f, WAY_UNKNOWN, 0, AUDIT_UNREADABLE);
}

/* Where setns(2) leads: the root of the mount namespace. */
static void read_root(struct items *t)
{
	struct stat st;

	if (stat("/", &st) < 0)
		t->errnum = errno;
	else
		items_add(t, "root", "%lu:%lu", (unsigned long)st.st_dev, (unsigned long)st.st_ino);
}

void look_root(const struct audit *a, struct finding *f)
{
	auto_items struct items t = {0};
	struct stat inside, host;
	unsigned long dev, ino;
	const char *top;

	if (a->root < 0 || fstat(a->root, &inside) < 0 || stat("/", &host) < 0) {
		unreadable(f);
		return;
	}
	if (same(&inside, &host)) {
		found(f, WAY_OPEN, audit_pivot(a), "its root directory is the host's");
		return;
	}
	inside_read(a->who, CLONE_NEWNS, read_root, &t);
	top = items_find(&t, "root");
	if (!top || sscanf(top, "%lu:%lu", &dev, &ino) != 2)
		found(f, WAY_UNKNOWN, 0, "its mount namespace can't be entered: %s",
		      strerror(t.errnum));
	else if (dev == inside.st_dev && ino == inside.st_ino)
		found(f, WAY_CLOSED, 0, "its root is that of its mount namespace");
	else if (a->caps & (1ULL << CAP_SYS_CHROOT))
		found(f, WAY_OPEN, STEP_PIVOT | STEP_FRESH,
		      "chroot only, and CAP_SYS_CHROOT leads out again");
	else
		found(f, WAY_PARTLY, STEP_PIVOT | STEP_FRESH,
		      "chroot only: a directory descriptor leads out");
}

void look_working(const struct audit *a, struct finding *f)
{
	auto_close int cwd = openat(a->who->proc, "cwd", O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct stat root, host;

	if (cwd < 0 || a->root < 0 || fstat(a->root, &root) < 0 || stat("/", &host) < 0)
		unreadable(f);
	else if (same(&root, &host))
		found(f, WAY_CLOSED, 0, "inside its root, which is the host's");
	else if (is_within(a->root, cwd))
		found(f, WAY_CLOSED, 0, "inside its root");
	else
		found(f, WAY_OPEN, STEP_CD, "outside its root: .. leads on");
}

/* A box has the socket to its shell, and more, that no program inherits. */
static bool is_inherited(const struct audit *a, const char *fd)
{
	char name[64];
	auto_free char *text = NULL;
	const char *flags;

	snprintf(name, sizeof(name), "fdinfo/%.20s", fd);
	text = a->box ? subject_read(a->who, name, NULL) : NULL;
	flags = text ? strstr(text, "flags:") : NULL;
	return !flags || !(strtoul(flags + 6, NULL, 8) & O_CLOEXEC);
}

static bool leads_out(const struct audit *a, const char *fd)
{
	char name[64];
	auto_close int dir = -1;

	snprintf(name, sizeof(name), "fd/%.20s", fd);
	dir = openat(a->who->proc, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return dir >= 0 && !is_within(a->root, dir);
}

void look_descriptors(const struct audit *a, struct finding *f)
{
	auto_close int dir = openat(a->who->proc, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = dir < 0 ? NULL : fdopendir(steal_fd(&dir));
	char name[64], to[200] = "";
	struct dirent *e;

	if (!d || a->root < 0) {
		unreadable(f);
		if (d)
			closedir(d);
		return;
	}
	found(f, WAY_CLOSED, 0, "no directory outside its root is open");
	while ((e = readdir(d))) {
		if (e->d_name[0] == '.' || !is_inherited(a, e->d_name) || !leads_out(a, e->d_name))
			continue;
		snprintf(name, sizeof(name), "fd/%.20s", e->d_name);
		subject_link(a->who, name, to, sizeof(to));
		found(f, WAY_OPEN, 0, "descriptor %.20s is %s: close it before it starts",
		      e->d_name, to);
	}
	closedir(d);
}
