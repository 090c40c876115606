/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bind mounts, changes and umount that were refused: what lies where, and what
 * came locked from a more privileged mount namespace (mount_namespaces(7)).
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/session.h"
#include "ops/files/mountdiag.h"
#include "ops/files/mountinfo.h"
#include "ops/files/mountuser.h"
#include "ops/namespaces/ns.h"
#include "ops/why/diagnose.h"
#include "ops/why/diagprobe.h"
#include "ops/why/probes.h"

static bool is_call(const struct call *c, const char *name)
{
	return !strncmp(c->err->what, name, strlen(name));
}

/* What the box was given when it got its mount namespace in a user namespace. */
static bool may_be_locked(struct call *c)
{
	return diagnose_in_user_namespace(c);
}

static void find_unbindable(struct call *c, const char *src)
{
	struct mount_entry on, below;

	if (diagnose_mount_at(c, src, &on) < 0) {
		err_why(c->err, "%.200s is not in the box's mount namespace", src);
	} else if (strstr(on.optional, "unbindable")) {
		err_why(c->err, "the mount at %.200s is unbindable", on.point);
		err_first(c->err, "propagation private %s", on.point);
	} else if (may_be_locked(c) && !strcmp(c->op->name, "mount bind") &&
		   diagnose_mount_below(c, &on, src, &below) == 0) {
		err_why(c->err,
			"%.100s is mounted below it, and locked: a copy without it would show what "
			"it covers",
			below.point);
		err_instead(c->err, "mount rbind %s %s", src, c->argv[2]);
	}
}

static void find_mismatch(struct call *c, const char *src, const char *dir)
{
	char at[PATH_MAX];
	const char *name;
	struct stat a, b;

	if (diagnose_stat(c, src, &a) < 0 || diagnose_stat(c, dir, &b) < 0 ||
	    S_ISDIR(a.st_mode) == S_ISDIR(b.st_mode))
		return;
	err_why(c->err, "%.150s is a %s, and %.150s is a %s", src,
		S_ISDIR(a.st_mode) ? "directory" : "file", dir,
		S_ISDIR(b.st_mode) ? "directory" : "file");
	name = strrchr(src, '/') ? strrchr(src, '/') + 1 : src;
	if (S_ISDIR(a.st_mode))
		err_fix(c->err, "a directory is mounted at a directory: mkdir makes one");
	else if (*name && snprintf(at, sizeof(at), "%s/%s", dir, name) < (int)sizeof(at))
		err_instead(c->err, "run touch %s; mount bind %s %s", at, src, at);
}

/* A filter, too, answers so (seccomp(2)). */
static void too_old(struct call *c)
{
	unsigned major, minor, want = is_call(c, "mount_setattr") ? 12 : 2;
	struct utsname u;

	if (uname(&u) < 0 || sscanf(u.release, "%u.%u", &major, &minor) != 2)
		return;
	probes_note(c, "uname(2)", "kernel", "%s", u.release);
	if (major > 5 || (major == 5 && minor >= want))
		return;
	if (want == 12)
		err_why(c->err, "mount_setattr(2) came with Linux 5.12");
	else
		err_why(c->err, "open_tree(2), move_mount(2), fspick(2) came with Linux 5.2");
}

static void locked_attribute(struct call *c, const char *dir)
{
	struct mount_entry e;

	diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	if (!may_be_locked(c) || diagnose_mount_at(c, dir, &e) < 0 ||
	    strstr(c->err->why, "not hold"))
		return;
	err_why(c->err,
		"the mount at %.150s came with %.100s from a more privileged mount namespace: "
		"what restricts is locked",
		e.point, e.options);
}

/* A directory is shown at a directory, anything else at a file. */
static void make_place(struct call *c, const char *src, const char *dir)
{
	char missing[PATH_MAX], parent[PATH_MAX];
	struct stat st;
	char *slash;

	if (c->err->errnum != ENOENT || !diagnose_absent(c, dir, missing) ||
	    diagnose_stat(c, src, &st) < 0)
		return;
	snprintf(parent, sizeof(parent), "%s", missing);
	slash = strrchr(parent, '/');
	if (slash)
		*slash = '\0';
	if (S_ISDIR(st.st_mode))
		err_first(c->err, "mkdir --parents %s", missing);
	else if (slash && parent[0] && diagnose_stat(c, parent, &st) < 0)
		err_first(c->err, "mkdir --parents %s; run touch %s", parent, missing);
	else
		err_first(c->err, "run touch %s", missing);
}

void mount_bind_diagnose(struct call *c)
{
	const char *src = c->argv[1], *dir = c->argv[2];

	if (c->err->errnum == ENOSYS)
		too_old(c);
	else if (c->err->errnum == EPERM && is_call(c, "mount_setattr"))
		locked_attribute(c, src);
	else if (c->err->errnum == EPERM)
		diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	else if (c->err->errnum == EINVAL && is_call(c, "open_tree"))
		find_unbindable(c, src);
	else if (is_call(c, "move_mount")) /* EINVAL */
		find_mismatch(c, src, dir);
	else if (diagnose_path(c, is_call(c, "open_tree") ? src : dir) && !is_call(c, "open_tree"))
		make_place(c, src, dir);
}

