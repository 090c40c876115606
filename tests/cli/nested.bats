#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Namespaces within namespaces, made by one box after another `unshare`.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

setup() {
	common_setup
	needs_root # to become a user whom nothing belongs to
	needs_userns
}

# repeat N TEXT
repeat() { for _ in $(seq "$1"); do printf '%s' "$2"; done; }

@test "nested: a second unshare user, mapped from its parent" {
	for as in user ct; do
		"$as" -c 'unshare user; map root; unshare user; map uid 7 0 1; map setgroups deny; map gid 8 0 1; run sh -c "id -u; id -g; cat /proc/self/uid_map"'
		assert_status 0
		assert_stderr ''
		[ "$(tr -s ' ' <<<"$output")" = $'7\n8\n 7 0 1' ] || return
	done
}

@test "nested: root in three user namespaces, each with what belongs to it" {
	user -c 'unshare user uts; map root; hostname a; unshare user uts; map root; hostname b; unshare user uts pid mnt; map root; hostname c
		mount tmpfs /mnt; run sh -c "id -u; uname -n; touch /mnt/file; stat -c %u /mnt/file"'
	assert_result 0 $'0\nc\n0' ''
}

@test "nested: ranges from ranges, and the box becomes 0 of the inner one" {
	ct -c 'unshare user; map uid 0 100000 65536; map gid 0 100000 65536; unshare user; map uid 0 1000 10; map gid 0 1000 10
		run sh -c "id -u; id -g"; !grep -h ^Uid /proc/$(cat /proc/$PPID/task/$PPID/children | cut -d" " -f1)/status'
	assert_result 0 $'0\n0\nUid:\t101000\t101000\t101000\t101000' ''
}

@test "nested: IDs that the parent does not have, and ranges of the host" {
	user -c 'unshare user; map root; unshare user; map uid 0 5 1'
	assert_result 1 '' '"0 5 1\n", 6) = EPERM'
	assert_stderr 'why: the numbers of OUT are those of the parent'
	user -c 'unshare user; map root; unshare user; map auto'
	assert_result 2 '' "map auto: the ranges are numbers of the host's"
	assert_stderr 'do: map root, or'
}

@test "nested: unshare user without a map in the first" {
	user -c 'unshare user; unshare user'
	assert_result 1 '' 'CLONE_NEWUSER) = EPERM'
	assert_stderr "why: the box's user namespace has no uid_map" 'fix: map root'
	user -c 'unshare user; map uid 0 65534 1; unshare user'
	assert_result 1 '' 'CLONE_NEWUSER) = EPERM'
	assert_stderr "why: the box's user namespace has no gid_map"
}

@test "nested: unshare pid, four deep, rootless" {
	user -c 'unshare user pid; map root; unshare pid; unshare pid mnt; unshare pid; run sh -c "grep NSpid /proc/self/status | wc -w"; exec sh -c "echo \$\$"'
	assert_result 0 $'6\n1' ''
}

@test "nested: too deep, and not the disk" {
	user -c "$(repeat 35 'unshare user; map root; ') run true"
	assert_result 1 '' 'CLONE_NEWUSER) = ENOSPC'
	assert_stderr 'why: not the disk: the box is 33 user namespaces deep'
	[ "$(readlink /proc/self/ns/pid)" = 'pid:[4026531836]' ] || skip "how deep this PID namespace is cannot be seen"
	ct -c "$(repeat 35 'unshare pid; ') run true"
	assert_result 1 '' 'CLONE_NEWPID) = ENOSPC'
	assert_stderr 'why: not the disk: the box is 32 PID namespaces deep'
}

@test "nested: a limit, and how deep the box is" {
	run --separate-stderr unshare -Ur sh -c 'echo 1 >/proc/sys/user/max_uts_namespaces && "$@"' sh "$CTRSH" -c 'unshare uts; unshare user; map root; unshare uts'
	assert_result 1 '' 'CLONE_NEWUTS) = ENOSPC'
	assert_stderr 'why: not the disk: /proc/sys/user/max_uts_namespaces is 1 for each user, and processes are in 1'
}

@test "nested: the shell dies, and so do all of them" {
	user -c 'unshare user pid; map root; unshare user pid; map root; unshare pid; !cat /proc/$PPID/task/$PPID/children; pgrep -P $PPID -g 0 ctrsh | xargs -n 1 pgrep -P; kill -KILL $PPID'
	assert_status 137
	[ "$(wc -w <<<"$output")" -ge 3 ] || explain 'the boxes'
	for pid in $output; do poll 10 refute is_alive "$pid"; done
}
