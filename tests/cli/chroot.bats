#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# chroot: another root directory for the box, and where it stands then.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

@test "chroot: the new root, and the working directory is its top" {
	needs_root
	ct -c "chroot $ROOTFS; run pwd; run cat /etc/os-release"
	assert_result 0 "/"$'\n'"$(cat "$ROOTFS/etc/os-release")" ''
}

@test "chroot: programs are looked up in the new root" {
	needs_root
	mkdir -p empty/bin
	cp "$ROOTFS/bin/busybox" empty/bin/only-here
	ct -c 'chroot empty; -run sh; run only-here echo hi'
	assert_status 127
	cp "$ROOTFS/bin/busybox" empty/bin/echo
	ct -c 'chroot empty; -run sh; run echo hi'
	assert_result 0 hi "run: sh: no such program in the box's PATH"
}

@test "chroot: --keep-cwd stays outside, and .. leads on" {
	needs_root
	mkdir -p a/b
	ct -c "cd a/b; chroot --keep-cwd $ROOTFS; cd ..; run ls"
	assert_result 0 b ''
}

@test "chroot: the host half of ops still sees the host" {
	needs_pids
	ct -c "chroot $ROOTFS; cgroup pids 20; !test -d /sys/fs/cgroup && echo seen"
	assert_result 0 seen ''
}

@test "chroot: a directory that is not there" {
	needs_root
	ct -c 'chroot nowhere; run echo on'
	assert_result 1 '' '-c:1: chroot: chroot("nowhere") = ENOENT'
	assert_stderr 'why: there is no nowhere'
}

@test "chroot: a file" {
	needs_root
	touch file
	ct -c 'chroot file'
	assert_result 1 '' 'chroot("file") = ENOTDIR'
	assert_stderr 'why: file is not a directory'
}

@test "chroot: unknown options, and one without its directory, are refused while reading" {
	ct -c 'run echo done; chroot --keep /'
	assert_result 2 '' 'chroot: unknown option: --keep'
	ct -c 'run echo done; chroot --keep-cwd'
	assert_result 2 '' 'chroot: too few arguments'
}
