#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# mount overlay, remount and propagation: what is in force, as mountinfo has it, and what the kernel means by EINVAL.
# vm: short 6.12

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

# Overlay, and an upper layer on this file system (none can be on another overlay).
needs_overlay() {
	needs_root
	if modprobe overlay 2>/dev/null; then :; fi # it may be built in, or not be there at all
	grep -qw overlay /proc/filesystems || skip "this kernel has no overlay"
}

MAP='!for p in $(cat /proc/$PPID/task/$PPID/children); do [ /proc/$p/ns/user -ef /proc/self/ns/user ] || { echo deny >/proc/$p/setgroups; echo "0 65534 1" >/proc/$p/uid_map; echo "0 65534 1" >/proc/$p/gid_map; }; done'

layers() {
	mkdir -p dir one two
	echo 1 >one/a
	echo 2 >two/a
	echo 2 >two/b
}

@test "mount overlay: two layers, and writes that are thrown away" {
	needs_overlay
	layers
	ct -c 'unshare mnt; mount overlay dir lower=one:two; run cat dir/a dir/b; run sh -c "echo new >dir/a; rm dir/b; ls dir"; umount dir; run sh -c "ls dir; ls dir/upper"; umount dir; run ls dir'
	assert_result 0 $'1\n2\na\nupper\nwork\na\nb' ''
	[ "$(cat one/a two/a two/b)" = $'1\n2\n2' ]
}

@test "mount overlay: over its own lower directory, and over one that holds it" {
	needs_overlay
	layers
	mkdir one/sub && echo 3 >one/sub/c
	ct -c 'unshare mnt; mount overlay one lower=one; run sh -c "echo new >one/a; cat one/a one/sub/c"; umount one; umount --lazy one; mount overlay one lower=one/sub:two; run ls one'
	assert_result 0 $'new\n3\na\nb\nc' ''
	[ "$(cat one/a)" = 1 ]
}

@test "mount overlay: after chroot, where no /proc is" {
	needs_overlay
	cp -a "$ROOTFS" r && mkdir r/over
	ct -c 'unshare mnt; chroot r; mount overlay /over lower=/etc:/bin; run sh -c "echo x >/over/new; ls /over/new /over/os-release"; mount overlay /etc lower=/etc; run sh -c ">/etc/mark; ls /etc/mark"'
	assert_result 0 $'/over/new\n/over/os-release\n/etc/mark' ''
	refute test -e r/etc/mark
}

@test "mount overlay: an upper layer that is kept, with options, and names with special characters" {
	needs_overlay
	layers
	mkdir 'one,two:three' && touch 'one,two:three/c'
	ct -c 'unshare mnt; mount tmpfs dir; run mkdir dir/up,a dir/work dir/over; mount overlay dir/over "lower=one:one,two\\:three" upper=dir/up,a work=dir/work nosuid,metacopy=off; run ls dir/over; run touch dir/over/new; run ls dir/up,a; run grep -c "dir/over rw,nosuid.* overlay overlay .*workdir=dir/work" /proc/self/mountinfo'
	assert_result 0 $'a\nc\nnew\n1' ''
}

@test "mount overlay: what the kernel means by EINVAL and the like" {
	needs_overlay
	layers
	says() {
		ct -c "unshare mnt; mount tmpfs dir; run mkdir dir/up dir/work dir/over dir/up/in; $1"
		assert_result 1 '' "$2"
		assert_stderr "why: $3"
	}
	says 'mount overlay dir/over lower=one:none' '= ENOENT' 'there is no none'
	says 'mount overlay dir/over lower=one/a' '= EINVAL' 'lower: one/a is not a directory'
	says 'mount overlay dir/over lower=one upper=dir/none work=dir/work' '= ENOENT' 'there is no dir/none'
	says 'mount overlay dir/over lower=one upper=dir/up work=dir/none' '= ENOENT' 'there is no dir/none'
	says 'mount overlay dir/over lower=one upper=dir/up work=two' '= EINVAL' 'upper and work are on different file systems'
	says 'mount overlay dir/over lower=one upper=dir/up work=dir/up/in' '= EINVAL' 'of upper and work one lies in the other'
	says 'mount bind dir two; mount overlay dir/over lower=one upper=dir/up work=two/work' '= EINVAL' 'upper and work are on different mounts'
	says 'mount overlay dir/over lower=one:two; run mkdir dir/over/u dir/over/w; mount overlay two lower=one upper=dir/over/u work=dir/over/w' '= EINVAL' 'upper: dir/over/u is on an overlay itself'
	says 'remount dir ro; mount overlay dir/over lower=one upper=dir/up work=dir/work' '= E' 'upper: dir/up is on a read-only mount'
	says 'mount overlay none lower=one' '= ENOENT' 'there is no none'
}

