#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# mount dev: a minimal /dev, whole or not at all, and nothing of a hostile root file system is believed.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

load ../lib/strace

setup() {
	common_setup
	needs_root
	mkdir root
	cp -r "$ROOTFS/." root
	rm -rf root/dev
	mkdir root/dev
	chmod -R a+rX root
	echo "$LOOK" >root/look
	cp root/look look
}

# For the shell inside: what each device is, and whether it works.
LOOK='for d in null zero full random urandom tty; do stat -c "%n %F %a %t:%T" /dev/$d; done
	echo x >/dev/null; head -c 3 /dev/zero | wc -c; head -c 5 /dev/urandom | wc -c; cat /dev/null
	for l in fd stdin stdout stderr core ptmx; do echo $l $(readlink /dev/$l); done
	stat -c "%n %a" /dev/shm /dev/pts /dev/mqueue; ls /dev/pts; echo | tee /dev/full >/dev/null 2>&1 || echo full'
SEEN='/dev/null character special file 666 1:3
/dev/zero character special file 666 1:5
/dev/full character special file 666 1:7
/dev/random character special file 666 1:8
/dev/urandom character special file 666 1:9
/dev/tty character special file 666 5:0
3
5
fd /proc/self/fd
stdin /proc/self/fd/0
stdout /proc/self/fd/1
stderr /proc/self/fd/2
core /proc/kcore
ptmx pts/ptmx
/dev/shm 1777
/dev/pts 755
/dev/mqueue 755
ptmx
full'

@test "mount dev: devices, terminals, links, and they work; the host's /dev is as it was" {
	ls -lR root/dev >before
	ct_outer -c "unshare pid mnt; chroot root; mount proc; mount dev; exec sh /look"
	assert_result 0 "$SEEN" ''
	outer_unchanged
	ls -lR root/dev | cmp - before
}

