/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * umount: takes the topmost mount off a directory (umount2(2)). A descriptor of
 * it would keep it busy, so with the host's root its parent is held, and its
 * last name is not followed.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "ops/files/mountdiag.h"
#include "ops/files/target.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"

#define LAZY "--lazy"

static const char *const options[] = {LAZY, NULL};

/* Without a last name: /, ., .. */
static bool is_nameless(const char *dir)
{
	return !dir[strspn(dir, "/")] || !strcmp(dir, ".") || !strcmp(dir, "..");
}

/* Is dir where our root directory is mounted? Before Linux 5.8 a bind of it elsewhere
 * is taken for it, too. */
static bool is_own_root(const char *dir)
{
	const unsigned mask = STATX_INO | STATX_MNT_ID;
	struct statx its, root;

	return statx(AT_FDCWD, dir, AT_NO_AUTOMOUNT, mask, &its) == 0 &&
	       statx(AT_FDCWD, "/", AT_NO_AUTOMOUNT, mask, &root) == 0 &&
	       its.stx_ino == root.stx_ino && its.stx_dev_major == root.stx_dev_major &&
	       its.stx_dev_minor == root.stx_dev_minor &&
	       (!(root.stx_mask & its.stx_mask & STATX_MNT_ID) ||
		its.stx_mnt_id == root.stx_mnt_id);
}

/* There the kernel does not take the mount off, but makes the whole file system
 * read-only if nothing has it open for writing (do_umount() in fs/namespace.c): the
 * host's own, with the host's root. */
static int refuse_root(struct call *c, const char *dir)
{
	err_kernel(c->err, 0,
		   "umount: refused: it would not take %.200s off, but make its file system "
		   "read-only, for the host as well",
		   dir);
	err_why(c->err,
		"%.200s is the root of the box: the root of a mount namespace cannot be unmounted",
		dir);
	return -1;
}

static int box(struct call *c)
{
	int flags = strcmp(c->argv[1], LAZY) != 0 ? 0 : MNT_DETACH;
	char room[PATH_MAX], name[PATH_MAX + 32];
	const char *dir = c->argv[c->argc - 1], *last;
	auto_target t = TARGET_CLOSED;

	if (!flags && is_own_root(dir))
		return refuse_root(c, dir);
	if (is_nameless(dir))
		return sys_umount(c, dir, flags);
	if (!strchr(dir + strspn(dir, "/"), '/')) /* it passes through nothing */
		return sys_umount(c, dir, flags | UMOUNT_NOFOLLOW);
	if (target_parent(c, dir, room, &t, &last) < 0)
		return -1;
	if (t.name != t.self)
		return sys_umount(c, dir, flags);
	snprintf(name, sizeof(name), "%s/%s", t.self, last);
	return sys_umount(c, name, flags | UMOUNT_NOFOLLOW);
}

const struct op op_umount = {
	.name = "umount",
	.usage = "umount [--host] [--lazy] DIR",
	.summary = "take a mount off DIR",
	.detail =
		"Removes the topmost mount at DIR from the box's mount namespace. While it is in use,\n"
		"or something is mounted below it, that is refused; --lazy takes it out of sight at\n"
		"once, with all below it, and lets it go when nobody uses it any more.\n"
		"Refused while the box shares the host's mounts; --host insists. See umount2(2).",
	.argmin = 1,
	.argmax = 1,
	.changes = CLONE_NEWNS,
	.options = options,
	.args = {{ARG_FILE, NULL}},
	.box = box,
	.diagnose = umount_diagnose,
};
