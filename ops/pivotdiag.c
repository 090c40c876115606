/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reasons of pivot_root(2), in the order in which the kernel looks for them
 * (path_pivot_root() in fs/namespace.c). mountinfo of a process shows the mounts
 * as that process names them, so what is not below the box's root is not in it
 * (proc_pid_mountinfo(5)).
 */
#include "pivotdiag.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/stat.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auto.h"
#include "box.h"
#include "boxpath.h"
#include "diagnose.h"
#include "ns.h"

struct mount_line {
	int id, parent;
	char point[512], type[64];
	bool shared;
};

static bool parse(char *line, struct mount_line *m)
{
	char *optional = strstr(line, " - ");

	if (!optional || sscanf(optional, " - %63s", m->type) != 1)
		return false;
	*optional = '\0';
	m->shared = strstr(line, " shared:") != NULL;
	return sscanf(line, "%d %d %*s %*s %511s", &m->id, &m->parent, m->point) == 3;
}

/* The mount with this number; with id 0, the topmost one at this mount point. */
static bool find(struct call *c, int id, const char *point, struct mount_line *found)
{
	char path[64], line[4096];
	struct mount_line m;
	auto_fclose FILE *f = NULL;
	bool any = false;

	box_proc(c->session, path, sizeof(path), "mountinfo");
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f))
		if (parse(line, &m) && (id ? m.id == id : !strcmp(m.point, point))) {
			*found = m;
			any = true;
		}
	return any;
}

struct place {
	int mount; /* its number in mountinfo, 0: not found */
	bool is_point, is_dir;
};

/* Where a path of the box lies. */
static struct place look(struct call *c, const char *path)
{
	auto_close int fd = boxpath_open(c->session, path, 0);
	struct statx st;

	if (fd < 0 || statx(fd, "", AT_EMPTY_PATH, STATX_TYPE | STATX_MNT_ID, &st) < 0 ||
	    !(st.stx_mask & STATX_MNT_ID))
		return (struct place){0};
	return (struct place){.mount = (int)st.stx_mnt_id,
			      .is_dir = S_ISDIR(st.stx_mode),
			      .is_point = st.stx_attributes & STATX_ATTR_MOUNT_ROOT};
}

static bool is_shared(struct call *c, int id)
{
	struct mount_line m;

	return find(c, id, NULL, &m) && m.shared;
}

static bool diagnose_root(struct call *c, const struct mount_line *root)
{
	if (!strcmp(root->type, "rootfs")) {
		err_why(c->err,
			"the root is the kernel's initial one (rootfs), which lies below all "
			"others and cannot be moved");
		err_fix(c->err, "chroot %.200s", c->argv[1]);
	} else if (is_shared(c, root->parent)) {
		err_why(c->err,
			"the mount below the root is shared with other mount namespaces: the root "
			"would be moved in all of them");
		err_fix(c->err, "propagation private, then pivot_root");
	}
	return c->err->why[0];
}

/* The mount that NEW's mount is on; NEW's own where the op is to bind it. */
static bool diagnose_shared(struct call *c, struct place new_root, struct place old)
{
	struct mount_line m;

	if (find(c, new_root.mount, NULL, &m) && is_shared(c, new_root.is_point ? m.parent : m.id))
		err_why(c->err,
			"the mount that %.200s is mounted on is shared with other mount "
			"namespaces: the change would reach them",
			c->argv[1]);
	else if (old.mount && is_shared(c, old.mount))
		err_why(c->err,
			"the mount in which %.200s lies is shared with other mount namespaces: "
			"the change would reach them",
			c->argv[2]);
	if (c->err->why[0])
		err_fix(c->err, "propagation private, then pivot_root");
	return c->err->why[0];
}

static void diagnose_old(struct call *c, struct place old, int root)
{
	const char *name = c->argv[1];

	if (!old.mount)
		return;
	err_why(c->err, "%.200s %s %.200s", c->argv[2],
		old.mount == root ? "lies on the present root, not below" : "is not at or below",
		name);
	err_fix(c->err, "name a directory below it: mkdir %.100s/old; pivot_root %.100s %.100s/old",
		name, name, name);
}

static void diagnose_refusal(struct call *c)
{
	struct place new_root = look(c, c->argv[1]);
	struct place old = c->argc == 3 ? look(c, c->argv[2]) : (struct place){0};
	const char *name = c->argv[1];
	struct mount_line root;

	if (!find(c, 0, "/", &root)) {
		err_why(c->err,
			"the root of the box is a plain directory (chroot), and no mount point");
		err_fix(c->err, "reset, and pivot_root without chroot before");
		return;
	}
	if (!new_root.mount || diagnose_root(c, &root) || diagnose_shared(c, new_root, old))
		return;
	if (c->argc == 3 && !new_root.is_point) {
		err_why(c->err, "%.200s is a directory, but no mount point", name);
		err_fix(c->err,
			"mount bind %.100s %.100s first; or pivot_root %.100s alone does it all",
			name, name, name);
	} else if (new_root.mount == root.id && new_root.is_point) {
		err_why(c->err, "%.200s is the root already", name);
	} else if (c->argc == 3) {
		diagnose_old(c, old, root.id);
	} else if (ns_differ(c->session->box.pid, getpid(), CLONE_NEWUSER) && new_root.is_point) {
		err_why(c->err,
			"the mount at %.200s came with the namespace from a more privileged one, "
			"and is locked (mount_namespaces(7))",
			name);
		err_fix(c->err, "mount rbind %.100s %.100s, then pivot_root", name, name);
	}
}

void pivot_diagnose(struct call *c)
{
	int errnum = c->err->errnum;
	struct place new_root;

	if (errnum == EPERM) {
		diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	} else if ((errnum == EINVAL || errnum == EBUSY) &&
		   !strncmp(c->err->what, "pivot_root(", 11)) {
		diagnose_refusal(c);
	} else {
		new_root = look(c, c->argv[1]);
		diagnose_path(c, c->argv[c->argc == 3 && new_root.is_dir ? 2 : 1]);
	}
}
