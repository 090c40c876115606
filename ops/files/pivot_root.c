/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pivot_root: another mount becomes the root of the mount namespace, for
 * everybody in it (pivot_root(2)). Unlike after chroot the old root can then be
 * taken off, so that no `..` and no old descriptor leads there.
 */
#include <fcntl.h>
#include <linux/stat.h>
#include <sys/stat.h>

#include "ops/auto.h"
#include "ops/box/selfexe.h"
#include "ops/files/pivotdiag.h"
#include "ops/files/target.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"
#include "ops/sys/sysmount.h"
#include "ops/sys/sysnode.h"
#include "ops/why/diagnose.h"

/* A kernel before 5.8 does not tell: then once more does no harm. */
static bool is_mount_point(int fd)
{
	struct statx st;

	return statx(fd, "", AT_EMPTY_PATH | AT_NO_AUTOMOUNT, 0, &st) == 0 &&
	       (st.stx_attributes & STATX_ATTR_MOUNT_ROOT);
}

/* NEW as a mount: what is there, or a copy of its mount put on top of it, with
 * what is mounted below, for a user namespace may not show a directory without
 * the mounts that cover parts of it (mount_namespaces(7)). */
static int open_mount(struct call *c, const char *path, bool *bound)
{
	auto_target t = TARGET_CLOSED;
	auto_close int tree = -1;

	if (target_open(c, path, &t) < 0)
		return -1;
	if (is_mount_point(t.fd))
		return steal_fd(&t.fd);
	tree = sys_open_tree(c, t.fd, "", true);
	if (tree < 0 || sys_move_mount(c, tree, t.fd) < 0)
		return -1;
	*bound = true;
	return steal_fd(&tree);
}

/* What was done on the way is taken back; the first error stands. */
static int undo(struct call *c, int cwd, bool bound)
{
	struct err first = *c->err;

	if (bound)
		sys_detach_here(c);
	if (sys_fchdir(c, cwd, "the directory it had") < 0)
		first.kind = ERR_BOX;
	*c->err = first;
	return -1;
}

/* With both names the same the old root ends up on top of the new one, where it
 * can be taken off; the working directory stays below it (pivot_root(2)). */
static int whole(struct call *c, const char *path)
{
	auto_close int cwd = sys_open_path(c, ".");
	bool bound = false;
	auto_close int mount = cwd < 0 ? -1 : open_mount(c, path, &bound);

	if (mount < 0)
		return -1;
	if (sys_fchdir(c, mount, path) < 0 || sys_pivot_root(c, ".", ".") < 0)
		return undo(c, cwd, bound);
	if (sys_detach_here(c) == 0 && sys_chdir(c, "/") == 0)
		return 0;
	c->err->kind = ERR_BOX; /* the root is new, with the old one on top of it */
	return -1;
}

static int box(struct call *c)
{
	auto_target new_root = TARGET_CLOSED, put_old = TARGET_CLOSED;

	selfexe_hide();
	if (c->argc == 2)
		return whole(c, c->argv[1]);
	if (target_open(c, c->argv[1], &new_root) < 0 || target_open(c, c->argv[2], &put_old) < 0 ||
	    sys_pivot_root(c, c->argv[1], c->argv[2]) < 0)
		return -1;
	return sys_chdir(c, "/");
}

const struct op op_pivot_root = {
	.name = "pivot_root",
	.usage = "pivot_root [--host] NEW [OLD]",
	.summary = "make the mount at NEW the root of the box's mount namespace",
	.detail =
		"pivot_root(2) puts the mount at NEW in the place of the root mount, which goes to "
		"OLD,\n"
		"a directory below NEW; then chdir(\"/\"). Without OLD it is all that a container "
		"needs:\n"
		"NEW is bound onto itself if it is no mount point, becomes the root, and the old "
		"root\n"
		"is detached: nothing leads out, not even `cd ..` or an old descriptor (unlike "
		"chroot).\n"
		"Refused while the box shares the host's mounts; --host insists. Needs "
		"CAP_SYS_ADMIN.\n"
		"See pivot_root(2), mount_namespaces(7).",
	.argmin = 1,
	.argmax = 2,
	.changes = CLONE_NEWNS,
	.args = {{ARG_DIR, NULL}},
	.box = box,
	.diagnose = pivot_diagnose,
};
