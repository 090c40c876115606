#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# cgroup v2: what has to be changed in groups that hold processes before a box
# can have limits there, as a user in a delegated group, as root in a container;
# and that all of it is put back.
#
# vm: short 6.12

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/cgroup

setup() {
	common_setup
	needs_root
	needs_pure_v2
	needs setpriv
	own_group g
}

teardown() {
	local same=0
	drop_group || same=1
	common_teardown && [ "$same" = 0 ]
}

# as_before - the test's group is as it was made.
as_before() { [ "$(group_tree)" = "${test_group#/sys/fs/cgroup}: ; 0" ]; }

# delegated ARGUMENT... - ctrsh as a user, in the group that was handed to it.
delegated() {
	delegate 65534
	run --separate-stderr sh -c "$within" "$test_group" setpriv --reuid 65534 --regid 65534 --clear-groups timeout -s KILL 360 "$CTRSH" "$@"
}

# contained COMMAND - the command, by root, in a container whose root group holds it: it sees no other group.
contained() {
	run --separate-stderr timeout -s KILL 360 sh -c "$within" "$test_group" unshare -Cm sh -c "umount /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup && $1"
}

@test "leaf: a user in a delegated group has limits, each step shown, and all is put back" {
	delegated -x -c "cgroup pids 20; cgroup memory 64M; !cat /proc/self/cgroup"
	assert_status 0
	[[ $output = "0::${test_group#/sys/fs/cgroup}/ctrsh-shell" ]]
	assert_stderr "mkdir(\"$test_group/ctrsh-shell\", 0755) = 0" 'ctrsh-shell/cgroup.procs>, "' 'cgroup.subtree_control>, "+pids", 5) = 5' \
		'cgroup.subtree_control>, "+memory", 7) = 7' 'pids.max = "20") = 0' 'memory.max = "67108864") = 0'
	poll 10 as_before
}

@test "leaf: rootless, the limits hold" {
	delegated -c 'cgroup memory 32M; cgroup pids 9; -run tail /dev/zero; run sh -c "for i in 1 2 3 4 5 6 7 8 9 10; do sleep 60 & done"' # sleep-ok: processes that stay
	[ "$status" -ne 0 ]
	assert_stderr 'why: the memory limit works: the kernel killed 1 process' fork
	poll 10 as_before
}

@test "leaf: rootless with a user namespace, freeze, kill, thaw" {
	delegated -c 'unshare user pid; cgroup pids 20; run sh -c "sleep 1000 >/dev/null 2>&1 &"; cgroup kill; cgroup freeze; -run true; cgroup thaw; run echo on' # sleep-ok: a process that stays
	assert_result 0 on 'the box is frozen'
	poll 10 as_before
}

@test "leaf: reset puts it back, the next box has another; a refused value as well" {
	delegated -c 'cgroup pids 5; reset; -cgroup pids.max many; !cat /proc/self/cgroup'
	assert_result 0 "0::${test_group#/sys/fs/cgroup}" 'pids.max does not take such a value'
	delegated -c 'cgroup pids 5; reset; cgroup cpuset 0; cgroup pids 6; run true'
	assert_result 0 '' ''
	poll 10 as_before
}

@test "leaf: ctrsh is killed, also while the box is frozen" {
	for signal in TERM KILL; do
		for more in '' '; cgroup freeze'; do
			delegated -c "cgroup pids 20; run sh -c 'sleep 1000 >/dev/null 2>&1 &'$more; !kill -$signal \$PPID
				!true" # sleep-ok: a process that is killed
			[ "$status" -gt 128 ]
			poll 10 as_before
			as_it_was
		done
	done
}

@test "leaf: a user who may not, and the way out" {
	run --separate-stderr sh -c "$within" "$test_group" setpriv --reuid 65534 --regid 65534 --clear-groups timeout -s KILL 360 "$CTRSH" -c 'cgroup pids 20'
	assert_status 1
	assert_stderr 'user 65534 may make no group there' 'do: run ctrsh with sudo, or in a delegated group: systemd-run --user --scope -p Delegate=yes ctrsh'
	as_before
}

@test "leaf: the directory alone is not enough to enter: the common ancestor's cgroup.procs" {
	chown 65534 "$test_group" "$test_group/cgroup.subtree_control"
	run --separate-stderr sh -c "$within" "$test_group" setpriv --reuid 65534 --regid 65534 --clear-groups timeout -s KILL 360 "$CTRSH" -c 'cgroup pids 20'
	assert_status 1
	assert_stderr 'why: user 65534 may make no group there' 'do: run ctrsh with sudo, or in a delegated group: '
	poll 10 as_before
}

