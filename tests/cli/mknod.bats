#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# mkdir, mknod, symlink: files in the root that the box has, never behind a link that leads out of it.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

load ../lib/strace

setup() {
	common_setup
	needs_root
	umask 022
}

# hostile_root - a root file system with links to a directory of the host, by an absolute and by a relative path.
hostile_root() {
	mkdir canary
	cp -r "$ROOTFS" root
	ln -s "$PWD/canary" root/absolute
	ln -s ../canary root/relative
}

@test "mkdir: a directory, with the umask, with a mode, and with the sticky bit" {
	ct -c 'mkdir a; mkdir b 700; mkdir c 1777; mkdir a/d'
	assert_result 0 '' ''
	[ "$(stat -c %a a b c a/d | xargs)" = '755 700 1777 755' ]
}

@test "mkdir --parents: those above too, and what is there stays as it is" {
	ct -c 'mkdir --parents a/b/c 700; mkdir --parents a//b/c/ 777; mkdir --parents a'
	assert_result 0 '' ''
	[ "$(stat -c %a a a/b a/b/c | xargs)" = '755 755 700' ]
	touch file
	ct -c 'mkdir --parents file/x'
	assert_result 1 '' '-c:1: mkdir: file is there, and is no directory'
}

@test "mkdir, mknod: in the box's root after chroot" {
	cp -r "$ROOTFS" root
	ct -c 'chroot root; mkdir /new; mknod /new/null c 1 3 600; cd new; mknod fifo p; run sh -c "echo x >/new/null; cat /new/null"'
	assert_result 0 '' ''
	[ "$(stat -c '%F %a %t:%T' root/new/null)" = 'character special file 600 1:3' ]
	[ "$(stat -c '%F %a' root/new/fifo)" = 'fifo 644' ]
}

@test "symlink: leads to what was said, whether it is there or not; what is there stays" {
	ct -c 'symlink ../x/y a; mkdir d; symlink /etc d/b; -symlink c a; exec true'
	assert_result 0 '' 'symlink: symlinkat("c", '
	assert_stderr '= EEXIST' 'why: there is something of this name'
	[ "$(readlink a)" = ../x/y ]
	[ "$(readlink d/b)" = /etc ]
	ct -c "run echo done; symlink '' b"
	assert_result 2 '' 'symlink: a link must lead somewhere'
}

@test "mknod: a block device" {
	ct -c 'mknod disk b 7 300 640'
	assert_result 0 '' ''
	[ "$(stat -c '%F %a %t:%T' disk)" = 'block special file 640 7:12c' ]
}

@test "mkdir, mknod: no link in a foreign root file system leads to the host" {
	hostile_root
	for link in absolute relative; do
		for line in "mkdir root/$link/x" "mkdir --parents root/$link/x/y" "mknod root/$link/x p" "symlink x root/$link/x" "mknod root/$link/x c 1 3"; do
			ct -c "$line"
			assert_result 1 '' '= ELOOP (Too many levels of symbolic links)'
			assert_stderr "why: root/$link is a symbolic link to "
		done
		for line in "mkdir /$link/x" "mkdir --parents /$link/x/y" "mknod /$link/x p" "mknod /$link/x c 1 3"; do
			ct -c "chroot root; $line"
			assert_status 1
		done
		# The last name is never followed.
		ct -c "mknod root/$link p"
		assert_result 1 '' '= EEXIST'
	done
	[ -z "$(ls -A canary)" ]
}

@test "mkdir, mknod: a link inside the box's root stays inside" {
	hostile_root
	ln -s /etc root/link
	ct -c 'chroot root; mkdir /link/inside; mknod /link/fifo p'
	assert_result 0 '' ''
	[ -d root/etc/inside ]
	[ -p root/etc/fifo ]
}

@test "mkdir, mknod: wrong words are refused while reading" {
	refused() {
		ct -c "mkdir done; $1"
		assert_result 2 '' "$2"
		[ ! -e done ]
	}
	refused 'mkdir x 999' 'mkdir: not a mode in octal: "999"'
	refused 'mkdir x 17777' 'not a mode in octal'
	refused 'mkdir' 'too few arguments'
	refused 'mkdir --mode x' 'unknown option: --mode'
	refused 'mknod x c 1' 'mknod: c takes MAJOR and MINOR'
	refused 'mknod x u 1 3' 'mknod: c, b or p, not "u"'
	refused 'mknod x c 4096 1' 'mknod: no device number: 4096 1'
	refused 'mknod x c 1 -3' 'mknod: no device number: 1 -3'
	refused 'mknod x p 1 3' 'mknod: too many arguments: 3'
	refused 'mknod x p 888' 'mknod: not a mode in octal: "888"'
	ct -c 'mkdir ..'
	assert_result 2 '' 'mkdir: not a name for something new: ".."'
}