@test "mount overlay: one that fails leaves no tmpfs behind" {
	needs_overlay
	layers
	touch dir/mark
	ct -c "unshare mnt; -mount overlay dir lower=one:none; run ls dir; -run grep $WORK /proc/self/mountinfo"
	assert_result 0 mark 'why: there is no none'
}

@test "rootless mount overlay: thrown away, kept, and before the IDs are mapped" {
	needs_overlay
	needs_userns
	layers
	mkdir up work && chown 65534:65534 up work
	user -c 'unshare user mnt; mount overlay dir lower=one:two'
	assert_result 1 '' '= EOVERFLOW'
	assert_stderr "why: the box's own user and group ID are not mapped" 'fix: map root'
	printf '%s\n' 'unshare user mnt' "$MAP" 'mount overlay dir lower=one:two' 'run sh -c "echo new >dir/c; cat dir/c dir/b"' 'run grep -c "dir rw.* overlay overlay .*userxattr" /proc/self/mountinfo' >t.ctr
	user t.ctr
	assert_result 0 $'new\n2\n1' ''
	printf '%s\n' 'unshare user mnt' "$MAP" 'mount tmpfs dir' 'run mkdir dir/up dir/work dir/over' 'mount overlay dir/over lower=one upper=dir/up work=dir/work' 'run sh -c "echo new >dir/over/b"' 'run ls dir/up' >t.ctr
	user t.ctr
	assert_result 0 b ''
}

# --- remount

@test "remount: the attributes of one mount, the others keep theirs" {
	needs_root
	mkdir a b
	ct -c "unshare mnt; mount bind a b nosuid; remount b ro,noexec; run awk '\$5 ~ /\\/b\$/ { print \$6 }' /proc/self/mountinfo; -run touch b/x; run touch a/x; remount b rw; run awk '\$5 ~ /\\/b\$/ { print \$6 }' /proc/self/mountinfo; run touch b/y"
	assert_status 0
	assert_stderr 'Read-only file system'
	[[ ${lines[0]} == 'ro,nosuid,noexec,'* && ${lines[1]} == 'rw,nosuid,noexec,'* ]]
}

@test "remount ro: never the file system, which the host has too" {
	needs_root
	mkdir a
	ct_outer -c "unshare mnt; mount bind / a; remount a ro; remount / ro; -run test -w /; !test -w /"
	assert_result 0 '' 'run: test ended with status 1'
	outer_unchanged
}

@test "remount: words for the file system, but not if it is the host's" {
	needs_root
	mkdir a
	ct -c "unshare mnt; mount tmpfs a size=1m,noexec; remount a size=2m,nr_inodes=77; run awk '\$5 ~ /\\/a\$/ { print \$6, \$NF }' /proc/self/mountinfo; remount a colour=red"
	assert_status 1
	[[ $output =~ ^rw,nosuid,nodev,noexec,relatime\ rw,size=2048k,nr_inodes=77(,inode64)?$ ]] || explain 'the options' # 64: some kernels' own
	assert_stderr "why: the kernel says: tmpfs: Unknown parameter 'colour'"
	mount -t tmpfs x a
	ct -c 'unshare mnt; remount a size=5m'
	umount a
	assert_result 2 '' 'remount: refused: size=5m would change for the host too'
	assert_stderr "why: the host has the same file system mounted, at $WORK/a" "do: mount one of the box's own"
}

@test "remount: with --recursive those below as well" {
	needs_root
	mkdir a
	ct -c "unshare mnt; mount tmpfs a; run mkdir a/b; mount tmpfs a/b; remount a noexec; remount --recursive a ro; run awk '\$5 ~ /\\/a(\\/b)?\$/ { print \$6 }' /proc/self/mountinfo"
	assert_result 0 $'ro,nosuid,nodev,noexec,relatime\nro,nosuid,nodev,relatime' ''
}

