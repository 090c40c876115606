/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mount idmap: a directory of the host at a place of the box, with the owners
 * that the box's user namespace gives them: what is root's on disk is root's
 * inside (MOUNT_ATTR_IDMAP in mount_setattr(2)). Only who is privileged over the
 * file system itself may say so, and the box in its user namespace is not: so the
 * shell makes the copy, still detached, and the box attaches it.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/files/libmount.h"
#include "ops/files/mountdiag.h"
#include "ops/files/mountfs.h"
#include "ops/files/mountinfo.h"
#include "ops/files/target.h"
#include "ops/namespaces/idmap.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"
#include "ops/sys/sysmount.h"
#include "ops/why/diagnose.h"

static int check(int argc, char **argv, struct err *err)
{
	struct mount_attributes a;

	return mount_only_attributes(argv[0], argc > 3 ? argv[3] : NULL, &a, err);
}

static int open_userns(struct call *c)
{
	char path[64], q[80];
	int fd;

	box_proc(c->session, path, sizeof(path), "ns/user");
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return sys_report(c, fd, fd < 0 ? errno : 0, "open(%s, O_RDONLY|O_CLOEXEC)",
			  trace_quote(q, sizeof(q), path));
}

static int host(struct call *c)
{
	auto_close int tree = -1, userns = -1;
	struct mount_attributes a;

	if (mount_only_attributes(c->op->name, c->argc > 3 ? c->argv[3] : NULL, &a, c->err) < 0)
		return -1;
	userns = open_userns(c);
	if (userns < 0)
		return -1;
	tree = sys_open_tree(c, AT_FDCWD, c->argv[1], false);
	if (tree < 0 || sys_mount_setidmap(c, tree, a.set, a.clear, userns) < 0)
		return -1;
	return box_ask_with(c, &tree, 1);
}

static int box(struct call *c)
{
	auto_target t = TARGET_CLOSED;

	if (c->nfds != 1)
		return err_kernel(c->err, EBADF, "no mount came with the request");
	if (target_open(c, c->argv[2], &t) < 0)
		return -1;
	return sys_move_mount(c, c->fds[0], t.fd);
}

/* EPERM and EINVAL of mount_setattr(2): whose namespace it is, whether it has its
 * maps, who we are, and what the file system can. */
static void diagnose_setattr(struct call *c)
{
	struct session own = {.box.pid = getpid()};
	pid_t box = c->session->box.pid;
	struct mount_entry on;
	struct idmap map;

	if (!ns_differ(box, getpid(), CLONE_NEWUSER)) {
		err_why(c->err,
			"the box shares the host's user namespace: there is nothing to map by");
		err_first(c->err,
			  "unshare user mnt; map uid 0 100000 65536; map gid 0 100000 65536");
	} else if (!diagnose_we_hold(21)) {
		err_why(c->err,
			"it takes CAP_SYS_ADMIN in the user namespace that the file system "
			"was mounted in: the host's");
		err_fix(c->err, "run ctrsh with sudo");
	} else if (idmap_read(box, "uid_map", &map) == 0 && !map.n) {
		err_why(c->err, "the box's user namespace has no map yet");
		err_first(c->err, "map uid 0 100000 65536; map gid 0 100000 65536");
	} else if (c->err->errnum == EINVAL && mountinfo_at(&own, c->argv[1], &on) == 0) {
		err_why(c->err,
			"%s (mounted at %.200s) does not take it in this kernel: each file system "
			"has to know of it (mount_setattr(2))",
			on.type, on.point);
	}
}

static void diagnose(struct call *c)
{
	bool opened = strncmp(c->err->what, "open_tree", 9) != 0;

	if (!strncmp(c->err->what, "mount_setattr", 13) || (!opened && c->err->errnum == EPERM))
		diagnose_setattr(c);
	else if (!opened && c->err->errnum == ENOENT)
		err_why(c->err, "there is no %.200s on the host", c->argv[1]);
	else
		mount_bind_diagnose(c);
}

const struct op op_mount_idmap = {
	.name = "mount idmap",
	.usage = "mount idmap [--host] SRC DIR [OPTIONS]",
	.summary = "a directory of the host, with owners as in the box's user namespace",
	.detail =
		"As mount bind, and the IDs on disk go through the box's map: what is root's there\n"
		"is root's inside, and what root makes inside is root's on disk, though the box's\n"
		"root is, say, 100000 outside. Without it such files are nobody's (65534) inside.\n"
		"SRC is a name on the host, wherever the box's root is. After unshare user and map;\n"
		"needs CAP_SYS_ADMIN on the host, and a file system that takes it (ext4, xfs, btrfs;\n"
		"tmpfs since Linux 6.3). OPTIONS as for mount bind.\n"
		"See MOUNT_ATTR_IDMAP in mount_setattr(2), user_namespaces(7).",
	.argmin = 2,
	.argmax = 3,
	.changes = CLONE_NEWNS,
	.args = {{ARG_HOST_FILE, NULL}, {ARG_FILE, NULL}, {ARG_WORD, mount_option_words}},
	.check = check,
	.host = host,
	.box = box,
	.diagnose = diagnose,
};
