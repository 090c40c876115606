#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# mount proc, sysfs, tmpfs, …: the options that are really in force, as root and as a plain user; what the kernel
# refuses, and why.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

# mounted_at DIR - awk's program that prints options, type, and the file system's options of the topmost mount there, but
# for inode64, which some kernels' tmpfs shows of itself.
mounted_at() { echo "\$5 == \"$1\" { o = \$6; for (i = 7; \$i != \"-\"; i++); l = o \" \" \$(i + 1) \" \" \$(i + 3) } END { sub(/,inode64/, \"\", l); print l }"; }

@test "mount: each kind with the flags of container engines, on its customary directory" {
	needs_root
	mkdir -p r/{proc,sys,dev/pts,dev/mqueue}
	cat >t.ctr <<-END
		unshare pid mnt ipc net cgroup
		mount bind r r
		mount proc $WORK/r/proc
		mount sysfs $WORK/r/sys
		mount devpts $WORK/r/dev/pts
		mount mqueue $WORK/r/dev/mqueue
	END
	for dir in proc sys dev/pts dev/mqueue; do echo "run awk '$(mounted_at "$WORK/r/$dir")' /proc/self/mountinfo" >>t.ctr; done
	ct t.ctr
	assert_status 0
	assert_stderr ''
	[[ ${lines[0]} == "rw,nosuid,nodev,noexec,relatime proc "* ]]
	[[ ${lines[1]} == "ro,nosuid,nodev,noexec,relatime sysfs "* ]]
	[[ ${lines[2]} == "rw,nosuid,noexec,relatime devpts rw,gid=5,mode=620,ptmxmode=666" ]]
	[[ ${lines[3]} == "rw,nosuid,nodev,noexec,relatime mqueue "* ]]
	mkdir empty
	for kind in 'proc /proc' 'sysfs /sys' 'devpts /dev/pts' 'mqueue /dev/mqueue' 'cgroup2 /sys/fs/cgroup'; do
		ct -c "unshare mnt; chroot empty; mount ${kind% *}"
		assert_result 1 '' "openat2(AT_FDCWD, \"${kind#* }\", "
		assert_stderr 'why: there is no /'
	done
}

@test "mount cgroup2: read-only, and the host's is not" {
	needs_root
	mkdir dir
	ct -c "unshare mnt cgroup; mount cgroup2 $WORK/dir; run awk '$(mounted_at "$WORK/dir")' /proc/self/mountinfo; -run mkdir dir/x; mount cgroup2 $WORK/dir rw"
	assert_stderr 'Read-only file system'
	[[ ${lines[0]} == "ro,nosuid,nodev,noexec,relatime cgroup2 rw"* ]]
	dir=$(awk '$(NF-2) == "cgroup2" { print $5; exit }' /proc/self/mountinfo)
	[ -z "$dir" ] || { mkdir "$dir/test-rw-$$" && rmdir "$dir/test-rw-$$"; }
}

