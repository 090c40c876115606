/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reasons of pivot_root(2), in the order in which the kernel looks for them
 * (path_pivot_root() in fs/namespace.c). mountinfo of a process shows the mounts
 * as that process names them, so what is not below the box's root is not in it
 * (proc_pid_mountinfo(5)).
 */
#include "ops/files/pivotdiag.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/files/mountinfo.h"
#include "ops/namespaces/ns.h"
#include "ops/why/diagnose.h"
#include "ops/why/diagprobe.h"

static bool is_shared(struct call *c, int id)
{
	auto_fclose FILE *f = mountinfo_open(c->session);
	struct mount_entry m;

	while (mountinfo_next(f, &m))
		if (m.id == id)
			return strstr(m.optional, "shared:");
	return false;
}

/* The topmost mount at the root. */
static bool find_root(struct call *c, struct mount_entry *root)
{
	auto_fclose FILE *f = mountinfo_open(c->session);
	struct mount_entry m;
	bool any = false;

	while (mountinfo_next(f, &m))
		if (!strcmp(m.point, "/")) {
			*root = m;
			any = true;
		}
	return any;
}

struct place {
	struct mount_entry on; /* the mount on which it is; id 0: not found */
	bool is_point;
};

static struct place look(struct call *c, const char *path)
{
	struct place p = {.is_point = diagnose_is_mount_point(c, path)};

	if (diagnose_mount_at(c, path, &p.on) < 0)
		p.on.id = 0;
	return p;
}

static bool diagnose_root(struct call *c, const struct mount_entry *root)
{
	if (!strcmp(root->type, "rootfs")) {
		err_why(c->err,
			"the root is the kernel's initial one (rootfs), which lies below all "
			"others and cannot be moved");
		err_instead(c->err, "chroot %s", c->argv[1]);
	} else if (is_shared(c, root->parent)) {
		err_why(c->err,
			"the mount below the root is shared: the kernel moves no root there, as that "
			"would reach all that it is shared with");
		err_first(c->err, "propagation --recursive private");
	}
	return c->err->why[0];
}

/* The mount that NEW's mount is on; NEW's own where the op is to bind it. */
static bool diagnose_shared(struct call *c, struct place new_root, struct place old)
{
	if (is_shared(c, new_root.is_point ? new_root.on.parent : new_root.on.id))
		err_why(c->err,
			"the mount that %.200s is mounted on is shared: the kernel moves "
			"no root there, as that would reach all that it is shared with",
			c->argv[1]);
	else if (old.on.id && is_shared(c, old.on.id))
		err_why(c->err,
			"the mount in which %.200s lies is shared: the kernel moves no root "
			"there, as that would reach all that it is shared with",
			c->argv[2]);
	if (c->err->why[0])
		err_first(c->err, "propagation --recursive private");
	return c->err->why[0];
}

static void diagnose_old(struct call *c, struct place old, int root)
{
	const char *name = c->argv[1];

	if (!old.on.id)
		return;
	err_why(c->err, "%.200s %s %.200s", c->argv[2],
		old.on.id == root ? "lies on the present root, not below" : "is not at or below",
		name);
	err_instead(c->err, "mkdir --parents %s/old; pivot_root %s %s/old", name, name, name);
}

static bool path_of(struct call *c, const char *path, char *real, unsigned size)
{
	auto_close int fd = box_look(c->session, path);
	char proc[64];
	ssize_t n;

	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd);
	n = fd < 0 ? -1 : readlink(proc, real, size - 1);
	if (n < 0)
		return false;
	real[n] = '\0';
	return true;
}

/* Certainly not, by their paths in the box's mounts. */
static bool lies_elsewhere(struct call *c, const char *old, const char *new_root)
{
	char at[PATH_MAX], top[PATH_MAX];
	size_t n;

	if (!path_of(c, old, at, sizeof(at)) || !path_of(c, new_root, top, sizeof(top)))
		return false;
	n = strcmp(top, "/") != 0 ? strlen(top) : 0;
	return strncmp(at, top, n) != 0 || (at[n] && at[n] != '/');
}

static void diagnose_refusal(struct call *c)
{
	struct place new_root = look(c, c->argv[1]);
	struct place old = c->argc == 3 ? look(c, c->argv[2]) : (struct place){0};
	const char *name = c->argv[1];
	struct mount_entry root;

	if (!find_root(c, &root)) {
		err_why(c->err,
			"the root of the box is a plain directory (chroot), and no mount point");
		err_fix(c->err, "reset, and pivot_root without chroot before");
		return;
	}
	if (!new_root.on.id || diagnose_root(c, &root) || diagnose_shared(c, new_root, old))
		return;
	if (c->argc == 3 && !new_root.is_point && lies_elsewhere(c, c->argv[2], name)) {
		err_why(c->err, "%.200s is no mount point, and %.200s is not at or below it", name,
			c->argv[2]);
		err_instead(c->err,
			    "mount bind %s %s; mkdir --parents %s/old; pivot_root %s %s/old", name,
			    name, name, name, name);
	} else if (c->argc == 3 && !new_root.is_point) {
		err_why(c->err, "%.200s is a directory, but no mount point", name);
		err_first(c->err, "mount bind %s %s", name, name);
	} else if (new_root.on.id == root.id && new_root.is_point) {
		err_why(c->err, "%.200s is the root already", name);
	} else if (c->argc == 3) {
		diagnose_old(c, old, root.id);
	} else if (new_root.is_point && diagnose_in_user_namespace(c)) {
		err_why(c->err,
			"the mount at %.200s came with the namespace from a more privileged one, "
			"and is locked (mount_namespaces(7))",
			name);
		err_first(c->err, "mount rbind %s %s", name, name);
	}
}

/* OLD is looked for where the box is now, not in NEW. */
static void offer_old(struct call *c, const char *name, const char *old)
{
	size_t n = strlen(name);

	if (!strncmp(name, old, n) && (!old[n] || old[n] == '/')) {
		err_first(c->err, "mkdir --parents %s", old);
		return;
	}
	err_add(c->err, "it is named as it is seen now, and has to lie in %.200s", name);
	if (diagnose_is_mount_point(c, name))
		err_instead(c->err, "mkdir --parents %s/old; pivot_root %s %s/old", name, name,
			    name);
	else
		err_instead(c->err,
			    "mount bind %s %s; mkdir --parents %s/old; pivot_root %s %s/old", name,
			    name, name, name, name);
}

void pivot_diagnose(struct call *c)
{
	int errnum = c->err->errnum;
	struct stat st;

	if (errnum == EPERM) {
		diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	} else if ((errnum == EINVAL || errnum == EBUSY) &&
		   !strncmp(c->err->what, "pivot_root(", 11)) {
		diagnose_refusal(c);
	} else {
		bool fine = diagnose_stat(c, c->argv[1], &st) == 0 && S_ISDIR(st.st_mode);

		diagnose_path(c, c->argv[c->argc == 3 && fine ? 2 : 1]);
		if (c->argc == 3 && fine && errnum == ENOENT)
			offer_old(c, c->argv[1], c->argv[2]);
	}
}
