/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ops that mount a file system; the work is in mountfs.c. Which namespace
 * each kind shows is decided by who mounts it, and when.
 */
#include "ops/files/mountdiag.h"
#include "ops/files/mountfs.h"
#include "ops/namespaces/ns.h"

#define COMMON                                                                                     \
	.argmax = 3, .changes = CLONE_NEWNS,                                                       \
	.args = {{ARG_DIR, NULL}, {ARG_WORD, mount_option_words}, {ARG_WORD, mount_option_words}}, \
	.check = mount_fs_check, .host = mount_fs_host, .box = mount_fs_box,                       \
	.diagnose = mount_fs_diagnose
#define OPTIONS                                                                                    \
	"OPTIONS is a list as ro,noexec: flags of mount(2), taken apart by libmount, and words\n"  \
	"for the file system. A DIR that looks like one is written ./DIR. In front of DIR may\n"   \
	"stand a source, as in mount(2): any word. "

const struct op op_mount_proc = {
	.name = "mount proc",
	.usage = "mount proc [--host] [DIR] [OPTIONS]",
	.summary = "the processes of the box's PID namespace, on /proc",
	.detail =
		"Shows the PID namespace that the box is in when it mounts it, with nosuid, "
		"nodev,\nnoexec; OPTIONS as hidepid=invisible or subset=pid say how much.\n" OPTIONS
		"See proc(5).",
	.shows = CLONE_NEWPID,
	COMMON,
};

const struct op op_mount_sysfs = {
	.name = "mount sysfs",
	.usage = "mount sysfs [--host] [DIR] [OPTIONS]",
	.summary = "devices and drivers, on /sys, read-only",
	.detail =
		"Its network part is that of the box's network namespace; the rest is the host's,\n"
		"so it is mounted ro (rw insists), nosuid, nodev, noexec.\n" OPTIONS
		"See sysfs(5).",
	.shows = CLONE_NEWNET,
	COMMON,
};

const struct op op_mount_tmpfs = {
	.name = "mount tmpfs",
	.usage = "mount tmpfs [--host] [SRC] DIR [OPTIONS]",
	.summary = "an empty file system in memory",
	.detail =
		"With nosuid, nodev, unless OPTIONS say one of the two: then with what they say, as\n"
		"nosuid,mode=755 for a /dev with device files. Others: size=16m, nr_inodes=1000.\n" OPTIONS
		"See tmpfs(5).",
	.argmin = 1,
	COMMON,
};

const struct op op_mount_devpts = {
	.name = "mount devpts",
	.usage = "mount devpts [--host] [DIR] [OPTIONS]",
	.summary = "pseudo-terminals of the box's own, on /dev/pts",
	.detail =
		"A new instance, whose terminals nobody else sees: newinstance,ptmxmode=0666,\n"
		"mode=0620, and gid=5 (the group tty) where that ID is mapped; nosuid, noexec.\n"
		"/dev/ptmx has to lead to pts/ptmx.\n" OPTIONS "See pts(4), mount(8).",
	COMMON,
};

const struct op op_mount_mqueue = {
	.name = "mount mqueue",
	.usage = "mount mqueue [--host] [DIR] [OPTIONS]",
	.summary = "POSIX message queues, on /dev/mqueue",
	.detail = "Those of the box's IPC namespace; nosuid, nodev, noexec.\n" OPTIONS
		  "See mq_overview(7).",
	.shows = CLONE_NEWIPC,
	COMMON,
};

const struct op op_mount_cgroup2 = {
	.name = "mount cgroup2",
	.usage = "mount cgroup2 [--host] [DIR] [OPTIONS]",
	.summary = "the v2 control groups, on /sys/fs/cgroup, read-only",
	.detail =
		"Below the root of the box's cgroup namespace: after unshare cgroup the group it\n"
		"was in then. Mounted ro (rw insists), nosuid, nodev, noexec. In the host's it is\n"
		"mounted with the options that cgroup2 has already: to leave one out (nsdelegate)\n"
		"would switch it off for the machine.\n" OPTIONS "See cgroups(7).",
	.shows = CLONE_NEWCGROUP,
	COMMON,
};

const struct op op_mount = {
	.name = "mount",
	.usage = "mount [--host] TYPE SRC DIR [OPTIONS]",
	.summary = "any other file system",
	.detail =
		"TYPE is one of /proc/filesystems, SRC what that type expects: a block device, or\n"
		"any word. No flag is added to OPTIONS, a list as ro,nodev: flags of mount(2),\n"
		"taken apart by libmount, and words for the file system.\n"
		"DIR is the box's: after chroot it starts at its root. While that is the host's, no\n"
		"symbolic link on the way is followed. Refused while the box shares the host's\n"
		"mounts; --host insists. Needs CAP_SYS_ADMIN. See mount(2).",
	.argmin = 3,
	.argmax = 4,
	.changes = CLONE_NEWNS,
	.args = {{ARG_WORD, NULL}, {ARG_FILE, NULL}, {ARG_DIR, NULL}},
	.check = mount_fs_check,
	.host = mount_fs_host,
	.box = mount_fs_box,
	.diagnose = mount_fs_diagnose,
};