static void find_writer(struct call *c, const char *dir)
{
	struct mount_entry on;
	char who[96];

	if (diagnose_mount_at(c, dir, &on) == 0 && mount_user(c, on.id, true, who, sizeof(who)))
		err_why(c->err, "a file there is open for writing: %s", who);
}

/* Is the box's root directory there? */
static bool leads_to_root(struct call *c, const char *dir)
{
	struct stat root, st;

	return diagnose_stat(c, "/", &root) == 0 && diagnose_stat(c, dir, &st) == 0 &&
	       root.st_dev == st.st_dev && root.st_ino == st.st_ino;
}

/* What is mounted on the root directory is above it, and / does not lead there, but /.. does
 * (path_resolution(7)). */
static void no_mount_point(struct call *c, const char *dir)
{
	err_why(c->err, "%.200s is not a mount point", dir);
	if (leads_to_root(c, dir))
		err_first(c->err, "mount bind / /; chroot /..");
	else
		err_first(c->err, "mount bind %s %s", dir, dir);
}

void mount_change_diagnose(struct call *c)
{
	bool remount = !strcmp(c->op->name, "remount");
	const char *dir = c->argv[c->argc - 1];

	if (remount)
		dir = c->argv[c->argc - 2];
	else if (c->argc == 2 || (c->argc == 3 && !strncmp(c->argv[1], "--", 2)))
		dir = "/";
	if (c->err->errnum == ENOSYS) {
		too_old(c);
	} else if (c->err->errnum == EPERM) {
		locked_attribute(c, dir);
	} else if (c->err->errnum == EINVAL && !diagnose_is_mount_point(c, dir)) {
		no_mount_point(c, dir);
	} else if (c->err->errnum == EBUSY && is_call(c, "mount_setattr")) {
		find_writer(c, dir);
	} else {
		diagnose_path(c, dir);
	}
}

/* Mounts in the tree on that one, as far as each comes behind its parent. */
static int count_below(struct call *c, const struct mount_entry *on)
{
	auto_fclose FILE *f = mountinfo_open(c->session);
	int ids[256] = {on->id}, n = 1;
	struct mount_entry e;

	while (n < 256 && mountinfo_next(f, &e))
		for (int i = 0; i < n; i++)
			if (e.parent == ids[i] && e.id != e.parent) {
				ids[n++] = e.id;
				break;
			}
	return n - 1;
}

static void find_user(struct call *c, const char *dir)
{
	struct mount_entry on, below, cwd;
	int n;
	char who[96];

	if (diagnose_mount_at(c, dir, &on) < 0)
		return;
	n = count_below(c, &on);
	if (n > 1) {
		err_why(c->err, "something uses it: %d mounts are on it", n);
		err_instead(c->err, "umount --lazy %s", dir);
	} else if (diagnose_mount_below(c, &on, on.point, &below) == 0) {
		err_why(c->err, "something uses it: %.200s is mounted below it", below.point);
		err_first(c->err, "umount %s", below.point);
	} else if (diagnose_mount_at(c, ".", &cwd) == 0 && cwd.id == on.id) {
		err_why(c->err, "something uses it: the box's working directory is there");
		err_instead(c->err, "cd /; umount %s", on.point);
	} else if (mount_user(c, on.id, false, who, sizeof(who))) {
		err_why(c->err, "something uses it: %s", who);
		err_instead(c->err, "umount --lazy %s", dir);
	}
}

static void find_mount(struct call *c, const char *dir)
{
	auto_close int fd = box_look(c->session, dir);

	if (fd < 0)
		diagnose_path(c, dir);
	else if (!diagnose_is_mount_point(c, dir))
		err_why(c->err, "nothing is mounted at %.200s", dir);
	else if (may_be_locked(c))
		err_why(c->err,
			"the mount came with the namespace from a more privileged one, and is "
			"locked (mount_namespaces(7)); mount something over it instead");
}

/* The kernel would at most make its file system read-only (do_umount() in fs/namespace.c). */
static bool is_root(struct call *c, const char *dir)
{
	if (!leads_to_root(c, dir))
		return false;
	err_why(c->err,
		"%.200s is the root of the box: the root of a mount namespace cannot be unmounted",
		dir);
	err_fix(c->err, "pivot_root makes another directory the root, and takes this one away");
	return true;
}

void umount_diagnose(struct call *c)
{
	const char *dir = c->argv[c->argc - 1];

	if (c->err->errnum == EPERM)
		diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	else if ((c->err->errnum == EBUSY || c->err->errnum == EINVAL) && is_root(c, dir))
		return;
	else if (c->err->errnum == EBUSY)
		find_user(c, dir);
	else if (c->err->errnum == EINVAL)
		find_mount(c, dir);
	else
		diagnose_path(c, dir);
}