@test "mount cgroup2: in the host's cgroup namespace the options of all of it stay" {
	needs_root
	mkdir dir
	line=$(grep -m 1 -- ' - cgroup2 ' /proc/self/mountinfo) || skip "no cgroup2 is mounted here"
	words=$(grep -oE 'nsdelegate|favordynmods|memory_[a-z_]+|pids_localevents' <<<"${line##* }" | paste -sd ,)
	words=${words:+\"$words\"} words=${words:-NULL}
	for op in 'mount cgroup2 dir' 'mount cgroup2 none dir'; do
		ct -x -c "unshare mnt; $op"
		assert_result 0 '' "MS_RDONLY|MS_NOSUID|MS_NODEV|MS_NOEXEC, $words) = 0"
		grep -qxF -- "$line" /proc/self/mountinfo
	done
	ct -x -c 'unshare mnt cgroup; mount cgroup2 dir'
	assert_result 0 '' 'MS_RDONLY|MS_NOSUID|MS_NODEV|MS_NOEXEC, NULL) = 0'
}

@test "mount: options are taken apart into flags and words for the file system" {
	needs_root
	mkdir dir
	ct -x -c "unshare mnt; mount tmpfs dir ro,noexec,suid,size=1m,mode=700,noatime; run awk '$(mounted_at "$WORK/dir")' /proc/self/mountinfo"
	assert_status 0
	assert_stderr '"tmpfs", MS_RDONLY|MS_NODEV|MS_NOEXEC|MS_NOATIME, "size=1m,mode=700") = 0'
	assert_output 'ro,nodev,noexec,noatime tmpfs ro,size=1024k,mode=700'
}

@test "mount: one word is a directory, or options if it looks like them" {
	needs_root
	mkdir dir hidepid ro
	ct -x -c 'unshare pid mnt; mount proc hidepid=1; mount proc dir; mount proc hidepid; mount proc ./ro; mount proc ro; run true'
	assert_status 0
	assert_stderr 'openat2(AT_FDCWD, "/proc", ' '"proc", MS_NOSUID|MS_NODEV|MS_NOEXEC, "hidepid=1")' 'openat2(AT_FDCWD, "dir", ' \
		'openat2(AT_FDCWD, "hidepid", ' 'openat2(AT_FDCWD, "./ro", ' '"proc", MS_RDONLY|MS_NOSUID|MS_NODEV|MS_NOEXEC, NULL)'
}

@test "mount: any other type, with nothing added" {
	needs_root
	mkdir dir
	ct -x -c "unshare mnt; mount ramfs some/word dir; mount tmpfs dir; mount ramfs x dir nosuid,mode=700; run awk '$(mounted_at "$WORK/dir")' /proc/self/mountinfo"
	assert_status 0
	assert_stderr 'mount("some/word", "/proc/self/fd/4", "ramfs", 0, NULL) = 0'
	assert_output 'rw,nosuid,relatime ramfs rw,mode=700'
}

@test "mount: which word the file system refused, in its own words" {
	needs_root
	mkdir dir
	ct -c 'unshare mnt; -mount tmpfs dir size=1m,colour=red; mount tmpfs dir size=much'
	assert_result 1 '' "why: the kernel says: tmpfs: Unknown parameter 'colour'"
	assert_stderr "why: the kernel says: tmpfs: Bad value for 'size'"
}

@test "mount: no such type, no device, no directory, twice the same" {
	needs_root
	mkdir dir && touch file
	ct -c 'unshare mnt; mount nosuchfs x dir'
	assert_result 1 '' '= ENODEV'
	assert_stderr 'why: this kernel has no file system nosuchfs now (/proc/filesystems)'
	ct -c 'unshare mnt; mount tmpfs file'
	assert_result 1 '' 'why: file is a file, and a file system needs a directory'
	ct -c 'unshare mnt; mount sysfs dir; mount sysfs dir'
	assert_result 1 '' 'why: the same sysfs is mounted there already'
	assert_stderr 'fix: umount dir; mount sysfs dir'
	type=$(awk 'NF == 1 { print $1; exit }' /proc/filesystems)
	[ -n "$type" ] || return 0
	ct -c "unshare mnt; -mount $type nowhere dir; mount $type dir dir"
	assert_result 1 '' 'why: there is no nowhere'
	assert_stderr "why: $type lies on a block device, and dir is none"
}

@test "mount: without libmount the package is named, and only options need it" {
	needs_root
	needs_strace
	mkdir dir
	lib=$(ldconfig -p | awk '/libmount\.so\.1/ { print $NF; exit }')
	[ -n "$lib" ] || skip "where libmount.so.1 is, ldconfig does not say"
	# shellcheck disable=SC2016
	hidden() { run --separate-stderr unshare -m --propagation private sh -c 'mount --bind /dev/null "$(readlink -f "$1")"; shift; exec timeout -s KILL 360 "$@"' sh "$lib" "$CTRSH" "$@"; }
	hidden -c 'unshare mnt; mount tmpfs dir; run true'
	assert_result 0 '' ''
	hidden -c 'unshare mnt; mount tmpfs dir size=1m'
	assert_result 1 '' 'why: options are taken apart by libmount'
	assert_stderr 'do: install it: libmount1 (Debian, Ubuntu)'
}

@test "mount: options that do not fit the kernel's page" {
	needs_root
	mkdir dir
	ct -c "unshare mnt; mount tmpfs dir $(printf 'size=1m,%.0s' {1..600})"
	assert_result 2 '' 'the kernel takes 4095 bytes of options'
}

@test "rootless mount: proc, sysfs, devpts, tmpfs, mqueue, cgroup2 in namespaces of its own" {
	needs_userns
	mkdir dir
	for kind in proc sysfs devpts tmpfs mqueue cgroup2; do
		user -c "unshare user pid mnt ipc net cgroup; mount $kind $WORK/dir; run awk '$(mounted_at "$WORK/dir")' /proc/self/mountinfo"
		assert_status 0
		assert_stderr ''
		[[ $output == r[ow],nosuid*" $kind "* ]]
	done
}

@test "rootless mount: what shows a namespace that is still the host's" {
	needs_userns
	mkdir dir
	for pair in 'proc PID pid' 'sysfs network net' 'mqueue IPC ipc' 'cgroup2 cgroup cgroup'; do
		read -r kind title ns <<<"$pair"
		user -c "unshare user mnt; mount $kind $WORK/dir"
		assert_result 1 '' '= EPERM (Operation not permitted)'
		assert_stderr "why: $kind shows the $title namespace that its mounter is in, and the box still uses the host's" "fix: unshare $ns; mount $kind"
	done
}

@test "rootless mount proc: where the host's is partly covered" {
	needs_userns
	run --separate-stderr unshare -m --propagation private sh -c 'mount --bind /dev/null /proc/kmsg; mount -t tmpfs x /proc/driver; exec setpriv --reuid 65534 --regid 65534 --clear-groups timeout -s KILL 360 "$@"' sh "$CTRSH" -c 'unshare user pid mnt; mount proc'
	assert_result 1 '' '= EPERM'
	assert_stderr 'why: the proc that the box has, at /proc, is partly covered (/proc/' 'makes no new one that would show what is below'
}

@test "rootless mount devpts: gid=5 only where it is mapped" {
	needs_userns
	mkdir dir
	user -c "unshare user mnt; mount devpts $WORK/dir; run awk '$(mounted_at "$WORK/dir")' /proc/self/mountinfo"
	assert_result 0 'rw,nosuid,noexec,relatime devpts rw,mode=620,ptmxmode=666' ''
	user -c "unshare user mnt; mount devpts $WORK/dir gid=5"
	assert_result 1 '' '= EINVAL'
	assert_stderr "why: gid=5: that ID does not exist in the box's user namespace" 'do: leave it out, or map the ID first'
}

@test "rootless mount: a file system of disks belongs to the host's root" {
	needs_userns
	mkdir dir
	type=$(awk 'NF == 1 { print $1; exit }' /proc/filesystems)
	[ -n "$type" ] || skip "no file system of disks in this kernel"
	user -c "unshare user mnt; mount $type /dev/null $WORK/dir"
	assert_result 1 '' '= EPERM'
	assert_stderr "why: $type lies on a block device" 'do: run ctrsh with sudo, without unshare user'
}

# --- bind

@test "mount bind: options are in force, and only there" {
	needs_root
	mkdir a b && touch a/file
	ct -c "unshare mnt; mount bind a b ro,nosuid,nodev,noexec; run awk '$(mounted_at "$WORK/b")' /proc/self/mountinfo; -run touch b/x; run touch a/x"
	assert_status 0
	assert_stderr 'Read-only file system'
	[[ $output == 'ro,nosuid,nodev,noexec,'* ]]
	[ -e a/x ]
}

@test "mount bind: without what is mounted below, mount rbind: with it, options and all" {
	needs_root
	mkdir -p a/sub b c
	ct -c "unshare mnt; mount tmpfs a; run mkdir a/sub; mount tmpfs a/sub; run touch a/sub/x; mount bind a b; run ls b/sub; mount rbind a c ro,noexec
		run ls c/sub; run awk '$(mounted_at "$WORK/c")' /proc/self/mountinfo; run awk '$(mounted_at "$WORK/c/sub")' /proc/self/mountinfo; -run touch c/sub/y; run touch a/sub/y"
	assert_status 0
	assert_stderr 'c/sub/y'
	assert_output $'x\nro,nosuid,nodev,noexec,relatime tmpfs rw\nro,nosuid,nodev,noexec,relatime tmpfs rw'
}

@test "mount bind: SRC may be a link, and a file is bound onto a file" {
	needs_root
	echo one >one && ln -s one link && touch file
	ct -c 'unshare mnt; mount bind link file ro; run cat file; -run sh -c "echo two >file"'
	assert_result 0 one 'Read-only file system'
}

@test "mount bind: a directory onto a file, and the other way round" {
	needs_root
	mkdir dir && touch file
	ct -c 'unshare mnt; -mount bind dir file; mount bind file dir'
	assert_result 1 '' 'why: dir is a directory, and file is a file'
	assert_stderr 'why: file is a file, and dir is a directory'
}

@test "mount bind: unbindable is refused, and why" {
	needs_root
	mkdir a b
	ct -c 'unshare mnt; mount tmpfs a; propagation unbindable a; mount bind a b'
	assert_result 1 '' "why: the mount at $WORK/a is unbindable"
	assert_stderr 'fix: propagation private'
}

@test "mount bind: without open_tree, as before Linux 5.2; options then say what is missing" {
	needs_root
	needs_strace
	mkdir a b && touch a/x
	inject open_tree:error=ENOSYS -c 'unshare mnt; mount bind a b; run ls b; umount b; mount rbind a b; run ls b; mount bind a b ro'
	assert_result 1 $'x\nx' 'open_tree(AT_FDCWD, "a", OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC) = ENOSYS'
	assert_stderr "why: not known; of the box: kernel $(uname -r), " # this one has it
	inject mount_setattr:error=ENOSYS -c 'unshare mnt; -mount bind a b ro; run ls b'
	assert_result 0 '' "why: not known; of the box: kernel $(uname -r), "
}

@test "rootless mount bind: with options; the tree of the host only as a whole" {
	needs_userns
	mkdir a b && touch a/x
	user -c 'unshare user mnt; mount bind a b ro,noexec; run ls b; mount rbind / b; run ls b/proc/self/comm'
	assert_result 0 $'x\nb/proc/self/comm' ''
	user -c 'unshare user mnt; mount bind / b'
	assert_result 1 '' 'open_tree(AT_FDCWD, "/", OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC) = EINVAL'
	assert_stderr 'is mounted below it, and locked: a copy without it would show what it covers' 'fix: mount rbind'
}

@test "rootless umount: what came with the namespace is locked" {
	needs_userns
	user -c 'unshare user mnt; umount /proc'
	assert_result 1 '' 'why: the mount came with the namespace from a more privileged one, and is locked'
}

@test "mount tmpfs: nosuid or nodev in the options are all of its flags, so that device files can be meant" {
	needs_root
	mkdir dir
	ct -x -c 'unshare mnt; mount tmpfs dir nosuid,mode=755; mknod dir/null c 1 3; run sh -c "echo x >dir/null"'
	assert_result 0 '' '"tmpfs", MS_NOSUID, "mode=755") = 0'
	ct -x -c 'unshare mnt; mount tmpfs dir mode=755,nodev; mount tmpfs dir noexec,mode=755; mount tmpfs dir size=1m'
	assert_result 0 '' '"tmpfs", MS_NODEV, "mode=755") = 0'
	assert_stderr '"tmpfs", MS_NOSUID|MS_NODEV|MS_NOEXEC, "mode=755") = 0' '"tmpfs", MS_NOSUID|MS_NODEV, "size=1m") = 0'
	ct -c 'explain mount tmpfs /tmp nosuid,mode=755'
	assert_output_has 'mount -t tmpfs -o nosuid,mode=755 tmpfs /tmp' 'MS_NOSUID, "mode=755")'
}

@test "mount: where only the kernel makes directories there is no remedy" {
	needs_root
	ct -c 'unshare mnt; -mount tmpfs /proc/nowhere; -mount bind /etc /sys/nowhere/x; mount tmpfs /nowhere/x'
	assert_result 1 '' 'why: there is no /proc/nowhere'
	assert_stderr 'why: there is no /sys/nowhere'
	[ "$(grep 'fix:' <<<"$stderr")" = '  fix: mkdir --parents /nowhere/x; mount tmpfs /nowhere/x' ]
}

@test "remount, propagation: the root directory after chroot is made a mount, by a line that works" {
	needs_root
	cp -r "$ROOTFS" root
	ct -c 'unshare mnt; chroot root; -propagation shared /; remount / ro'
	assert_result 1 '' 'fix: mount bind / /; chroot /..; propagation shared /'
	assert_stderr 'fix: mount bind / /; chroot /..; remount / ro'
	ct -c 'unshare mnt; chroot root; mount bind / /; chroot /..; remount / ro; propagation shared /; run touch /x'
	assert_result 1 '' "touch: /x: Read-only file system"
}
