/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Explained: mounts, and the root directory.
 */
#include "entry.h"

#define LOOKS_UP                                                                                   \
	{                                                                                          \
		"box openat2(AT_FDCWD, \"$dir\", {flags=O_PATH|O_CLOEXEC, ...}, ...)",             \
			"the place is looked up once; while the root is the host's, through no "   \
			"symbolic link",                                                           \
			NULL                                                                       \
	}
#define MOUNT(words)                                                                               \
	.steps = STEPS(LOOKS_UP, {"box mount(\"$src\", \"$dir\", \"$type\", $mountflags, $data)",  \
				  words, NULL}),                                                   \
	.tools = "mount(8): mount -t $type $o$src $dir",                                           \
	.c = "mount(\"$src\", \"$dir\", \"$type\", $mountflags, $data);", NEEDS(CAP_SYS_ADMIN)
#define AT_LAST "box openat2(AT_FDCWD, \"...\", {flags=O_PATH|O_CLOEXEC, ...}, ...)"

const struct explain explain_mounts[] = {
	{.op = "chroot",
	 .steps = STEPS({"box chroot($q1)", "paths that begin with / begin there", NULL},
			{"box chdir(\"/\")",
			 "a working directory that stays outside would be a way out", "!option"}),
	 .tools = "chroot(8): chroot $1 COMMAND",
	 .docker = "the image is the root always, by pivot_root; a directory: docker run can't "
		   "(podman run --rootfs $1)",
	 .c = "chroot($q1); chdir(\"/\");",
	 NEEDS(CAP_SYS_CHROOT)},
	{.op = "mount proc",
	 MOUNT("a new procfs: it shows the PID namespace that the box is in, no other"),
	 .docker = "always, on /proc, with parts of it masked"},
	{.op = "mount sysfs",
	 MOUNT("a new sysfs: its network part is that of the box's network namespace, the rest is "
	       "the host's"),
	 .docker = "always, on /sys, read-only (--privileged: writable)"},
	{.op = "mount tmpfs",
	 MOUNT("an empty file system in memory, which goes with the box"),
	 .docker = "--tmpfs $dir"},
	{.op = "mount devpts",
	 MOUNT("pseudo-terminals of the box's own: those of others are not among them"),
	 .docker = "always, on /dev/pts"},
	{.op = "mount mqueue",
	 MOUNT("the POSIX message queues of the box's IPC namespace"),
	 .docker = "always, on /dev/mqueue"},
	{.op = "mount cgroup2",
	 MOUNT("the control groups, from the root of the box's cgroup namespace down"),
	 .docker = "always, on /sys/fs/cgroup, read-only"},
	{.op = "mount",
	 MOUNT("the file system $src, of type $type, appears at $dir"),
	 .docker = "--mount type=volume,dst=$dir,volume-driver=local,volume-opt=type=$type,..."},
	{.op = "mount dev",
	 .steps = STEPS(
		 {AT_LAST, "the place is looked up once", NULL},
		 {"box fsopen(\"tmpfs\", FSOPEN_CLOEXEC)",
		  "an empty file system in memory, not mounted yet", NULL},
		 {"box move_mount(...)", "it appears as /dev", NULL},
		 {"box mknodat(..., \"null\", S_IFCHR|0666, ...)",
		  "devices without which programs fail: null zero full random urandom tty",
		  "!rootless"},
		 {"box move_mount(...)",
		  "the host's null zero full random urandom tty: in a user namespace none can be made",
		  "rootless"},
		 {"box symlinkat(\"/proc/self/fd\", ..., \"fd\")", "and the links that they expect",
		  NULL},
		 {"box mount(\"devpts\", ..., \"devpts\", ...)", "terminals of its own", NULL},
		 {"box mount(\"shm\", ..., \"tmpfs\", ...)", "shared memory of its own", NULL}),
	 .tools = "mount(8), mknod(1): mount -t tmpfs dev /dev; mknod /dev/null c 1 3; ...",
	 .docker = "always, on /dev; --device adds one",
	 NEEDS(CAP_SYS_ADMIN)},
	{.op = "mount bind",
	 .steps = STEPS(
		 {"box openat2(AT_FDCWD, $q2, {flags=O_PATH|O_CLOEXEC, ...}, ...)",
		  "the place is looked up once", NULL},
		 {"box open_tree(AT_FDCWD, $q1, OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC)",
		  "a copy of the mount, from $1 on", NULL},
		 {"box mount_setattr(..., \"\", AT_EMPTY_PATH, ...)",
		  "with these options, before anybody can see it", "three"},
		 {"box move_mount(..., \"\", ..., \"\", ...)", "it appears at $2 as well", NULL}),
	 .tools = "mount(8): mount --bind $1 $2 $3",
	 .docker = "--mount type=bind,src=$1,dst=$2 (-v $1:$2)",
	 NEEDS(CAP_SYS_ADMIN)},
	{.op = "mount rbind",
	 .steps = STEPS(
		 {"box openat2(AT_FDCWD, $q2, {flags=O_PATH|O_CLOEXEC, ...}, ...)",
		  "the place is looked up once", NULL},
		 {"box open_tree(AT_FDCWD, $q1, OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC|AT_RECURSIVE)",
		  "a copy of the mount, from $1 on, and of all below", NULL},
		 {"box mount_setattr(..., \"\", AT_EMPTY_PATH|AT_RECURSIVE, ...)",
		  "with these options, before anybody can see it", "three"},
		 {"box move_mount(..., \"\", ..., \"\", ...)", "it appears at $2 as well", NULL}),
	 .tools = "mount(8): mount --rbind $1 $2 $3",
	 .docker = "--mount type=bind,src=$1,dst=$2: recursive always",
	 NEEDS(CAP_SYS_ADMIN)},
	{.op = "mount overlay",
	 .steps = STEPS({"box openat2(AT_FDCWD, $q1, {flags=O_PATH|O_CLOEXEC, ...}, ...)",
			 "the place is looked up once", NULL},
			{"box mount(\"overlay\", ..., \"overlay\", ..., \"lowerdir=...\")",
			 "the layers seen through each other; what is written goes to upper, or to "
			 "memory without one",
			 NULL}),
	 .tools = "mount(8): mount -t overlay overlay -o lowerdir=...,upperdir=...,workdir=... $1",
	 .docker = "always: an image is its lower layers, a container the upper one",
	 NEEDS(CAP_SYS_ADMIN)},
	{.op = "remount",
	 .steps = STEPS({"box openat2(AT_FDCWD, $q1, {flags=O_PATH|O_CLOEXEC, ...}, ...)",
			 "the mount at $1", NULL},
			{"box mount_setattr(..., \"\", AT_EMPTY_PATH, {attr_set=..., ...}, ...)",
			 "changes these flags of the mount, and no others: $2", "attributes"},
			{"box mount(NULL, \"...\", NULL, MS_REMOUNT|..., ...)",
			 "changes these, some of which are the whole file system's: $2",
			 "!attributes"}),
	 .tools = "mount(8): mount -o remount,bind,$2 $1",
	 .docker = "of the root: --read-only; of a bind mount: --mount ...,readonly",
	 NEEDS(CAP_SYS_ADMIN)},
	{.op = "propagation",
	 .steps = STEPS(
		 {AT_LAST, "the mount", NULL},
		 {"box mount(NULL, \"...\", NULL, ...MS_$upper1, NULL)",
		  "whether what is mounted below appears elsewhere, and what is mounted there "
		  "appears here: $1",
		  NULL}),
	 .tools = "mount(8): mount --make-$1 DIR",
	 .docker = "of a bind mount: --mount ...,bind-propagation=$1",
	 NEEDS(CAP_SYS_ADMIN)},
	{.op = "umount",
	 .steps = STEPS({"box umount2(...)",
			 "takes the topmost mount off, in the box's mount namespace", NULL}),
	 .tools = "umount(8): umount $1",
	 .docker = "docker run can't",
	 NEEDS(CAP_SYS_ADMIN)},
	{.op = "mask",
	 .steps = STEPS(
		 {"box openat2(AT_FDCWD, $q1, {flags=O_PATH|O_CLOEXEC, ...}, ...)",
		  "the place is looked up once; so for each path", NULL},
		 {"box mount(\"tmpfs\", \"$1\", \"tmpfs\", "
		  "MS_RDONLY|MS_NOSUID|MS_NODEV|MS_NOEXEC, NULL)",
		  "an empty directory over it: what is in it is not seen", "dir"},
		 {"box open_tree(..., \"null\", OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC)",
		  "the mount of /dev/null, from there on", "!dir"},
		 {"box move_mount(...)", "over the file: what is in it is not seen", "!dir"}),
	 .tools =
		 "mount(8): mount --bind /dev/null $1; of a directory: mount -t tmpfs -o ro none $1",
	 .docker =
		 "docker run can't for a path of your own; parts of /proc and /sys are masked always",
	 NEEDS(CAP_SYS_ADMIN)},
	{.op = "mask default",
	 .steps = STEPS(
		 {"box openat2(AT_FDCWD, \"/proc/acpi\", {flags=O_PATH|O_CLOEXEC, ...}, ...)",
		  "for each that engines mask: acpi kcore keys timer_list ... firmware", NULL},
		 {"box move_mount(...)", "/dev/null over a file, an empty tmpfs over a directory",
		  NULL},
		 {"box mount_setattr(..., {attr_set=MOUNT_ATTR_RDONLY, ...}, ...)",
		  "/proc/bus fs irq sys sysrq-trigger: read-only", NULL}),
	 .tools = "mount(8): mount --bind /dev/null /proc/kcore; ...",
	 .docker = "always (--security-opt systempaths=unconfined leaves it out)",
	 NEEDS(CAP_SYS_ADMIN)},
	{.op = "pivot_root",
	 .steps = STEPS(
		 {AT_LAST, "the new root is looked up once", NULL},
		 {"box open_tree(..., \"\", ...)", "a copy of the mount from there on", "!two"},
		 {"box move_mount(...)", "it is bound onto itself: only a mount can be the root",
		  "!two"},
		 {"box pivot_root(\".\", \".\")",
		  "it becomes the root of the mount namespace; the old one lies on top of it",
		  "!two"},
		 {"box umount2(\".\", MNT_DETACH)", "the old root goes: no path leads to the host",
		  "!two"},
		 {"box pivot_root($q1, $q2)",
		  "it becomes the root of the mount namespace, the old one is at $2", "two"},
		 {"box chdir(\"/\")", "the working directory, too", NULL}),
	 .tools = "pivot_root(8): mount --rbind $1 $1; cd $1; pivot_root . .; umount -l .",
	 .docker = "always: the container's root is the image's",
	 NEEDS(CAP_SYS_ADMIN)},
	{0}};
