#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# mount and umount: what appears in the box and does not appear on the host,
# whose mounts are shared as systemd leaves them.
#
# vm: short 6.12

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
	assert_result 1 '' '-c:1: mount proc: openat2(AT_FDCWD, "/proc", {flags=O_PATH|O_CLOEXEC, resolve=RESOLVE_NO_MAGICLINKS}, 24) = ENOENT'
	assert_stderr 'why: there is no /proc' 'fix: mkdir --parents /proc'
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
	assert_result 1 '' 'open_tree(AT_FDCWD, "nowhere", OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC) = ENOENT'
	assert_stderr 'why: there is no nowhere'
	ct -c 'unshare mnt; mount bind dir nowhere'
	assert_result 1 '' 'why: there is no nowhere'
}

@test "mount: wrong words are refused while reading" {
	refused() {
		ct -c "run echo done; unshare mnt; $1"
		assert_result 2 '' "$2"
	}
	refused 'mount floppy x' 'mount: too few arguments'
	assert_stderr 'usage: mount [--host] TYPE SRC DIR [OPTIONS]'
	refused 'mount tmpfs' 'mount tmpfs: too few arguments'
	refused 'mount bind x' 'mount bind: too few arguments'
	refused 'mount proc /proc ro x' 'mount proc: too many arguments'
	refused 'mount tmpfs dir loop,size=1m' 'mount tmpfs: not for the kernel: loop'
	assert_stderr 'why: mount(8) acts on such options itself'
	for option in remount bind rbind shared; do
		refused "mount tmpfs dir $option" 'mount tmpfs: no option here, but an op of its own'
	done
	refused 'mount bind a b size=1m' 'mount bind: no option of a bind mount: size=1m'
	refused 'mount bind a b sync' 'mount bind: not of one mount, but of its whole file system: sync'
	refused 'remount a dirsync' 'remount: not of one mount, but of its whole file system: dirsync'
	refused 'remount --recursive a size=1m' 'remount: for one file system only: size=1m'
	refused 'propagation sideways' 'propagation: no such type: sideways'
	refused 'mount overlay dir upper=a work=b' 'mount overlay: which directories? lower=DIR'
	refused 'mount overlay dir lower=a lower=b' 'mount overlay: one too many: lower=b'
	refused 'mount overlay dir lower=a work=b' 'mount overlay: upper= is missing'
	refused 'mount overlay / lower=a' 'mount overlay: not over / itself'
}

@test "mount: refused in the host's mount namespace; --host insists" {
	needs_root
	mkdir dir
	ct_outer -c 'mount tmpfs dir'
	assert_result 2 '' "it would change the host's mounts"
	assert_stderr 'why: the box still shares the mount namespace with the host' 'fix: unshare mnt'
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
	assert_result 1 '' '-c:1: umount: umount2("/proc/self/fd/4/dir", UMOUNT_NOFOLLOW) = EINVAL'
	assert_stderr "why: nothing is mounted at $WORK/dir"
}

@test "umount: busy, for the box stands there" {
	needs_root
	mkdir dir
	ct -c 'unshare mnt; mount tmpfs dir; cd dir; umount ../dir'
	assert_result 1 '' 'umount2("/proc/self/fd/4/dir", UMOUNT_NOFOLLOW) = EBUSY'
	assert_stderr "why: something uses it: the box's working directory is there" 'fix: cd /; umount /'
}

@test "umount: busy, for something is mounted below; --lazy takes all of it away" {
	needs_root
	mkdir dir
	ct -c "unshare mnt; mount tmpfs dir; run mkdir dir/sub; mount tmpfs dir/sub; -umount dir; umount --lazy dir; run grep -c $WORK/dir /proc/self/mountinfo"
	assert_result 1 0 "why: something uses it: $WORK/dir/sub is mounted below it"
}

@test "umount: busy, at names with blanks: the line that helps names them" {
	needs_root
	mkdir 'a  b'
	ct -c "unshare mnt; mount tmpfs 'a  b'; mkdir 'a  b/c d'; mount tmpfs 'a  b/c d'; umount 'a  b'"
	assert_result 1 '' "why: something uses it: $WORK/a  b/c d is mounted below it" "fix: umount '$WORK/a  b/c d'; umount 'a  b'"
}

@test "umount: refused in the host's mount namespace" {
	needs_root
	ct_outer -c 'umount /proc'
	assert_result 2 '' "it would change the host's mounts"
	outer_unchanged
}

@test "mount: a source in front of the directory, as mount(2) has it" {
	needs_root
	mkdir mytemp proc
	ct -c 'unshare mnt pid; mount tmpfs thing mytemp; mount proc proc proc; mount tmpfs my /mnt size=1m; run sed -nE "s,^((thing|proc|my) [^ ]*(mytemp|/proc|/mnt) [a-z]*) .*,\1,p" proc/self/mounts'
	assert_status 0
	assert_output_has "thing $PWD/mytemp tmpfs" "proc $PWD/proc proc" 'my /mnt tmpfs'
	ct -c 'unshare mnt; mount tmpfs mytemp inode32; mount tmpfs none mytemp size=1m,ro; -run touch mytemp/a; mount tmpfs tmpfs /mnt'
	assert_result 0 '' 'Read-only file system'
}

@test "umount: the root is refused, before the kernel makes its file system read-only" {
	needs_root
	ct -x -c 'unshare mnt; umount /'
	assert_result 1 '' 'umount: refused: it would not take / off, but make its file system read-only'
	[[ $stderr != *umount2* ]]
	ct -c 'unshare mnt; mount bind / /mnt; umount /mnt; mount tmpfs /mnt; cd /mnt; umount --lazy .'
	assert_result 0 '' ''
}
