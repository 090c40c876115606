#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The situations of control groups that people ask about, each produced for
# real; most are cgroup v2's alone.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/cgroup

setup() {
	common_setup
	needs_root
	needs setpriv
}

teardown() {
	local same=0
	drop_group || same=1
	common_teardown && [ "$same" = 0 ]
}

# in_group USER ARGUMENT... - ctrsh as that user, started in the test's own group.
in_group() {
	local user=$1
	shift
	run --separate-stderr sh -c "$within" "$test_group" setpriv --reuid "$user" --regid "$user" --clear-groups timeout -s KILL 360 "$CTRSH" "$@"
}

@test "why 24: a group that holds processes distributes nothing" {
	needs_pure_v2
	ct -c 'cgroup pids 20; -cgroup cgroup.subtree_control +memory; why'
	assert_status 0
	assert_stderr '= EBUSY' 'why: the group holds processes, the box among them: only leaves may'
	assert_output_has 'cgroup.controllers' 'handed down by it'
}

@test "why 25: a tree that a threaded controller made threaded" {
	needs_pure_v2
	own_group t
	run --separate-stderr timeout -s KILL 360 sh -c "$within" "$test_group" unshare -Cm sh -c "umount /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup &&
		echo +pids >/sys/fs/cgroup/cgroup.subtree_control; $CTRSH -c 'cgroup pids 20'; r=\$?; echo -pids >/sys/fs/cgroup/cgroup.subtree_control; exit \$r"
	assert_result 1 '' 'why: it is threaded: pids or cpu was distributed while it held processes'
}

@test "why 26: a controller that is not there, and a file that is not" {
	ct -c 'cgroup nosuch.max 1'
	assert_result 1 '' 'this machine offers no control group controller nosuch'
	assert_stderr 'why: available: '
	needs_pids
	ct -c '-cgroup pids.nosuch 1; why'
	assert_status 0
	assert_stderr 'why: this kernel (cgroup v' 'has no pids.nosuch here; it has ' 'pids.max'
}

@test "why 27: a plain user whose group is not handed to him" {
	needs_pure_v2
	own_group u
	in_group 65534 -c 'cgroup pids 20'
	assert_result 1 '' 'user 65534 may make no group there'
	assert_stderr 'systemd-run --user --scope -p Delegate=yes ctrsh'
	chown 65534 "$test_group" "$test_group/cgroup.subtree_control"
	in_group 65534 -c 'cgroup pids 20'
	assert_status 1
	assert_stderr 'why: ' 'Delegate=yes'
	delegate 65534
	in_group 65534 -c 'cgroup pids 20; run true'
	assert_result 0 '' ''
}

@test "why 30: a group with processes or groups in it goes all the same at the end" {
	needs_pids
	printf '%s\n' 'cgroup pids 20' '!mkdir "$('"$groups"' | head -n 1)/child"' 'run sh -c "sleep 1000 >/dev/null 2>&1 &"' 'reset' "!$groups" >t.ctr # sleep-ok: a process that is killed
	ct t.ctr
	assert_result 0 '' ''
}

@test "why: a value that the file does not know, and what it holds" {
	needs_pids
	ct -c 'cgroup pids 5; -cgroup pids.max many; why'
	assert_status 0
	assert_stderr '= EINVAL' 'why: pids.max does not take such a value; it holds "5"'
	assert_output_has 'checked:  The file must be there' '  pids.max                 5  (/sys/fs/cgroup/'
}

@test "why: control groups that something was mounted over" {
	run --separate-stderr outer sh -c "mount -t tmpfs none /sys/fs/cgroup && exec timeout -s KILL 360 $CTRSH -c 'cgroup pids 5'"
	assert_result 1 '' 'why: '
	[[ $stderr == *'cannot be seen: something else is mounted over them'* || $stderr == *'no control group hierarchy is mounted'* ]] || explain "why"
}
