#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every trace line is true: compared with what strace shows of the same run.
# For libcgroup's functions the effect is looked at instead.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

setup() {
	strace_setup
	mkdir dir
}

@test "trace: the first recipe" {
	needs_pids
	true_trace -c "unshare uts pid mnt; hostname box; chroot $ROOTFS; mount proc; cgroup pids 20; exec sh -c 'exit 3'"
	assert_status 3
	shown 'unshare(CLONE_NEWNS|CLONE_NEWPID|CLONE_NEWUTS) = 0' 'mount(NULL, "/", NULL, MS_PRIVATE|MS_REC, NULL) = 0' \
		'sethostname("box", 3) = 0' "chroot(\"$ROOTFS\") = 0" 'chdir("/") = 0' \
		'mount("proc", "/proc", "proc", MS_NODEV|MS_NOEXEC|MS_NOSUID, NULL) = 0' \
		'/sh", ["sh", "-c", "exit 3"], ' 'mkdir("/sys/fs/cgroup/' 'clone(CLONE_PARENT|SIGCHLD) = '
}

@test "trace: mount and umount, with the calls that fail" {
	true_trace -c 'unshare mnt; mount tmpfs dir size=1m,ro; mount bind / dir; -mount bind /nowhere dir; umount ./dir; umount dir; -umount --lazy dir'
	assert_status 0
	shown 'openat2(AT_FDCWD, "dir", {flags=O_CLOEXEC|O_PATH, resolve=RESOLVE_NO_SYMLINKS}, 24) = 4' \
		'mount("tmpfs", "/proc/self/fd/4", "tmpfs", MS_NODEV|MS_NOSUID|MS_RDONLY, "size=1m") = 0' \
		'open_tree(AT_FDCWD, "/", OPEN_TREE_CLOEXEC|OPEN_TREE_CLONE) = 5' \
		'move_mount(5, "", 4, "", MOVE_MOUNT_F_EMPTY_PATH|MOVE_MOUNT_T_EMPTY_PATH) = 0' \
		'= -1 ENOENT (No such file or directory)' 'umount2("dir", UMOUNT_NOFOLLOW) = 0' 'umount2("/proc/self/fd/4/dir", UMOUNT_NOFOLLOW) = 0' \
		'umount2("dir", MNT_DETACH|UMOUNT_NOFOLLOW) = -1 EINVAL (Invalid argument)'
}

@test "trace: attributes, file system contexts and propagation" {
	true_trace -c 'unshare mnt; mount rbind /usr dir ro,nosuid,noatime; remount --recursive dir rw; propagation --recursive slave dir; mount tmpfs dir; remount dir noexec,size=2m; mount overlay dir lower=dir:/usr'
	assert_status 0
	shown 'open_tree(AT_FDCWD, "/usr", AT_RECURSIVE|OPEN_TREE_CLOEXEC|OPEN_TREE_CLONE) = 5' \
		'mount_setattr(5, "", AT_EMPTY_PATH|AT_RECURSIVE, {attr_set=MOUNT_ATTR_NOATIME|MOUNT_ATTR_NOSUID|MOUNT_ATTR_RDONLY, attr_clr=' \
		'mount(NULL, "/proc/self/fd/4", NULL, MS_REC|MS_SLAVE, NULL) = 0' 'fspick(4, "", FSPICK_CLOEXEC|FSPICK_EMPTY_PATH) = 5' \
		'fsconfig(5, FSCONFIG_SET_STRING, "size", "2m", 0) = 0' 'fsconfig(5, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0) = 0' \
		'fsopen("tmpfs", FSOPEN_CLOEXEC) = ' 'fsconfig(5, FSCONFIG_CMD_CREATE, NULL, NULL, 0) = 0' 'fsmount(5, FSMOUNT_CLOEXEC, MOUNT_ATTR_NODEV|MOUNT_ATTR_NOSUID) = ' \
		'mkdirat(' 'mount("overlay", "/proc/self/fd/'
}

