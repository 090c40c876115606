#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# pivot_root: the root of the mount namespace turned, the old one gone, the host's mounts as they were; and why the
# kernel refused, where it says only EINVAL or EBUSY.
# vm: short 6.12

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

setup() {
	common_setup
	needs_root
	mkdir new # a root file system that can be written to
	cp -r "$ROOTFS/." new
}

@test "pivot_root NEW: the whole dance, and nothing of the old root is left" {
	ct_outer -c 'unshare pid mnt; pivot_root new; run pwd; mount proc; run sh -c "cat /proc/self/mountinfo | wc -l; ls -d /proc/1"; exec cat /etc/os-release'
	assert_result 0 $'/\n2\n/proc/1\n'"$(cat new/etc/os-release)" ''
	outer_unchanged
}

@test "pivot_root NEW: .. leads nowhere, not even from a directory that was outside" {
	ct -c 'unshare mnt; pivot_root new; cd ..; cd ../../..; run sh -c "pwd; ls -d etc"'
	assert_result 0 $'/\netc' ''
}

@test "pivot_root .: the working directory itself" {
	ct -c 'unshare mnt; cd new; pivot_root .; run ls -d etc'
	assert_result 0 etc ''
}

@test "pivot_root NEW: each call is traced" {
	ct -x -c 'unshare mnt; pivot_root new'
	assert_result 0 '' 'move_mount('
	assert_stderr 'fchdir(' 'pivot_root(".", ".") = 0' 'umount2(".", MNT_DETACH) = 0' 'chdir("/") = 0'
}

@test "pivot_root NEW: a mount point is not bound once more" {
	ct -x -c 'unshare mnt; mount bind new new; pivot_root new'
	assert_status 0
	[ "$(grep -c move_mount <<<"$stderr")" = 1 ] || explain "one bind"
}

@test "pivot_root NEW OLD: the old root is at OLD, and can be taken off" {
	mkdir new/old
	ct -c 'unshare mnt; mount bind new new; pivot_root new new/old; run sh -c "pwd; ls -d /old/proc /etc"; umount --lazy /old; run ls -A /old'
	assert_result 0 $'/\n/etc\n/old/proc' ''
}

@test "pivot_root: after a failure the box is where it was, and nothing stays bound" {
	ct -c 'unshare mnt; run mount --make-rshared /; -pivot_root new; run pwd; run grep -c /new /proc/self/mountinfo'
	assert_result 1 "$PWD"$'\n0' 'pivot_root(".", ".") = EINVAL'
}

@test "pivot_root: the guard refuses it in the host's mount namespace" {
	ct_outer -c 'pivot_root new'
	assert_result 2 '' "it would change the host's mounts"
	outer_unchanged
}

@test "pivot_root: why - NEW is no mount point" {
	ct -c 'unshare mnt; pivot_root new new/mnt'
	assert_result 1 '' 'pivot_root("new", "new/mnt") = E' # EBUSY if it lies on the root mount
	assert_stderr 'why: new is a directory, but no mount point' 'fix: mount bind new new; pivot_root new new/mnt'
}

@test "pivot_root: why - OLD is on the present root, or elsewhere" {
	ct -c 'unshare mnt; mount bind new new; pivot_root new /'
	assert_result 1 '' 'pivot_root("new", "/") = EBUSY'
	assert_stderr 'why: / lies on the present root, not below new' 'fix: mkdir --parents new/old; pivot_root new new/old'
	mkdir other
	ct -c 'unshare mnt; mount bind new new; mount tmpfs other; pivot_root new other'
	assert_result 1 '' 'pivot_root("new", "other") = EINVAL'
	assert_stderr 'why: other is not at or below new'
}

@test "pivot_root: why - NEW is the root already" {
	ct -c 'unshare mnt; pivot_root / /tmp'
	assert_result 1 '' 'pivot_root("/", "/tmp") = EBUSY'
	assert_stderr 'why: / is the root already'
}

@test "pivot_root: why - the box is in a chroot" {
	ct -c 'unshare mnt; chroot new; pivot_root /etc'
	assert_result 1 '' 'pivot_root(".", ".") = EINVAL'
	assert_stderr 'why: the root of the box is a plain directory (chroot), and no mount point' 'do: reset, and pivot_root without chroot'
}

@test "pivot_root: why - the mount above is shared" {
	ct -c 'unshare mnt; run mount --make-rshared /; pivot_root new'
	assert_result 1 '' 'pivot_root(".", ".") = EINVAL'
	assert_stderr 'why: the mount that new is mounted on is shared: the kernel moves no root there' 'fix: propagation --recursive private; pivot_root new'
	mkdir new/old
	ct -c 'unshare mnt; mount bind new new; run mount --make-shared new; pivot_root new new/old'
	assert_result 1 '' 'pivot_root("new", "new/old") = EINVAL'
	assert_stderr 'why: the mount in which new/old lies is shared'
}

@test "pivot_root: why - a directory that is not there, or is none" {
	ct -c 'unshare mnt; pivot_root nowhere'
	assert_result 1 '' 'why: there is no nowhere'
	ct -c 'unshare mnt; mount bind new new; pivot_root new new/etc/passwd'
	assert_result 1 '' '= ENOTDIR'
	assert_stderr 'why: new/etc/passwd is not a directory'
	ct -c 'unshare mnt; mount bind new new; pivot_root new new/none'
	assert_result 1 '' 'why: there is no new/none'
}

@test "pivot_root: a link is no way to a new root while the host's files are seen" {
	ln -s new link
	ct -c 'unshare mnt; pivot_root link'
	assert_result 1 '' '= ELOOP'
	assert_stderr 'why: link is a symbolic link to new' 'do: name the real path'
}

@test "pivot_root: without privilege, in namespaces of its own" {
	needs_outside
	chmod -R a+rX new
	outside -c 'unshare pid mnt; mount proc new/proc; pivot_root new; exec sh -c "pwd; echo \$\$; grep -c / /proc/self/mountinfo"'
	assert_result 0 $'/\n1\n2' ''
}

@test "pivot_root: without privilege, a mount that came with the namespace is locked" {
	needs_outside
	outside -c 'unshare mnt; pivot_root /dev/shm'
	assert_result 1 '' 'pivot_root(".", ".") = EINVAL'
	assert_stderr 'why: the mount at /dev/shm came with the namespace from a more privileged one, and is locked' 'fix: mount rbind /dev/shm /dev/shm; pivot_root /dev/shm'
	outside -c 'unshare mnt; mount rbind /dev/shm /dev/shm; pivot_root /dev/shm; cd /'
	assert_result 0 '' ''
}

@test "pivot_root: without any privilege" {
	needs setpriv
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c "pivot_root --host $PWD/new"
	assert_result 1 '' '= EPERM'
	assert_stderr 'why: the box does not hold CAP_SYS_ADMIN'
}
