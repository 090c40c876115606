#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Where a mount lands: links in a foreign root file system, and names that are
# swapped meanwhile, do not lead to the host's files.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

# Each test has a hostile root file system: its /dev, /sys and /proc are links to a directory of the host.
setup() {
	common_setup
	needs_root
	mkdir -p canary/sub foreign/real foreign/d
	ln -s "$WORK/canary" foreign/dev
	ln -s ../canary foreign/sys
	ln -s real foreign/proc
	ln -s /loop foreign/loop
	# Mounts at the canary, as the box's mount namespace has them; the box's own root may be elsewhere.
	SEEN='!for p in $(cat /proc/$PPID/task/$PPID/children); do [ /proc/$p/ns/mnt -ef /proc/self/ns/mnt ] || nsenter -t $p -m grep -c " '$WORK'/canary" /proc/self/mountinfo; done; true'
}

@test "target: with the host's root no link is followed, and which one it was" {
	for line in 'mount tmpfs foreign/dev' 'mount proc foreign/dev/sub' 'mount bind / foreign/dev' 'mount overlay foreign/dev lower=canary' 'remount foreign/dev ro' 'propagation private foreign/dev' 'umount foreign/dev/sub'; do
		ct -c "unshare mnt; -$line; $SEEN"
		assert_result 0 0 'RESOLVE_NO_SYMLINKS}, 24) = ELOOP (Too many levels of symbolic links)'
		assert_stderr "why: foreign/dev is a symbolic link to $WORK/canary, and the box sees the host's files" \
			"do: chroot first: in an image the link means the image's own $WORK/canary"
	done
}

@test "target: a relative link is none the better" {
	ct -c "unshare mnt; -mount tmpfs foreign/sys/sub; $SEEN"
	assert_result 0 0 'why: foreign/sys is a symbolic link to ../canary'
}

@test "target: links in a circle are no place" {
	ln -s round foreign/round
	ct -c 'unshare mnt; mount tmpfs foreign/round/x'
	assert_result 1 '' '= ELOOP' 'why: foreign/round/x: symbolic links on it go in a circle' 'do: name another place'
}

@test "target: a link that leads to nothing: what is missing is made" {
	cp -a "$ROOTFS" r
	rm -r r/proc
	ln -s /gone/target r/proc
	ln -s ../gone2 r/usr/rel
	ct -c 'unshare mnt pid; chroot r; mount proc'
	assert_result 1 '' 'why: /proc is a symbolic link to /gone/target, and that is not there' 'fix: mkdir --parents /gone/target; mount proc'
	ct -c "unshare mnt pid; chroot r; $(sed -n 's/^  fix: //p' <<<"$stderr"); run ls /gone/target/self/comm"
	assert_result 0 /gone/target/self/comm ''
	ct -c 'unshare mnt; chroot r; mount tmpfs /usr/rel/a'
	assert_result 1 '' 'fix: mkdir --parents /gone2/a; mount tmpfs /usr/rel/a'
	ct -c 'unshare mnt; chroot r; mount dev /usr/rel/b'
	assert_result 1 '' 'fix: mkdir --parents /gone2/b; mount dev /usr/rel/b'
	ct -c 'unshare mnt; chroot r; mount overlay /mnt lower=/usr/rel'
	assert_result 1 '' 'fix: mkdir --parents /gone2; mount overlay /mnt lower=/usr/rel'
}

@test "target: a bind's place that is missing: a directory for a directory, a file for a file" {
	ct -c 'unshare mnt; mount bind /etc/passwd new/f'
	assert_result 1 '' 'why: there is no new' 'fix: mkdir --parents new; run touch new/f; mount bind /etc/passwd new/f'
	ct -c "unshare mnt; $(sed -n 's/^  fix: //p' <<<"$stderr"); run test -s new/f"
	assert_result 0 '' ''
	ct -c 'unshare mnt; mount bind /etc/passwd f'
	assert_result 1 '' 'fix: run touch f; mount bind /etc/passwd f'
	ct -c 'unshare mnt; mount bind canary d/e'
	assert_result 1 '' 'fix: mkdir --parents d/e; mount bind canary d/e'
}

@test "target: umount follows no link at the end of a path" {
	mkdir m && ln -s m link
	ct -c 'unshare mnt; mount tmpfs m; -umount link; umount ./link'
	assert_result 1 '' 'umount2("link", UMOUNT_NOFOLLOW) = EINVAL'
	assert_stderr '/link", UMOUNT_NOFOLLOW) = EINVAL'
}

@test "target: in a root of its own links are followed, inside" {
	mkdir -p "foreign$WORK/canary"
	ct -c "unshare mnt; chroot foreign; mount tmpfs /dev; mount proc; $SEEN"
	assert_result 0 0 ''
	ct -x -c 'unshare mnt; chroot foreign; mount proc'
	assert_result 0 '' 'mount("proc", "/proc", "proc", MS_NOSUID|MS_NODEV|MS_NOEXEC, NULL) = 0'
}