@test "remount: no mount point; a file open for writing" {
	needs_root
	mkdir a
	ct -c 'unshare mnt; remount a ro'
	assert_result 1 '' '= EINVAL'
	assert_stderr 'why: a is not a mount point' 'fix: mount bind a a; '
	ct -c 'unshare mnt; mount tmpfs a; run sh -c "exec >a/log; echo x; sleep 100 &"; remount a ro' # sleep-ok: it holds the file
	assert_result 1 '' '= EBUSY'
	assert_stderr 'why: a file there is open for writing'
}

@test "rootless remount: what came locked stays, the box's own is free" {
	needs_userns
	mkdir a
	run --separate-stderr unshare -m --propagation private sh -c 'mount -t tmpfs -o ro,nosuid,noexec x a; exec setpriv --reuid 65534 --regid 65534 --clear-groups timeout -s KILL 360 "$@"' sh "$CTRSH" -c 'unshare user mnt; mount tmpfs /mnt ro; remount /mnt rw; remount a nodev; remount a exec'
	assert_result 1 '' '= EPERM'
	assert_stderr "why: the mount at $WORK/a came with ro,nosuid,nodev,noexec" 'from a more privileged mount namespace: what restricts is locked'
}

# --- propagation

@test "propagation: each type, as mountinfo has it; / by default" {
	needs_root
	mkdir a
	ct -c "unshare mnt; mount tmpfs a
		propagation shared a; run awk '\$5 ~ /\\/a\$/ { print \$7 }' /proc/self/mountinfo
		propagation unbindable a; run awk '\$5 ~ /\\/a\$/ { print \$7 }' /proc/self/mountinfo
		propagation private a; run awk '\$5 ~ /\\/a\$/ { print \$7 }' /proc/self/mountinfo
		propagation shared; run awk '\$5 == \"/\" { print \$7 } \$5 ~ /\\/a\$/ { print \$7 }' /proc/self/mountinfo
		propagation --recursive shared; run awk '\$5 ~ /\\/a\$/ { print \$7 }' /proc/self/mountinfo"
	assert_status 0
	assert_stderr ''
	[[ ${lines[0]} == shared:* && ${lines[1]} == unbindable && ${lines[2]} == - ]]
	[[ ${lines[3]} == shared:* && ${lines[4]} == - && ${lines[5]} == shared:* ]]
}

@test "propagation: slave of the host is not possible any more after unshare, and a directory is no mount" {
	needs_root
	mkdir a
	ct -c 'unshare mnt; propagation --recursive slave; propagation slave a'
	assert_result 1 '' 'mount(NULL, "/proc/self/fd/4", NULL, MS_SLAVE, NULL) = EINVAL'
	assert_stderr 'why: a is not a mount point'
	cp -a "$ROOTFS" r
	ct -c 'unshare mnt; chroot r; propagation private'
	assert_result 1 '' 'mount(NULL, "/", NULL, MS_PRIVATE, NULL) = EINVAL'
	assert_stderr 'why: / is not a mount point'
}

@test "propagation, remount, overlay and bind: refused in the host's mount namespace" {
	needs_root
	mkdir a
	for line in 'propagation private' 'remount / ro' 'mount overlay a lower=a' 'mount bind a a' 'mount rbind a a' 'mount sysfs a' 'mount mqueue a' 'mount ramfs x a' 'umount --lazy /proc'; do
		ct_outer -c "$line"
		assert_result 2 '' "it would change the host's mounts"
		outer_unchanged
	done
}

@test "overlay: a layer within another is named" {
	needs_root
	mkdir -p low/up low/work m
	ct -c 'unshare mnt; mount overlay m lower=low upper=low/up work=low/work'
	[ "$status" = 0 ] || assert_stderr 'ELOOP' 'why: of the layers low and low/up one lies in the other'
	mkdir -p a/b
	ct -c 'unshare mnt; mount overlay m lower=a/b:a'
	[ "$status" = 0 ] || assert_stderr 'ELOOP' 'why: of the layers a/b and a one lies in the other'
	mkdir -p u w
	ct -c 'unshare mnt; mount overlay m lower=u upper=u work=w'
	assert_result 1 '' 'ELOOP'
	assert_stderr 'why: of the layers u and u one lies in the other'
}
