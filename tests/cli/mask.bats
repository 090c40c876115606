#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# mask: files and directories covered with nothing, and what covers them really is nothing.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

setup() {
	common_setup
	needs_root
	mkdir root
	cp -r "$ROOTFS/." root
	rm -rf root/dev
	mkdir root/dev
	chmod -R a+rX root
	echo text >root/etc/secret
}

@test "mask: a file reads as empty and swallows, a directory is empty and read-only; the host's are as they were" {
	mkdir dir && echo a >dir/file && echo b >file
	ct_outer -c 'unshare mnt; mask file dir; run sh -c "cat file; ls -A dir; echo lost >file && cat file; touch dir/x"; !cat file dir/file'
	assert_result 1 '' 'Read-only file system'
	ct -c 'unshare mnt; mask file dir; run stat -c "%F %t:%T" file; !cat file dir/file'
	assert_result 0 $'character special file 1:3\nb\na' ''
	outer_unchanged
}

@test "mask: in a box without /dev, and /dev/null a link, a file or another device" {
	prepare() {
		rm -f root/dev/null
		case $1 in
		link) ln -s /etc/passwd root/dev/null ;;
		file) echo text >root/dev/null ;;
		device) mknod root/dev/null c 1 5 ;;
		gone) rm -rf root/dev ;;
		esac
	}
	for what in none link file device gone; do
		prepare "$what"
		ct -c 'unshare mnt; chroot root; mount proc; mask /etc/secret; run stat -c "%F %t:%T" /etc/secret; run cat /etc/secret; run pwd; run sh -c "grep -vc \" /proc \" /proc/mounts"'
		assert_result 0 $'character special file 1:3\n/\n1' ''
	done
	[ "$(cat root/etc/secret)" = text ]
}

@test "mask: without privilege; where no device can be made an empty file that cannot be written to" {
	needs_outside
	outside -c 'unshare pid mnt; mask /proc/keys /proc/fs; run sh -c "stat -c \"%F %t:%T\" /proc/keys; cat /proc/keys; ls /proc/fs"'
	assert_result 0 'character special file 1:3' ''
	chmod 666 root/etc/secret
	outside -c 'unshare pid mnt; chroot root; mask /etc/secret; run sh -c "stat -c %F /etc/secret; cat /etc/secret; echo x >/etc/secret"'
	assert_result 1 'regular empty file' 'Read-only file system'
	ln -s /etc/passwd root/dev/null
	outside -c 'unshare pid mnt; chroot root; mask /etc/secret; run cat /etc/secret'
	assert_result 0 '' ''
}

@test "mask: what is not there is an error, unless --if-exists" {
	touch file
	ct -c 'unshare mnt; mask file nowhere'
	assert_result 1 '' '= ENOENT'
	assert_stderr 'why: there is no nowhere' 'do: mask --if-exists passes over what is not there'
	ct -c 'unshare mnt; mask --if-exists nowhere file file/x; run stat -c %F file'
	assert_result 0 'character special file' ''
	ct -c 'unshare mnt; mask --if-exists'
	assert_result 2 '' 'too few arguments'
	ct_outer -c 'mask file'
	assert_result 2 '' "it would change the host's mounts"
	outer_unchanged
}

@test "mask: a link is not followed while the host's files are seen, and stays inside in a root of the box's own" {
	echo text >canary
	ln -s "$PWD/canary" root/etc/link
	ct -c 'unshare mnt; mask root/etc/link'
	assert_result 1 '' '= ELOOP'
	ln -sf /etc/secret root/etc/link
	ct -c 'unshare mnt; chroot root; mask /etc/link; run cat /etc/secret; !cat root/etc/secret canary'
	assert_result 0 $'text\ntext' ''
}

@test "mask default: what engines mask, and what they make read-only" {
	masked=(acpi asound kcore keys latency_stats sched_debug scsi timer_list timer_stats)
	fixed=(bus fs irq sys sysrq-trigger)
	# shellcheck disable=SC2016 # for the shell inside
	look='for p; do [ -e /proc/$p ] || continue; if [ -d /proc/$p ]; then [ -z "$(ls -A /proc/$p)" ] || echo seen $p; else [ -c /proc/$p ] || echo seen $p; fi; done'
	ct -c "unshare pid mnt; chroot root; mount proc; mask default; run sh -c '$look' sh ${masked[*]}"
	assert_result 0 '' ''
	for p in "${fixed[@]}"; do
		[ -e "/proc/$p" ] || continue
		ct -c "unshare pid mnt; chroot root; mount proc; mask default; run grep -c '^proc /proc/$p proc ro,nosuid,nodev,noexec,' /proc/mounts"
		assert_result 0 1 ''
	done
	ct -c 'unshare uts pid mnt; chroot root; mount proc; mask default; run sh -c "echo x >/proc/sys/kernel/hostname"'
	assert_result 1 '' 'Read-only file system'
}

@test "mask default: without privilege" {
	needs_outside
	outside -c 'unshare pid mnt; chroot root; mount proc; mask default; run sh -c "cat /proc/keys; grep -c \"^proc /proc/sys proc ro,\" /proc/mounts"'
	assert_result 0 1 ''
}