@test "target: in a root of its own a link to what is only on the host leads nowhere" {
	ct -c "unshare mnt; chroot foreign; -mount tmpfs /dev; -mount tmpfs /sys; $SEEN"
	assert_result 0 0 'openat2(AT_FDCWD, "/dev", {flags=O_PATH|O_CLOEXEC, resolve=RESOLVE_NO_MAGICLINKS}, 24) = ENOENT'
	assert_stderr 'openat2(AT_FDCWD, "/sys", '
}

@test "target: magic links of /proc are not followed" {
	ln -s "/real/self/root" foreign/out
	ct -c 'unshare mnt; chroot foreign; mount proc /real; -mount tmpfs /real/self/cwd; mount tmpfs /out/d'
	assert_result 1 '' 'why: /real/self is a symbolic link to '
	assert_stderr 'why: /out is a symbolic link to /real/self/root; on the way is a magic link of /proc'
}

@test "target: links in a circle" {
	ct -c 'unshare mnt; chroot foreign; mount tmpfs /loop'
	assert_result 1 '' 'why: /loop is a symbolic link to /loop, and they go in a circle'
}

@test "target: a working directory outside of the root is the host's" {
	ct -c "unshare mnt; chroot --keep-cwd foreign; mount tmpfs canary; umount canary; -mount tmpfs foreign/dev; $SEEN"
	assert_result 0 0 'RESOLVE_NO_SYMLINKS}, 24) = ELOOP'
}

@test "target: a bind mount of the host's root is still the host's" {
	mkdir r
	ct -c "unshare mnt; mount rbind / r; chroot r; mount proc; mount bind $WORK/canary $WORK/foreign/d; mount tmpfs $WORK/foreign/dev"
	assert_result 1 '' 'RESOLVE_NO_SYMLINKS}, 24) = ELOOP'
}

@test "target: without openat2, as before Linux 5.6, no link is followed at all" {
	needs_strace
	for error in ENOSYS EPERM; do
		inject openat2:error=$error -c "unshare mnt; -mount tmpfs foreign/dev; mount tmpfs foreign/d; -mount tmpfs foreign/none; $SEEN"
		assert_result 0 0 '-c:1: mount tmpfs: a symbolic link is in the way: foreign/dev'
		assert_stderr "why: foreign/dev is a symbolic link to $WORK/canary" 'openat(' '"none", O_PATH|O_NOFOLLOW|O_CLOEXEC) = ENOENT'
		inject openat2:error=$error -c 'unshare mnt; chroot foreign; mount proc /real; mount proc'
		assert_result 1 '' 'why: /proc is a symbolic link to real, and this kernel has no openat2(2)'
	done
}

@test "target: the trace of the walk without openat2 is true" {
	needs_strace
	run --separate-stderr timeout -s KILL 360 strace -f -qq -o log -e trace=openat,openat2,mount -e inject=openat2:error=ENOSYS "$CTRSH" -x -c 'unshare mnt; mount tmpfs foreign/d'
	assert_status 0
	grep -qE 'openat\(AT_FDCWD, "\.", O_RDONLY\|O_NOFOLLOW\|O_CLOEXEC\|O_PATH\) = 4' log
	grep -qE 'openat\([0-9]+, "foreign", ' log
	assert_stderr 'openat(AT_FDCWD, ".", O_PATH|O_NOFOLLOW|O_CLOEXEC) = 4' '"foreign", O_PATH|O_NOFOLLOW|O_CLOEXEC) = 5'
}

@test "target: directories swapped with links beside the mounts: none lands on the canary" {
	needs cc
	cc -D_GNU_SOURCE -o swap "$TOP/tests/lib/swap.c"
	ln -s "$WORK/canary" foreign/l
	touch canary/file file
	{
		echo 'unshare mnt'
		for _ in {1..800}; do echo '-mount tmpfs foreign/d'; done
		for _ in {1..400}; do echo '-mount bind foreign/real foreign/d'; done
		for _ in {1..100}; do echo '-mount overlay foreign/d lower=foreign/real'; done
		echo "$SEEN"
		echo 'chroot foreign'
		for _ in {1..400}; do echo '-mount tmpfs /d'; done
		echo "$SEEN"
	} >t.ctr
	./swap foreign/d foreign/l 3>&- &
	swapper=$!
	ct t.ctr
	kill "$swapper"
	ended 143 "$swapper" # not before
	assert_status 0
	assert_output $'0\n0'
	assert_stderr '= ELOOP'
	[ "$(grep -c '= ELOOP' <<<"$stderr")" -lt 1300 ] || explain 'some of them to succeed'
	[ "$(ls -A canary)" = $'file\nsub' ]
}
