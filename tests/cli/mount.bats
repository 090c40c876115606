#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# mount and umount: what appears in the box and does not appear on the host,
# whose mounts are shared as systemd leaves them.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

@test "mount proc: in a PID namespace it shows that one" {
	needs_root
	ct -c "unshare pid mnt; chroot $ROOTFS; mount proc; run sh -c 'echo /proc/[0-9]*'"
	assert_result 0 '/proc/1 /proc/2' ''
}

@test "mount proc: has the flags that distributions give it" {
	needs_root
	ct -c "unshare pid mnt; chroot $ROOTFS; mount proc; run grep ' /proc ' /proc/mounts"
	assert_result 0 'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0' ''
}

@test "mount proc: without a directory /proc" {
	needs_root
	mkdir empty
	ct -c 'unshare pid mnt; chroot empty; mount proc'
	assert_result 1 '' 'mount("proc", "/proc", "proc", MS_NOSUID|MS_NODEV|MS_NOEXEC, NULL) = ENOENT'
	assert_stderr 'why: there is no directory /proc in the root of the box'
}

@test "mount tmpfs: empty, in the box only" {
	needs_root
	mkdir dir && touch dir/host
	ct_outer -c 'unshare mnt; mount tmpfs dir; run sh -c "ls -A dir; touch dir/box"; run ls dir; !ls dir'
	assert_result 0 $'box\nhost' ''
	outer_unchanged
}

@test "mount tmpfs: no device files and no set-uid in it" {
	needs_root
	mkdir dir
	ct -c 'unshare mnt; mount tmpfs dir; run grep /dir /proc/self/mounts'
	assert_status 0
	[[ $output == "tmpfs $WORK/dir tmpfs rw,nosuid,nodev,relatime"* ]]
}

@test "mount bind: a directory appears a second time, in the box only" {
	needs_root
	mkdir a b && touch a/file
	ct_outer -c 'unshare mnt; mount bind a b; run ls b; !ls b'
	assert_result 0 file ''
	outer_unchanged
	[ -e a/file ]
}

@test "mount bind: a file onto a file" {
	needs_root
	echo one >a && echo two >b
	ct -c 'unshare mnt; mount bind a b; run cat b; umount b; run cat b'
	assert_result 0 $'one\ntwo' ''
}

@test "mount bind: after chroot both paths are the box's" {
	needs_root
	ct -c "unshare mnt; chroot $ROOTFS; mount bind /etc /mnt; run ls /mnt/os-release; -mount bind $WORK /mnt"
	assert_result 0 /mnt/os-release "= ENOENT"
	assert_stderr 'why: there is no /'
}

@test "mount bind: what is missing is named" {
	needs_root
	mkdir dir
	ct -c 'unshare mnt; mount bind nowhere dir'
	assert_result 1 '' 'mount("nowhere", "dir", NULL, MS_BIND, NULL) = ENOENT'
	assert_stderr 'why: there is no nowhere'
	ct -c 'unshare mnt; mount bind dir nowhere'
	assert_result 1 '' 'why: there is no nowhere'
}

@test "mount: wrong kinds and words are refused while reading" {
	ct -c 'run echo done; unshare mnt; mount floppy x'
	assert_result 2 '' '-c:1:35: mount: unknown kind: floppy'
	assert_stderr 'why: mount knows proc, tmpfs DIR, and bind SRC DIR'
	ct -c 'run echo done; unshare mnt; mount proc x'
	assert_result 2 '' 'mount proc takes no further word'
	ct -c 'run echo done; unshare mnt; mount tmpfs'
	assert_result 2 '' 'mount tmpfs takes a directory'
	ct -c 'run echo done; unshare mnt; mount bind x'
	assert_result 2 '' 'mount bind takes a source and a directory'
}

@test "mount: refused in the host's mount namespace; --host insists" {
	needs_root
	mkdir dir
	ct_outer -c 'mount tmpfs dir'
	assert_result 2 '' "it would change the host's mounts"
	assert_stderr 'why: the box still shares the mount namespace with the host' 'fix: unshare mnt first'
	outer_unchanged
	ct_outer -c 'mount --host tmpfs dir; umount --host dir; mount --host tmpfs dir'
	assert_result 0 '' ''
	[ "$(grep -c " $WORK/dir " outer.before)$(grep -c " $WORK/dir " outer.after)" = 01 ]
}

@test "umount: takes the topmost mount off" {
	needs_root
	mkdir dir && touch dir/below
	ct -c 'unshare mnt; mount tmpfs dir; run touch dir/one; mount tmpfs dir; run touch dir/two
		run ls dir; umount dir; run ls dir; umount dir; run ls dir'
	assert_result 0 $'two\none\nbelow' ''
}

@test "umount: nothing is mounted there" {
	needs_root
	mkdir dir
	ct -c "unshare mnt; umount $WORK/dir"
	assert_result 1 '' "-c:1: umount: umount2(\"$WORK/dir\", 0) = EINVAL"
	assert_stderr "why: nothing is mounted at $WORK/dir"
}

@test "umount: busy, for the box stands there" {
	needs_root
	mkdir dir
	ct -c 'unshare mnt; mount tmpfs dir; cd dir; umount ../dir'
	assert_result 1 '' 'umount2("../dir", 0) = EBUSY'
	assert_stderr 'why: something uses it'
}

@test "umount: refused in the host's mount namespace" {
	needs_root
	ct_outer -c 'umount /proc'
	assert_result 2 '' "it would change the host's mounts"
	outer_unchanged
}