@test "trace: cd and chroot --keep-cwd, with the calls that fail" {
	true_trace -c "cd /usr; -cd /nowhere; -chroot /nowhere; chroot --keep-cwd $ROOTFS; cd .."
	assert_status 0
	shown 'chdir("/usr") = 0' 'chdir("/nowhere") = -1 ENOENT' 'chroot("/nowhere") = -1 ENOENT' 'chdir("..") = 0'
}

@test "trace: run, its end by status and by signal, and what cannot be executed" {
	true_trace -c '-run sh -c "exit 7"; -run sh -c "kill -KILL \$\$"; -run /etc/passwd; run echo "a b"'
	assert_status 0
	shown '{exited with 7}' '{killed by SIGKILL}' 'execve("/etc/passwd", ["/etc/passwd"]' '= -1 EACCES' '["echo", "a b"]' 'fork() = '
}

@test "trace: exec that fails" {
	true_trace -c '-exec /nowhere; run true'
	assert_status 0
	shown 'execve("/nowhere", ["/nowhere"], ' '= -1 ENOENT'
}

@test "trace: unshare in a chroot, and nested, and every namespace" {
	true_trace -c "chroot $ROOTFS; unshare mnt; run true"
	assert_status 0
	shown 'setns(' 'fchdir(' 'chroot(".") = 0' 'mount(NULL, "/", NULL, MS_PRIVATE|MS_REC, NULL) = -1 EINVAL'
	true_trace -c 'unshare pid; unshare pid; unshare ipc net cgroup time; unshare user; run true'
	assert_status 0
	shown 'unshare(CLONE_NEWPID) = 0' 'unshare(CLONE_NEWUSER) = 0'
}

@test "trace: setenv and unsetenv make no call, and their effect is in execve's count" {
	true_trace -c 'setenv A 1; setenv B 2; unsetenv A; run true'
	assert_status 0
	shown 'execve('
}

@test "trace: the numbers of namespaces are the real ones" {
	ct -x -c 'unshare uts pid; run readlink /proc/self/ns/uts; run readlink /proc/self/ns/pid'
	assert_status 0
	id() { tr -dc 0-9 <<<"$1"; }
	for i in 0 1; do
		ns=$([ "$i" = 0 ] && echo uts || echo pid)
		assert_stderr "$ns $(id "$(readlink "/proc/self/ns/$ns")") -> $(id "${lines[i]}")"
	done
}

@test "trace: the PID of the box outside is the real one" {
	printf '%s\n' 'unshare pid' '!cat /proc/$PPID/task/$PPID/children' >t.ctr
	ct -x t.ctr
	assert_status 0
	pid=$(sed -n 's/.*now   pid [0-9]* -> \([0-9]*\) (1 inside)$/\1/p' <<<"$stderr")
	[ -n "$pid" ]
	[[ " $output " == *" $pid "* ]]
}

@test "trace: what libcgroup was asked to do is done" {
	needs_pids
	printf '%s\n' 'unshare pid' 'cgroup pids 20' '!d=$(find /sys/fs/cgroup -type d -name "ctrsh-$PPID-*"); echo $d $(cat $d/pids.max $d/cgroup.procs)' >t.ctr
	ct -x t.ctr
	assert_status 0
	read -r dir limit member <<<"$output"
	[ "$limit" = 20 ]
	assert_stderr "mkdir(\"$dir\", 0755) = 0" 'pids.max = "20"' "$member) = 0" "-> $member (1 inside)"
}

@test "trace: a failing call is shown once as a call and once as the error" {
	ct -x -c 'cd /nowhere'
	assert_result 1 '' 'box   chdir("/nowhere") = -1 ENOENT (No such file or directory)'
	assert_stderr '-c:1: cd: chdir("/nowhere") = ENOENT (No such file or directory)'
	[ "$(grep -c 'chdir(' <<<"$stderr")" -eq 2 ]
}
