#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A plain user: with a user namespace as far as the kernel allows, without one
# an error that says what is missing and what to do.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/cgroup

setup() {
	common_setup
	needs_root # to become a user whom nothing belongs to
	needs setpriv
}

@test "rootless: what needs no privilege works" {
	user -c "cd /tmp; setenv A b; run sh -c 'pwd; echo \$A; id -u'; exec echo last"
	assert_result 0 $'/tmp\nb\n65534\nlast' ''
}

@test "rootless: each op that needs privilege says so, and what to do" {
	for line in 'unshare uts' 'unshare pid mnt' "chroot $ROOTFS" 'hostname --host x' 'mount --host tmpfs /mnt' 'umount --host /proc'; do
		user -c "$line; run touch done"
		assert_result 1 '' '= EPERM (Operation not permitted)'
		assert_stderr 'why: the box does not hold CAP_SYS_' 'fix: unshare user'
	done
}

@test "rootless: a control group cannot be made without permission" {
	needs_pids
	user -c 'cgroup pids 20'
	assert_result 1 '' '-c:1: cgroup pids: mkdir('
	assert_stderr 'user 65534 may make no group there' \
		"$(is_v2 pids && echo 'do: run ctrsh with sudo, or in a delegated group' || echo 'cgroup v1 has no safe delegation')"
}

@test "rootless: unshare user first, then uts, pid and mnt" {
	needs_userns
	user -c 'unshare user uts pid mnt; hostname box; mount tmpfs /mnt; run uname -n; exec sh -c "echo \$\$"'
	assert_result 0 $'box\n1' ''
}

@test "rootless: user first, the others in later lines" {
	needs_userns
	user -c 'unshare user; unshare uts mnt; unshare pid; hostname box; exec sh -c "echo \$\$ \$(uname -n)"'
	assert_result 0 '1 box' ''
}

@test "rootless: a user namespace of its own does not own the host's" {
	needs_userns
	user -c 'unshare user; hostname --host x'
	assert_result 1 '' 'sethostname("x", 1) = EPERM'
	assert_stderr 'why: the box holds CAP_SYS_ADMIN in its own user namespace only'
}

@test "rootless: user after chroot is refused by the kernel, and why" {
	needs_root
	ct -c "chroot $ROOTFS; unshare user"
	assert_result 1 '' 'unshare(CLONE_NEWUSER) = EPERM'
	assert_stderr 'why: the box has another root' 'do: reset, and unshare user before chroot'
}

@test "rootless: chroot and proc in namespaces of its own" {
	needs_userns
	user -c "unshare user uts pid mnt; chroot $ROOTFS; mount proc; run sh -c 'echo /proc/[0-9]*'"
	assert_result 0 '/proc/1 /proc/2' ''
}

@test "rootless: killed, nothing is left" {
	needs_userns
	user -c 'unshare user pid; run sh -c "sleep 1000 >/dev/null 2>&1 &"; !pgrep -P $PPID -g 0 ctrsh; kill -KILL $PPID' # sleep-ok: a process that is killed
	assert_status 137
	poll 10 refute is_alive "$output"
}