@test "mkdir, mknod: what is in the way is named" {
	mkdir a && touch file
	ct -c 'mkdir a'
	assert_result 1 '' '-c:1: mkdir: mkdirat('
	assert_stderr '= EEXIST' 'fix: mkdir --parents '
	ct -c 'mknod a p'
	assert_result 1 '' 'why: there is something of this name'
	ct -c 'mkdir none/x'
	assert_result 1 '' 'why: there is no none'
	ct -c 'mknod file/x p'
	assert_result 1 '' 'why: file is not a directory'
	ct -c 'mkdir /proc/x'
	assert_result 1 '' 'why: /proc shows what the kernel holds: it alone makes files there'
	ct -c 'unshare mnt; mount tmpfs a ro; mkdir a/x'
	assert_result 1 '' '= EROFS'
	assert_stderr 'why: a lies on a file system that is mounted read-only'
}

@test "mkdir, mknod: the trace is true" {
	needs_strace
	TRACED=$TRACED,mknodat,umask,openat2
	true_trace -c 'mkdir a 700; mknod a/n c 1 3; mknod a/b b 7 0 600; mknod a/p p; -mkdir a; -mknod a p'
	assert_status 0
	shown 'mkdirat(' ', "a", 0700) = 0' '0666|S_IFCHR, makedev(0x1, 0x3)) = 0' '0600|S_IFBLK, makedev(0x7, 0)) = 0' '"p", 0666|S_IFIFO) = 0' 'umask(000) = 022'
}

@test "mkdir, mknod: without privilege" {
	needs setpriv
	chmod 777 .
	user -c 'mkdir d; mknod d/fifo p'
	assert_result 0 '' ''
	[ -p d/fifo ]
	user -c 'mkdir /x'
	assert_result 1 '' '= EACCES'
	assert_stderr 'why: / belongs to user 0 and has mode 0755: the box may not write there'
	user -c 'mknod d/null c 1 3'
	assert_result 1 '' '= EPERM'
	assert_stderr 'why: the box does not hold CAP_MKNOD' 'fix: '
	needs_userns
	user -c 'unshare user mnt; mknod d/null c 1 3'
	assert_result 1 '' 'why: the box holds CAP_MKNOD in its own user namespace only'
	user -c 'unshare user mnt; mount tmpfs d; mkdir d/x'
	assert_result 1 '' '= EOVERFLOW'
	assert_stderr 'why: in the box'"'"'s user namespace no user ID is mapped yet' 'fix: map root'
}

@test "mkdir, mount: a link that leads nowhere is called that" {
	needs_root
	mkdir root
	ln -s /nowhere root/link
	ct -c 'unshare mnt; chroot root; mkdir /link/a'
	assert_result 1 '' 'why: /link is a symbolic link to /nowhere, and that is not there'
	ct -c 'unshare mnt; chroot root; mount tmpfs /link'
	assert_result 1 '' 'why: /link is a symbolic link to /nowhere, and that is not there'
}

@test "mknod: of a device file on a nodev mount it is said that nobody can open it there" {
	mkdir dir
	ct -c 'unshare mnt; mount tmpfs dir; mknod dir/null c 1 3; mknod dir/fifo p; remount dir dev; mknod dir/full c 1 7'
	assert_result 0 'dir/null: made, but nobody can open it here: the mount is nodev' ''
}

@test "mkdir: a box whose own ID has no place in the map is told so, and the remedy works" {
	mkdir dir && chmod 777 dir
	ct -c 'unshare user mnt; map uid 1 33 1; map gid 1 33 1; mount tmpfs dir mode=777; mkdir dir/x'
	assert_result 1 '' '= EOVERFLOW'
	assert_stderr 'why: the user ID of the box, 0 outside, has no place in the map of its user namespace' \
		'fix: setgid 1; setuid 1; mkdir dir/x'
	ct -c 'unshare user mnt; map uid 1 33 1; map gid 1 33 1; mount tmpfs dir mode=777; setgid 1; setuid 1; mkdir dir/x; run stat -c %u:%g dir/x'
	assert_result 0 1:1 ''
}
