/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mount dev: a minimal /dev, as container engines make it: a tmpfs with six
 * devices, its own pseudo-terminals, and links. What is made in it is made
 * below its descriptor, never by a path: a root file system whose /dev, /dev/pts
 * or /dev/null is a link leads nowhere (CVE-2025-31133, CVE-2025-52565).
 */
#include <errno.h>
#include <linux/mount.h>
#include <stdio.h>
#include <sys/stat.h>

#include "ops/auto.h"
#include "ops/files/device.h"
#include "ops/files/nodediag.h"
#include "ops/files/target.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"
#include "ops/sys/syscontext.h"
#include "ops/sys/sysmount.h"
#include "ops/sys/sysnode.h"
#include "ops/why/diagnose.h"

static const struct {
	const char *to, *name;
} links[] = {
	{"/proc/self/fd", "fd"},
	{"/proc/kcore", "core"},
	{"pts/ptmx", "ptmx"},
};
static const char *const streams[] = {"in", "out", "err"};

/* As gid 5, tty, terminals belong to a group that no program has (devpts(5));
 * where that ID is not mapped the kernel takes no gid= (EINVAL). */
#define PTS_OPTIONS "newinstance,ptmxmode=0666,mode=620"

static const char *dir_of(int argc, char **argv)
{
	return argc > 1 ? argv[1] : "/dev";
}

static int make_links(struct call *c, int dev)
{
	char to[32], name[16];

	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (sys_symlinkat(c, links[i].to, dev, links[i].name) < 0)
			return -1;
	for (int i = 0; i < 3; i++) {
		snprintf(to, sizeof(to), "/proc/self/fd/%d", i);
		snprintf(name, sizeof(name), "std%s", streams[i]);
		if (sys_symlinkat(c, to, dev, name) < 0)
			return -1;
	}
	return 0;
}

/* Into a directory that is made for it. It becomes the working directory, for
 * mount(2) takes no descriptor. */
static int enter_new(struct call *c, int dev, const char *name)
{
	auto_target at = TARGET_CLOSED;

	if (sys_mkdirat(c, dev, name, 0755) < 0 || target_below(c, dev, name, &at) < 0)
		return -1;
	return sys_fchdir(c, at.fd, name);
}

static int make_pts(struct call *c, int dev)
{
	unsigned long flags = MS_NOSUID | MS_NOEXEC;

	if (enter_new(c, dev, "pts") < 0)
		return -1;
	if (sys_mount(c, "devpts", ".", "devpts", flags, PTS_OPTIONS ",gid=5") == 0)
		return 0;
	if (c->err->errnum != EINVAL)
		return -1;
	*c->err = (struct err){0};
	return sys_mount(c, "devpts", ".", "devpts", flags, PTS_OPTIONS);
}

static int make_shm(struct call *c, int dev)
{
	if (enter_new(c, dev, "shm") < 0)
		return -1;
	return sys_mount(c, "shm", ".", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC,
			 "mode=1777,size=65536k");
}

/* The modes are meant as they are. under: what dev is mounted on. */
static int fill(struct call *c, int dev, int under)
{
	mode_t mask = sys_umask(c, 0);
	int r = device_make_all(c, dev, under);

	if (r == 0 && (make_links(c, dev) < 0 || make_pts(c, dev) < 0 || make_shm(c, dev) < 0 ||
		       sys_mkdirat(c, dev, "mqueue", 0755) < 0))
		r = -1;
	sys_umask(c, mask);
	return r;
}

/* On top of what is at under. Not by mount(2), for the new mount is wanted as a
 * descriptor, and between that call and one that opens it the name could change. */
static int mount_tmpfs(struct call *c, int under)
{
	auto_close int context = sys_fsopen(c, "tmpfs"), fd = -1;

	if (context < 0 || context_set_all(c, context, "source=tmpfs,mode=755,size=65536k") < 0 ||
	    sys_fsconfig_create(c, context) < 0)
		return -1;
	fd = sys_fsmount(c, context, MOUNT_ATTR_NOSUID | MOUNT_ATTR_STRICTATIME);
	return fd < 0 || sys_move_mount(c, fd, under) < 0 ? -1 : steal_fd(&fd);
}

/* A half-made /dev would be a trap. The first error stands. */
static void take_off(struct call *c, int dev)
{
	struct err first = *c->err;

	if (sys_fchdir(c, dev, "the new mount") == 0)
		sys_detach_here(c);
	*c->err = first;
}

static int box(struct call *c)
{
	auto_target under = TARGET_CLOSED;
	auto_close int cwd = sys_open_path(c, "."), dev = -1;
	int r;

	if (cwd < 0 || target_open(c, dir_of(c->argc, c->argv), &under) < 0)
		return -1;
	dev = mount_tmpfs(c, under.fd);
	if (dev < 0)
		return -1;
	r = fill(c, dev, under.fd);
	if (r < 0)
		take_off(c, dev);
	if (sys_fchdir(c, cwd, "the directory it had") < 0) {
		c->err->kind = ERR_BOX;
		return -1;
	}
	return r;
}

static void diagnose(struct call *c)
{
	const char *dir = dir_of(c->argc, c->argv);
	char missing[PATH_MAX];

	if (diagnose_unmapped(c))
		return;
	if (c->err->errnum == EPERM)
		diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	else
		diagnose_path(c, dir);
	if (c->err->errnum == ENOENT && c->err->why[0] && diagnose_absent(c, dir, missing))
		err_first(c->err, "mkdir --parents %s", missing);
}

const struct op op_mount_dev = {
	.name = "mount dev",
	.usage = "mount dev [--host] [DIR]",
	.summary = "mount a minimal /dev, as containers have it",
	.detail =
		"A tmpfs on DIR (else /dev) with the devices null zero full random urandom tty, a\n"
		"devpts of its own on pts with ptmx, a tmpfs on shm, the directory mqueue, and the\n"
		"links fd, core, and those to the three standard streams. Devices are made; where\n"
		"the kernel forbids that, as in a user namespace, the host's are bound in their\n"
		"place, which works before pivot_root. run and exec take their terminal from the\n"
		"devpts at /dev/pts. Refused while the box shares the host's mounts; --host insists.\n"
		"Needs CAP_SYS_ADMIN. See mount(2), mknod(2), pts(4).",
	.argmax = 1,
	.changes = CLONE_NEWNS,
	.args = {{ARG_DIR, NULL}},
	.box = box,
	.diagnose = diagnose,
};
