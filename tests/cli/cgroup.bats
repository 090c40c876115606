#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# cgroup pids: the limit is there, holds, can be changed, and goes.
#
# vm: short 6.12

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

setup() {
	common_setup
	needs_pids
}

# group_of - a command for the host that prints the directory of the group of the ctrsh that runs it.
group_of='find /sys/fs/cgroup -type d -name "ctrsh-$PPID-*"'

@test "cgroup pids: the limit is in the file, and the box in the group" {
	script 'unshare pid; cgroup pids 20' "!cat \$($group_of)/pids.max" "!grep -c . \$($group_of)/cgroup.procs"
	assert_result 0 $'20\n1' ''
}

@test "cgroup pids: a fork beyond it fails" {
	ct -c "chroot $ROOTFS; cgroup pids 5; run sh -c 'for i in 1 2 3 4 5 6 7 8 9; do sleep 60 & done'" # sleep-ok: processes that stay
	[ "$status" -ne 0 ]
	assert_stderr "can't fork: Resource temporarily unavailable"
}

@test "cgroup pids: given again it changes the limit of the same group" {
	script 'cgroup pids 20; cgroup pids 7' "!cat \$($group_of)/pids.max" 'cgroup pids max' "!cat \$($group_of)/pids.max"
	assert_result 0 $'7\nmax' ''
}

@test "cgroup pids: a limit too small for run says so, and the box lives on" {
	ct -c 'cgroup pids 1; -run true; cgroup pids 9; run echo on'
	assert_result 0 on 'run: fork() = EAGAIN'
	assert_stderr 'why: the limit works: ' 'fix: '
}

@test "cgroup pids 0: nothing can start" {
	ct -c 'cgroup pids 0; run true'
	assert_result 1 '' 'fork() = EAGAIN'
}

@test "cgroup: processes that go on in the background are killed with the group" {
	ct -c "cgroup pids 20; run sh -c 'sleep 1000 >/dev/null 2>&1 & echo \$!'" # sleep-ok: a process that stays
	assert_status 0
	assert_stderr ''
	poll 10 refute is_alive "$output"
}

@test "cgroup: reset removes the group, and the next box gets another" {
	script 'cgroup pids 5; reset' "!$group_of" 'cgroup pids 6' "!cat \$($group_of)/pids.max"
	assert_result 0 6 ''
}

@test "cgroup: bad limits are refused while reading" {
	for bad in -1 x '' 1.5 10000000 ' 5'; do
		ct -c "run echo done; cgroup pids '$bad'"
		assert_result 2 '' 'cgroup pids: neither a number of processes (0 to 9999999) nor max'
	done
	ct -c 'run echo done; cgroup zzz 5'
	assert_result 2 '' 'cgroup: "zzz" is neither a word it knows nor a file of a control group'
}

@test "cgroup: a warden that was killed alone has a follower before the next step" {
	# The warden leads a process group of its own; the box does not.
	cat >t.ctr <<-END
		cgroup pids 20
		!$group_of >dirs; for p in \$(pgrep -P \$PPID -x ctrsh); do [ \$(ps -o pgid= -p \$p) -ne \$p ] || { echo \$p >warden; kill -KILL \$p; until grep -q '^State:.Z' /proc/\$p/status; do sleep 0.05; done; }; done
		!kill -KILL \$PPID
	END
	ct t.ctr
	assert_status 137
	[ -s warden ]
	[ -s dirs ]
	while read -r dir; do poll 10 test ! -e "$dir"; done <dirs
}