@test "leaf: root in a container, whose processes move and come back" {
	contained "{ sleep 1000 & } && $CTRSH -x -c 'cgroup memory 64M; cgroup cpu 50%; run true'; cat /proc/self/cgroup; cat /sys/fs/cgroup/cgroup.subtree_control; wc -l </sys/fs/cgroup/cgroup.procs; kill \$!" # sleep-ok: a process that is moved
	assert_status 0
	[ "${lines[0]}" = 0::/ ]
	[ "${lines[1]}" = 3 ]
	assert_stderr 'cgroup.subtree_control>, "+memory", 7) = 7' 'cgroup.subtree_control>, "+cpu", 4) = 4'
	poll 10 as_before
}

@test "leaf: two in one container; the last one puts it back" {
	cat >two <<-END
		cgroup memory 64M
		!touch $WORK/go
		!while [ -d /sys/fs/cgroup/ctrsh-\$(cat $WORK/one)-1 ]; do :; done
		!cat /sys/fs/cgroup/cgroup.subtree_control
	END
	contained "{ $CTRSH -c 'cgroup pids 20; !until [ -e $WORK/go ]; do sleep 0.05; done' & } && echo \$! >$WORK/one && # sleep-ok: polls
		until [ -d /sys/fs/cgroup/ctrsh-\$!-1 ]; do :; done && $CTRSH two && wait && cat /proc/self/cgroup"
	assert_result 0 $'memory pids\n0::/' ''
	poll 10 as_before
}

@test "leaf: a group that was made threaded says so" {
	contained "echo +pids >/sys/fs/cgroup/cgroup.subtree_control; $CTRSH -c 'cgroup pids 20'; r=\$?; echo -pids >/sys/fs/cgroup/cgroup.subtree_control; exit \$r"
	assert_result 1 '' 'no control group for the box can be made below /sys/fs/cgroup'
	assert_stderr 'why: it is threaded: pids or cpu was distributed while it held processes'
}

@test "leaf: a controller that nobody hands down, and one without any" {
	contained "$CTRSH -c 'cgroup pids 20'"
	assert_status 0
	mkdir "$test_group/below"
	run --separate-stderr sh -c "$within" "$test_group/below" unshare -Cm sh -c "umount /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup && $CTRSH -c 'cgroup pids 20'"
	assert_result 1 '' 'cgroup_init()'
	assert_stderr 'cgroup.controllers is empty: whoever made this control group handed no controller down to it'
	rmdir "$test_group/below"
}

@test "leaf: a mount that shows more than the cgroup namespace, whose bounds no process crosses" {
	run --separate-stderr sh -c "$within" "$test_group" unshare -C "$CTRSH" -c 'cgroup pids 20'
	assert_result 1 '' '= ENOENT (No such file or directory)'
	assert_stderr 'why: what is mounted at /sys/fs/cgroup reaches beyond the cgroup namespace'
}

@test "leaf: a group between that holds no processes begins to distribute, and ends it" {
	mkdir "$test_group/user"
	delegate 65534
	run --separate-stderr sh -c "$within" "$test_group/user" sh -c "chown 65534 $test_group/user $test_group/user/cgroup.procs && exec setpriv --reuid 65534 --regid 65534 --clear-groups $CTRSH -x -c 'cgroup memory 64M'"
	assert_status 0
	assert_stderr "$test_group/cgroup.subtree_control>, \"+memory\", 7) = 7"
	[[ $stderr != *ctrsh-shell* ]]
	[ "$(cat "$test_group/cgroup.subtree_control")" = '' ]
	rmdir "$test_group/user"
}

@test "leaf: what a manager marked as delegated is not left" {
	setfattr -n user.delegate -v 1 "$test_group" 2>/dev/null || python3 -c "import os; os.setxattr('$test_group', 'user.delegate', b'1')" || skip "no extended attributes on groups here"
	run --separate-stderr sh -c "$within" "$test_group" "$CTRSH" -c 'cgroup pids 20; run cat /proc/self/cgroup'
	assert_status 0
	[[ $output = "0::${test_group#/sys/fs/cgroup}/ctrsh-"*-1 ]]
	poll 10 as_before
}
