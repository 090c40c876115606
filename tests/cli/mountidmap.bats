#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# mount idmap: owners on disk, as the box's user namespace has them; and why the kernel refuses.
# vm: short 6.12 6.1

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

# disk_at DIR - a file system that takes it: tmpfs does since Linux 6.3; else one in a file.
disk_at() {
	if [ "$(printf '%s\n' 6.3 "$(uname -r)" | sort -V | head -n 1)" = 6.3 ]; then
		mount -t tmpfs -o mode=755 disk "$1"
	else
		truncate -s 32M image && mkfs.ext4 -q image && mount -o loop image "$1"
	fi
}

# With files of root, of another user, and of one whom the box does not have.
setup() {
	common_setup
	needs_root
	mkdir disk at
	disk_at disk || skip "tmpfs takes it since Linux 6.3, and ext4 in a file cannot be had here"
	touch disk/roots disk/others disk/nobodys
	chown 1000:1001 disk/others
	chown 200000:200000 disk/nobodys
	maps='unshare user mnt; map uid 0 100000 65536; map gid 0 100000 65536'
}

teardown() {
	umount "$WORK/disk" 2>/dev/null || true # a test that was skipped may not have it
	common_teardown
}

@test "mount idmap: owners inside are those on disk, and what is made is so on disk" {
	ct -c "$maps; mount bind disk at; run stat -c %u:%g at/roots; umount at
		mount idmap disk at; run stat -c %u:%g at/roots at/others at/nobodys; run touch at/new; run chown 5:6 at/new; run stat -c %u:%g at/new"
	assert_result 0 $'65534:65534\n0:0\n1000:1001\n65534:65534\n5:6' ''
	[ "$(stat -c %u:%g disk/new)" = 5:6 ]
	[ "$(stat -c %u:%g disk/roots)" = 0:0 ]
	refute test -e at/roots
}

@test "mount idmap: options hold, and SRC is the host's, wherever the box's root is" {
	ct -c "$maps; mount idmap disk at ro,noexec; -run touch at/new; run grep -o ' $WORK/at [^ ]*' /proc/self/mountinfo"
	assert_status 0
	assert_stderr "touch: cannot touch 'at/new': Read-only file system"
	[[ $output == " $WORK/at ro,noexec"*idmapped ]]
	cp -r "$ROOTFS" disk/root
	ct -c "$maps; mount tmpfs at; mkdir at/mnt; pivot_root at; mount idmap disk/root /mnt; chroot /mnt; exec stat -c %u /bin/busybox"
	assert_result 0 0 ''
}

@test "mount idmap: a foreign root file system of root's becomes the box's own" {
	cp -r "$ROOTFS" disk/root
	ct -c "$maps; unshare pid; mount idmap disk/root at; mount proc at/proc
		!findmnt -n -o TARGET $WORK/disk/root/proc || true
		pivot_root at; run sh -c 'id -u; touch /etc/made; ls -n /etc/made'"
	assert_status 0
	assert_output_has ' 0        0 '
	[ "${output%%$'\n'*}" = 0 ]
	[ "$(stat -c %u disk/root/etc/made)" = 0 ]
}

@test "mount idmap: no map yet, no user namespace, no privilege, no such directory, a file system that cannot" {
	mapping='map uid 0 100000 65536; map gid 0 100000 65536'
	ct -c "unshare user mnt; mount idmap disk at; $mapping; run stat -c %u at/roots"
	if [ "$status" -ne 0 ]; then
		assert_result 1 '' "why: the box's user namespace has no map yet"
		assert_stderr "fix: $mapping; mount idmap disk at"
	else # 6.1 heeds maps that come later
		assert_result 0 0 ''
	fi
	ct -c 'unshare mnt; mount idmap disk at'
	assert_result 1 '' "why: the box shares the host's user namespace"
	fix=$(sed -n 's/^ *fix: //p' <<<"$stderr")
	ct -c "unshare mnt; $fix; run stat -c %u at/roots"
	assert_result 0 0 ''
	ct -c "$maps; mount idmap /nowhere at"
	assert_result 1 '' 'why: there is no /nowhere on the host'
	ct -c "$maps; mount idmap /proc/sys at"
	assert_result 1 '' 'why: proc (mounted at /proc) does not take it in this kernel'
	chmod 755 disk
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c 'unshare user mnt; map root; mount idmap disk at'
	assert_result 1 '' 'why: it takes CAP_SYS_ADMIN in the user namespace that the file system was mounted in'
}

@test "mount idmap: refused while the mounts are the host's; bad words while reading" {
	ct -c 'mount idmap disk at'
	assert_result 2 '' 'mount idmap: refused'
	assert_stderr 'fix: unshare mnt'
	ct -c 'run echo done; mount idmap disk at size=5'
	assert_result 2 '' 'mount idmap: no option of a bind mount: size=5'
}

@test "mount idmap: the trace is true" {
	needs_strace
	TRACED+=,mount_setattr,open_tree,move_mount,setresuid,setresgid,setgroups,write
	true_trace -c "$maps; mount idmap disk at nosuid"
	assert_status 0
	shown 'attr_set=MOUNT_ATTR_IDMAP|MOUNT_ATTR_NOSUID' 'move_mount('
}
