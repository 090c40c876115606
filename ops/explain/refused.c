/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the kernel would refuse, where looking is enough to know it: a path that
 * is not there, a directory at which nothing is mounted, no such device. The
 * cause and the remedy are those that the op finds after a failure: it is asked
 * for its diagnosis of the error that the call would give.
 */
#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/box/box.h"
#include "ops/explain/refused.h"
#include "ops/files/mountfs.h"
#include "ops/files/mountinfo.h"
#include "ops/namespaces/idmap.h"
#include "ops/namespaces/keepdiag.h"
#include "ops/namespaces/mapdiag.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/nstarget.h"
#include "ops/net/links.h"
#include "ops/net/net.h"
#include "ops/net/netname.h"
#include "ops/net/netvlan.h"
#include "ops/why/diagnose.h"

int explain_diagnosed(struct call *c, int errnum, const char *call)
{
	err_kernel(c->err, errnum, "%s(", call);
	c->op->diagnose(c);
	if (!c->err->why[0])
		return 0;
	snprintf(c->err->what, sizeof(c->err->what), "%s: the kernel would refuse it: %s",
		 c->op->name, strerror(errnum));
	return -1;
}

enum what { THERE, DIRECTORY, MOUNT };

static int path(struct call *c, const char *name, enum what what, const char *call)
{
	struct stat st;

	if (box_stat(c->session, name, &st) < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == ELOOP
			       ? explain_diagnosed(c, errno, call)
			       : 0;
	if (what == DIRECTORY && !S_ISDIR(st.st_mode))
		return explain_diagnosed(c, ENOTDIR, call);
	if (what == MOUNT && !box_is_mount_point(c->session, name))
		return explain_diagnosed(c, EINVAL, call);
	return 0;
}

static int last_directory(struct call *c)
{
	return path(c, c->argv[c->argc - 1], DIRECTORY, c->op->name);
}

static int file_system(struct call *c)
{
	struct mount_request r;

	mount_request(c->op, c->argv, &r);
	return path(c, r.dir, DIRECTORY, "openat2");
}

static int bind(struct call *c)
{
	return path(c, c->argv[2], THERE, "openat2") < 0 ? -1
							 : path(c, c->argv[1], THERE, "open_tree");
}

static int overlay(struct call *c)
{
	return path(c, c->argv[1], DIRECTORY, "openat2");
}

static int remount(struct call *c)
{
	return path(c, c->argv[c->argc - 2], MOUNT, "mount_setattr");
}

static int umount_last(struct call *c)
{
	return path(c, c->argv[c->argc - 1], MOUNT, "umount2");
}

static int mask(struct call *c)
{
	for (int i = 1; i < c->argc && strcmp(c->argv[1], "--if-exists") != 0; i++)
		if (path(c, c->argv[i], THERE, "openat2") < 0)
			return -1;
	return 0;
}

/* With OLD, or where mounts may be locked, the op's diagnosis ends in what is left
 * when the kernel has refused; it has not. */
static int pivot(struct call *c)
{
	if (path(c, c->argv[1], DIRECTORY, "openat2") < 0)
		return -1;
	if (c->argc > 2)
		return path(c, c->argv[2], DIRECTORY, "openat2");
	if (explain_diagnosed(c, EINVAL, "pivot_root") < 0 && !strstr(c->err->why, "locked"))
		return -1;
	*c->err = (struct err){0};
	return 0;
}

static int device(struct call *c)
{
	return netname_has(c->session->box.pid, c->argv[1])
		       ? 0
		       : explain_diagnosed(c, ENODEV, "sendmsg");
}

/* On the host, whose network it changes. */
static int links(struct call *c)
{
	if (links_has_capability())
		return 0;
	err_kernel(c->err, EPERM, "%s: the kernel would refuse it: %s", c->op->name,
		   strerror(EPERM));
	return links_explain(c);
}

static int veth(struct call *c)
{
	if (links(c) < 0)
		return -1;
	if (!netname_has(c->session->box.pid, c->argv[1]))
		return 0;
	err_kernel(c->err, EEXIST, "%s: the kernel would refuse it: %s", c->op->name,
		   strerror(EEXIST));
	return net_refuse_taken(c);
}

static int bridge(struct call *c)
{
	struct net_bridge b;

	return links(c) < 0 ? -1 : net_bridge_look(c, &b);
}

static int move(struct call *c)
{
	return links(c) < 0 ? -1 : net_move_look(c);
}

/* The box's name is looked for first, as in a failure the kernel's EEXIST tells. */
static int vlan(struct call *c)
{
	if (veth(c) < 0)
		return -1;
	if (netname_has(getpid(), c->argv[2]))
		return 0;
	err_kernel(c->err, ENODEV, "%s: the kernel would refuse it: %s", c->op->name,
		   strerror(ENODEV));
	return netvlan_refuse_absent(c);
}

static int groups(struct call *c)
{
	pid_t pid = c->session->box.pid;

	return idmap_setgroups(pid, "deny") || idmap_is_empty(pid, "gid_map")
		       ? explain_diagnosed(c, EPERM, "setgroups")
		       : 0;
}

static int fresh(struct call *c, int at, const char *call)
{
	const char *name = c->argv[at];
	struct stat st;

	if (box_stat(c->session, name, &st) == 0)
		return explain_diagnosed(c, EEXIST, call);
	return 0;
}

static int directory_to_make(struct call *c)
{
	return c->argv[1][0] == '-' ? 0 : fresh(c, 1, "mkdirat");
}

/* A device is made by who may do so on the whole machine. */
static int node(struct call *c)
{
	if (fresh(c, 1, "mknodat") < 0)
		return -1;
	if (*c->argv[2] == 'p' || !ns_differ(c->session->box.pid, getpid(), CLONE_NEWUSER) ||
	    (!strcmp(c->argv[3], "0") && !strcmp(c->argv[4], "0")))
		return 0;
	return explain_diagnosed(c, EPERM, "mknodat");
}

static int link_to_make(struct call *c)
{
	return fresh(c, 2, "symlinkat");
}

static int small_dev(struct call *c)
{
	return path(c, c->argc > 1 ? c->argv[1] : "/dev", DIRECTORY, "openat2");
}

static int propagation(struct call *c)
{
	int at = op_first(c->argc, c->argv) + 1;

	return at < c->argc ? path(c, c->argv[at], MOUNT, "mount") : 0;
}

static int join(struct call *c)
{
	pid_t pid = nstarget_pid(c->argv[1]);

	if (!pid)
		return access(c->argv[1], F_OK) < 0 && errno == ENOENT
			       ? explain_diagnosed(c, ENOENT, "open")
			       : 0;
	if (kill(pid, 0) < 0 && errno == ESRCH)
		return explain_diagnosed(c, ESRCH, "pidfd_open");
	if (c->argc > 2 || nstarget_differing(c, pid))
		return 0;
	if (c->err->kind == ERR_STATE)
		return -1;
	*c->err = (struct err){0};
	return 0;
}

/* What the shell makes on the host's mounts. */
static int kept(struct call *c)
{
	if (keep_refuses(c) < 0)
		return -1;
	return diagnose_we_hold(CAP_SYS_ADMIN) ? 0 : explain_diagnosed(c, EPERM, "mount");
}

static const struct {
	const char *op;
	int (*refuses)(struct call *c);
} ops[] = {
	{"chroot", last_directory},
	{"cd", last_directory},
	{"mount bind", bind},
	{"mount rbind", bind},
	{"mount overlay", overlay},
	{"remount", remount},
	{"umount", umount_last},
	{"mask", mask},
	{"pivot_root", pivot},
	{"mount", file_system},
	{"mount proc", file_system},
	{"mount sysfs", file_system},
	{"mount tmpfs", file_system},
	{"mount devpts", file_system},
	{"mount mqueue", file_system},
	{"mount cgroup2", file_system},
	{"mount dev", small_dev},
	{"propagation", propagation},
	{"mkdir", directory_to_make},
	{"mknod", node},
	{"symlink", link_to_make},
	{"join", join},
	{"keep", kept},
	{"net up", device},
	{"net down", device},
	{"net mac", device},
	{"net addr", device},
	{"net veth", veth},
	{"net bridge", bridge},
	{"net move", move},
	{"net macvlan", vlan},
	{"net ipvlan", vlan},
	{"groups", groups},
	{"user", groups},
	{"map auto", map_auto_refuses},
};

int explain_foresees(struct call *c)
{
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (!strcmp(ops[i].op, c->op->name))
			return ops[i].refuses(c);
	return explain_rights_refuse(c);
}