@test "mount dev: the flags that container engines give it" {
	ct -c 'unshare pid mnt; chroot root; mount proc; mount dev; run grep " /dev" /proc/mounts'
	output=${output//,inode64/} # some kernels show it
	assert_result 0 'tmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755 0 0
devpts /dev/pts devpts rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666 0 0
shm /dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size=65536k 0 0' ''
}

@test "mount dev DIR: before chroot and pivot_root, from a working directory that stays" {
	for turn in chroot pivot_root; do
		ct -c "unshare pid mnt; cd root; mount dev dev; run pwd; $turn .; mount proc; run sh -c 'echo x >/dev/null; ls /dev | xargs'"
		assert_result 0 "$PWD/root"$'\ncore fd full mqueue null ptmx pts random shm stderr stdin stdout tty urandom zero' ''
	done
}

@test "mount dev: the box's umask takes no mode away" {
	umask 077
	ct -c 'unshare pid mnt; chroot root; mount dev; run sh -c "stat -c %a /dev/null /dev/pts /dev/shm | xargs; umask"'
	assert_result 0 $'666 755 1777\n0077' ''
}

@test "mount dev: without privilege the host's devices are bound, before and after chroot" {
	needs_outside
	for how in 'chroot root; mount proc; mount dev' 'mount dev root/dev; chroot root; mount proc' 'mount dev root/dev; mount proc root/proc; pivot_root root'; do
		outside -c "unshare pid mnt; $how; exec sh /look"
		assert_result 0 "$SEEN" ''
	done
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c "unshare user pid mnt; map root; chroot root; mount proc; mount dev; exec sh /look"
	assert_result 0 "$SEEN" ''
	outside -c "unshare pid mnt; mount dev; exec sh look"
	assert_result 0 "$SEEN" ''
}

@test "mount dev: without privilege, of a root file system's own nodes only those for everybody are taken" {
	needs_outside
	mknod -m 600 root/dev/null c 1 3
	outside -c 'unshare pid mnt; chroot root; mount dev; run sh -c "echo x >/dev/null && stat -c %a /dev/null"'
	assert_result 0 666 ''
}

@test "mount dev: without privilege, after pivot_root, says that it comes before it; and leaves no half" {
	needs_outside
	outside -c 'unshare pid mnt; mount proc root/proc; pivot_root root; -mount dev; run grep -c " /dev" /proc/mounts'
	assert_result 1 0 '-c:1: mount dev: mknodat('
	assert_stderr '= EPERM' "why: the box may make no device file" 'do: reset, and before pivot_root: mount dev NEW/dev'
}

@test "mount dev: without an ID in the user namespace" {
	needs_outside
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c 'unshare user pid mnt; mount dev'
	assert_result 1 '' '= EOVERFLOW'
	assert_stderr 'no user ID is mapped yet' 'fix: map root'
}

@test "mount dev: a /dev that is a link to the host is not followed" {
	mkdir canary
	rmdir root/dev
	for to in "$PWD/canary" ../canary /proc/1/root; do
		ln -sfn "$to" root/dev
		ct -c 'unshare pid mnt; mount dev root/dev'
		assert_result 1 '' '= ELOOP'
		assert_stderr 'why: root/dev is a symbolic link to '
		ct -c "unshare pid mnt; chroot root; mount proc; -mount dev; !ls -A $PWD/canary"
		assert_status 0
		[ -z "$(ls -A canary)" ] && [ -z "$output" ] || explain "an empty canary"
	done
}

@test "mount dev: names in the covered /dev that are links or files do no harm" {
	echo secret >canary
	for name in null zero pts shm ptmx; do ln -s "$PWD/canary" "root/dev/$name"; done
	ct -c "unshare pid mnt; chroot root; mount proc; mount dev; exec sh /look"
	assert_result 0 "$SEEN" ''
	needs_outside
	outside -c "unshare pid mnt; chroot root; mount proc; mount dev; exec sh /look"
	assert_result 0 "$SEEN" ''
	[ "$(cat canary)" = secret ]
}

@test "mount dev: nothing is left behind when a step fails" {
	needs_strace
	for what in mknodat:EIO:3 symlinkat:ENOSPC:2 mkdirat:EIO:1 mount:EBUSY:3 mount:ENOMEM:4 move_mount:EINVAL:1 fsmount:EIO:1; do
		IFS=: read -r call error when <<<"$what"
		inject "$call:error=$error:when=$when" -c 'unshare mnt; chroot root; mount proc; -mount dev; run grep -c " /dev" /proc/mounts; run pwd'
		[ "${lines[0]}" = 0 ] || explain "no mount, with $what"
		assert_stderr "= $error ("
	done
}

@test "mount dev: a directory that is not there, and the guard" {
	rmdir root/dev
	ct -c 'unshare mnt; chroot root; mount dev'
	assert_result 1 '' 'why: there is no /dev'
	assert_stderr 'fix: mkdir --parents /dev'
	ct_outer -c 'mount dev'
	assert_result 2 '' "it would change the host's mounts"
	outer_unchanged
}

@test "mount dev: the trace is true" {
	needs_strace
	TRACED=$TRACED,mknodat,symlinkat,umask,openat2,fsopen,fsconfig,fsmount,move_mount
	true_trace -c 'unshare mnt; chroot root; mount dev'
	assert_status 0
	shown 'mknodat(' 'symlinkat("pts/ptmx", ' 'mount("devpts", ".", "devpts", MS_NOEXEC|MS_NOSUID, "newinstance,ptmxmode=0666,mode=620,gid=5") = 0'
}

@test "mount dev, mask, mkdir: while somebody swaps the directory for a link, nothing reaches the host's" {
	mkdir canary
	ln -s "$PWD/canary" root/evil
	needs cc
	cc -D_GNU_SOURCE -o swap "$TOP/tests/lib/swap.c"
	echo 'unshare mnt' >t.ctr
	for _ in {1..300}; do printf '%s\n' '-mount dev root/dev' '-mask root/dev' '-mkdir root/dev/x' '-mknod root/dev/y p'; done >>t.ctr
	echo "run grep -c canary /proc/self/mountinfo" >>t.ctr
	./swap root/dev root/evil 3>&- &
	swapper=$!
	ct t.ctr
	kill "$swapper"
	ended 143 "$swapper"
	assert_status 1
	assert_output 0
	assert_stderr '= ELOOP'
	[ -z "$(ls -A canary)" ]
	[ "$(grep -c 'mount dev: ' <<<"$stderr")" -lt 300 ] || explain 'some of them to succeed'
}
