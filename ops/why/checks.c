/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table, in our words, from the man pages named and from kernel/user_namespace.c,
 * kernel/nsproxy.c, kernel/fork.c, kernel/cgroup/cgroup.c, fs/namespace.c, fs/exec.c.
 */
#include "ops/why/checks.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#define ANY (-1)

static const struct check check_table[] = {
	{"unshare", EPERM,
	 "A user namespace takes no capability, but a root directory that was not changed "
	 "(chroot), and a user and group ID that are mapped where the caller is. Every other "
	 "namespace takes CAP_SYS_ADMIN in the caller's user namespace. A seccomp filter or a "
	 "security module may refuse before that.",
	 "unshare(2), user_namespaces(7)"},
	{"unshare", ENOSPC,
	 "Each kind of namespace is counted for its user, and compared with "
	 "/proc/sys/user/max_*_namespaces of this user namespace and of all above it. User and "
	 "PID namespaces may be 32 deep.",
	 "unshare(2), namespaces(7)"},
	{"sethostname", EPERM,
	 "CAP_SYS_ADMIN is asked for in the user namespace that owns the UTS namespace.",
	 "sethostname(2), uts_namespaces(7)"},
	{"chroot", EPERM,
	 "CAP_SYS_CHROOT in the caller's user namespace, after the path was found and may be "
	 "searched.",
	 "chroot(2)"},
	{"mount", EPERM,
	 "CAP_SYS_ADMIN in the user namespace that owns the mount namespace; then the file "
	 "system's own: proc, sysfs, mqueue and cgroup2 ask for the same over the PID, network, "
	 "IPC and cgroup namespace that they show, and proc and sysfs, in a user namespace, for "
	 "an instance of which nothing is covered. A file system on a device takes it in the "
	 "first user namespace.",
	 "mount(2), mount_namespaces(7), user_namespaces(7)"},
	{"mount", EINVAL,
	 "The file system reads its source and options, and refuses what it does not know or "
	 "cannot map into the user namespace; overlay looks at its layers, too. A change asks for "
	 "a mount point of this mount namespace.",
	 "mount(2)"},
	{"mount", EBUSY,
	 "The same file system, at the same place, is on top there already; or the device is in "
	 "use in another way.",
	 "mount(2)"},
	{"mount", ENODEV, "The type is looked up among the registered ones.", "mount(2)"},
	{"open_tree", EINVAL,
	 "The source must lie on a mount of this mount namespace, which is not unbindable; a copy "
	 "without what is mounted below is refused if that is locked.",
	 "mount_namespaces(7), mount(2)"},
	{"mount_setattr", EPERM,
	 "CAP_SYS_ADMIN over the mount namespace; and no flag may be taken off that came locked "
	 "from a more privileged mount namespace.",
	 "mount_setattr(2), mount_namespaces(7)"},
	{"umount2", EINVAL,
	 "It must be a mount point of this mount namespace, and not locked to those around it, as "
	 "what came from a more privileged mount namespace is.",
	 "umount(2), mount_namespaces(7)"},
	{"umount2", EBUSY,
	 "Nothing may hold the mount: a mount below it, a working directory, a root, an open file.",
	 "umount(2)"},
	{"umount2", EPERM, "CAP_SYS_ADMIN in the user namespace that owns the mount namespace.",
	 "umount(2)"},
	{"pivot_root", EINVAL,
	 "The new root and the present one must be mount points, the place for the old one at or "
	 "below the new one, neither of the parents shared, the new root not locked.",
	 "pivot_root(2)"},
	{"pivot_root", EBUSY,
	 "The new root, and the place for the old one, must not lie on the present root's mount.",
	 "pivot_root(2)"},
	{"pivot_root", EPERM, "CAP_SYS_ADMIN in the user namespace that owns the mount namespace.",
	 "pivot_root(2)"},
	{"write", EPERM,
	 "A map is written once, whole; by one who has CAP_SETUID or CAP_SETGID in the parent "
	 "user namespace, for IDs that exist there, or for the writer's own ID alone; a plain "
	 "user's gid_map asks for \"deny\" in setgroups before. A parameter of the kernel asks for "
	 "the capability, or the user, that owns it.",
	 "user_namespaces(7), proc(5)"},
	{"setgroups", EPERM,
	 "CAP_SETGID in the user namespace, a gid_map that was written, and \"allow\" in setgroups.",
	 "setgroups(2), user_namespaces(7)"},
	{"setgroups", EINVAL, "Each group must be mapped in the user namespace.", "setgroups(2)"},
	{"setresuid", EINVAL, "The ID must be mapped in the user namespace.", "setresuid(2)"},
	{"setresgid", EINVAL, "The ID must be mapped in the user namespace.", "setresgid(2)"},
	{"setresuid", EPERM,
	 "CAP_SETUID in the user namespace, or an ID that the process has already.",
	 "setresuid(2), credentials(7)"},
	{"setresgid", EPERM,
	 "CAP_SETGID in the user namespace, or an ID that the process has already.",
	 "setresgid(2), credentials(7)"},
	{"mknod", EPERM,
	 "Device files take CAP_MKNOD in the first user namespace, whatever the box holds in its "
	 "own.",
	 "mknod(2), capabilities(7)"},
	{"setns", EPERM,
	 "CAP_SYS_ADMIN in the user namespace that owns what is joined, and for all but a user "
	 "namespace in the caller's own; for a mount namespace CAP_SYS_CHROOT as well.",
	 "setns(2)"},
	{"setns", EINVAL,
	 "A PID namespace must be the caller's or below it; a user namespace another than the "
	 "caller's.",
	 "setns(2)"},
	{"clone", ENOMEM,
	 "A PID namespace whose init has ended takes no process any more; or there is no memory.",
	 "pid_namespaces(7), fork(2)"},
	{"fork", ENOMEM,
	 "A PID namespace whose init has ended takes no process any more; or there is no memory.",
	 "pid_namespaces(7), fork(2)"},
	{"clone", EAGAIN,
	 "RLIMIT_NPROC against all processes of the user; pids.max of the control group and of all "
	 "above it; threads-max and pid_max of the machine.",
	 "fork(2), getrlimit(2)"},
	{"fork", EAGAIN,
	 "RLIMIT_NPROC against all processes of the user; pids.max of the control group and of all "
	 "above it; threads-max and pid_max of the machine.",
	 "fork(2), getrlimit(2)"},
	{"execve", ENOENT,
	 "The file must be there, and so must the interpreter in its #! line, or the loader that an "
	 "ELF file names.",
	 "execve(2), ld.so(8)"},
	{"execve", EACCES,
	 "Each directory on the way must let the user search; the file must be regular, have an x "
	 "permission for the user, and lie on a mount without noexec.",
	 "execve(2)"},
	{"execve", ENOEXEC,
	 "Some format of the kernel must know its first bytes: ELF for this machine, #!, or one of "
	 "binfmt_misc.",
	 "execve(2), elf(5)"},
	{"execve", EAGAIN,
	 "After a change of user, RLIMIT_NPROC is compared with that user's processes.",
	 "execve(2), getrlimit(2)"},
	{"mkdir", EACCES, "Permission to write in the directory in which it is made.", "mkdir(2)"},
	{"prlimit", EPERM,
	 "To raise a hard limit takes CAP_SYS_RESOURCE in the first user namespace.",
	 "getrlimit(2)"},
	{"cgroup_attach_task_pid", ANY,
	 "The writer must own cgroup.procs of the new group and of the nearest group that is above "
	 "the old one and the new one (v2); the new one must be a leaf, and not threaded.",
	 "cgroups(7)"},
	{"cgroup_modify_cgroup", ANY,
	 "The file must be there, which it is where the group above hands its controller down "
	 "(cgroup.subtree_control), be writable for the user, and know the value.",
	 "cgroups(7)"},
	{NULL, 0, NULL, NULL},
};

/* mknodat, prlimit64 ask for the same as mknod, prlimit. */
static bool is_call(const char *what, const char *call)
{
	size_t n = strlen(call);

	if (strncmp(what, call, n) != 0)
		return false;
	what += n;
	what += !strncmp(what, "at", 2) || !strncmp(what, "64", 2) ? 2 : 0;
	return *what == '(';
}

const struct check *check_find(const struct err *err)
{
	const char *what = err->kind == ERR_EXEC ? "execve(" : err->what;

	for (const struct check *k = check_table; err->errnum && k->call; k++)
		if (is_call(what, k->call) && (k->errnum == ANY || k->errnum == err->errnum))
			return k;
	return NULL;
}
