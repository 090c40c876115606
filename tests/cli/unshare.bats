#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# unshare: each namespace becomes the box's own, and only that one.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

# own NAMESPACE... - unshares these and shows which of all differ from the host's.
own() {
	local ns
	ct -c "unshare $*; run sh -c 'for n in cgroup ipc mnt net pid time user uts; do readlink /proc/self/ns/\$n; done'"
	assert_status 0 && assert_stderr '' || return
	differ=$(for ns in cgroup ipc mnt net pid time user uts; do readlink "/proc/self/ns/$ns"; done |
		paste - <(echo "$output") | awk '$1 != $2 { sub(":.*", "", $1); print $1 }' | paste -sd ' ')
}

for_each_one() {
	local ns
	for ns in cgroup ipc mnt net pid time user uts; do
		own "$ns" && [ "$differ" = "$ns" ] || { echo "unshare $ns gave: $differ" && return 1; }
	done
}

@test "unshare: each namespace alone" {
	needs_root
	for_each_one
}

@test "unshare: several at once, and all eight" {
	needs_root
	own uts pid mnt
	[ "$differ" = "mnt pid uts" ]
	own time user cgroup net ipc mnt pid uts
	[ "$differ" = "cgroup ipc mnt net pid time user uts" ]
}

@test "unshare: one after the other" {
	needs_root
	own "uts; unshare pid; unshare mnt"
	[ "$differ" = "mnt pid uts" ]
}

@test "unshare pid: the box is PID 1, what it runs comes after" {
	needs_root
	ct -c 'unshare pid; run sh -c "echo \$\$ \$PPID"; exec sh -c "echo \$\$"'
	assert_result 0 $'2 1\n1' ''
}

@test "unshare pid twice: PID 1 of the inner namespace, known in all three" {
	needs_root
	ct -c "unshare pid; unshare pid; run sh -c 'grep NSpid /proc/self/status | wc -w'; exec sh -c 'echo \$\$'"
	assert_result 0 $'4\n1' ''
}

@test "unshare mnt: a mount in the box does not reach a host with shared mounts" {
	needs_root
	mkdir dir
	ct_outer -c 'unshare mnt; mount tmpfs dir; run grep -c /dir /proc/self/mounts'
	assert_result 0 1 ''
	outer_unchanged
	grep -q ' shared:' outer.before
}

@test "unshare mnt after chroot: private as well, and the root stays" {
	needs_root
	ct_outer -c "chroot $ROOTFS; unshare mnt pid; mount tmpfs /mnt; mount proc; run sh -c 'grep shared: /proc/self/mountinfo; pwd; ls -d /etc/os-release'"
	assert_result 0 $'/\n/etc/os-release' ''
	outer_unchanged
}

@test "unshare net: no link but lo" {
	needs_root
	ct -c 'unshare net; run ls /proc/self/net/dev_snmp6'
	assert_result 0 lo ''
}

@test "unshare: an unknown namespace, and one named twice, are refused while reading" {
	ct -c 'run echo done; unshare uts pidz'
	assert_result 2 '' '-c:1:24: unshare: no such namespace: pidz'
	assert_stderr 'why: the kernel has uts pid mnt ipc net cgroup user time'
	ct -c 'run echo done; unshare uts pid uts'
	assert_result 2 '' 'unshare: uts is named twice'
}

@test "unshare: where the limit is 0 the reason is not the disk" {
	needs_root
	# Limits belong to the user namespace (namespaces(7), /proc/sys/user): this one is the test's own.
	run --separate-stderr unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_uts_namespaces && "$@"' sh "$CTRSH" -c 'unshare uts'
	assert_result 1 '' 'unshare(CLONE_NEWUTS) = ENOSPC'
	assert_stderr 'why: not the disk: /proc/sys/user/max_uts_namespaces is 0' 'fix: '
}

# peers LINE... - what propagation the root of the box's mounts has after these lines: shared, master or nothing.
peers() {
	ct_outer -c "$1; run sed -nE 's:^[^ ]+ [^ ]+ [^ ]+ [^ ]+ / [^ ]+ (shared|master)?.*:propagation=\\1:p' /proc/self/mountinfo"
	assert_status 0 && assert_stderr '' && assert_output "propagation=$2" || return
}

@test "unshare mnt --propagation: private, slave, shared, unchanged" {
	needs_root
	peers 'unshare mnt' ''
	peers 'unshare mnt --propagation private' ''
	peers 'unshare mnt --propagation slave' master
	peers 'unshare --propagation=shared mnt' shared
	peers 'unshare uts --propagation unchanged mnt' shared
}

@test "unshare mnt --propagation slave: also after chroot" {
	needs_root
	ct_outer -x -c "chroot $ROOTFS; unshare mnt --propagation slave; mount tmpfs /mnt"
	assert_status 0
	assert_stderr 'mount(NULL, "/", NULL, MS_REC|MS_SLAVE, NULL) = -1 EINVAL' 'mount(NULL, "/", NULL, MS_REC|MS_SLAVE, NULL) = 0' 'MS_NOSUID|MS_NODEV, NULL) = 0'
	outer_unchanged
}

@test "unshare mnt --propagation slave: what the host mounts comes in, what the box mounts stays" {
	needs_root
	mkdir -p dir/host dir/box
	ct_outer -c 'unshare mnt --propagation slave; mount tmpfs dir/box; !mount -t tmpfs x dir/host
		run sh -c "grep -c /dir/ /proc/self/mounts"; !umount dir/host'
	assert_result 0 2 ''
	outer_unchanged
}

@test "unshare mnt --propagation shared: what would reach the host is refused; --host insists" {
	needs_root
	mkdir dir
	for how in shared unchanged; do
		ct_outer -c "unshare mnt --propagation $how; mount tmpfs dir"
		assert_result 2 '' "mount tmpfs: refused: it would change the host's mounts" || return
		assert_stderr 'why: the mount at / is shared with the host' '(--host insists on it)' 'fix: propagation --recursive private; mount tmpfs' && outer_unchanged || return
	done
	ct_outer -c 'unshare mnt --propagation shared; mount --host tmpfs dir; !grep -c /dir /proc/self/mounts
		umount --host dir'
	assert_result 0 1 ''
	outer_unchanged
	# Made private, they are the box's alone.
	ct_outer -c 'unshare mnt --propagation shared; propagation --recursive private; mount tmpfs dir; !grep -c /dir /proc/self/mounts || true'
	assert_result 0 0 ''
	outer_unchanged
	# Where the host's mounts are private there is nothing to reach.
	run --separate-stderr unshare -m --propagation private "$CTRSH" -c 'unshare mnt --propagation shared; mount tmpfs dir; !grep -c /dir /proc/self/mounts || true'
	assert_result 0 0 ''
}

@test "unshare: an option with a value, and what is wrong with one" {
	refused() {
		ct -c "run echo done; unshare $1"
		assert_result 2 '' "$2"
	}
	refused 'mnt --propagation slow' 'unshare: --propagation is not "slow"'
	assert_stderr 'why: it is one of private, slave, shared, unchanged'
	refused 'mnt --propagation' 'unshare: --propagation takes a value'
	refused 'mnt --propagation=' 'unshare: --propagation is not ""'
	refused 'mnt --propagation slave --propagation=slave' 'unshare: --propagation is given twice'
	refused 'uts --propagation slave' 'unshare: --propagation is for the mounts of a new mount namespace'
	refused '--frobnicate uts' 'unshare: unknown option: --frobnicate'
	refused 'uts --frobnicate' 'unshare: no such namespace: --frobnicate'
	ct -c 'unshare mnt --propagation slave; !true' && assert_status 0
}
