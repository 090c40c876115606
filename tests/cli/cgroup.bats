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

# left_behind - shell, box and warden are killed at once; prints the directory of the group that stays. The shell, stopped,
# sees nothing of it; and it goes last, for at its end the kernel continues what is stopped (SIGCONT), the warden too.
left_behind() {
	cat >left.ctr <<-END
		cgroup pids 20
		!$group_of; kill -STOP \$PPID; kill -KILL \$(pgrep -P \$PPID -x ctrsh); kill -KILL \$PPID
	END
	ctrsh left.ctr || [ "$?" = 137 ]
}

@test "cgroup: shell, box and warden killed, the next session that makes a group removes what they left" {
	local left
	left=$(left_behind)
	[ -d "$left" ]
	ct -c 'cd /'
	assert_result 0 '' ''
	[ -d "$left" ]
	ct -x -c 'cgroup pids 20'
	assert_result 0 '' "host  rmdir(\"$left\") = 0"
	[ ! -e "$left" ]
}

@test "cgroup: a group in which something is, is not removed with the session that left it" {
	local left
	left=$(left_behind)
	sleep 1000 & # sleep-ok: a process that stays
	echo "$!" >"$left/cgroup.procs"
	ct -x -c 'cgroup pids 20'
	assert_status 0
	[ -d "$left" ]
	[[ $stderr != *rmdir* ]] || { echo "$stderr" && return 1; }
	kill "$!"
	wait "$!" || true
	ct -c 'cgroup pids 20'
	assert_result 0 '' ''
	[ ! -e "$left" ]
}

# group NAME [OWNER] - one beside ctrsh's, with that mark.
group() {
	mkdir "$beside/$1"
	[ $# = 1 ] || setfattr -n user.ctrsh.owner -v "$2" "$beside/$1" 2>/dev/null ||
		python3 -c 'import os, sys; os.setxattr(sys.argv[1], "user.ctrsh.owner", sys.argv[2].encode())' "$beside/$1" "$2" 2>/dev/null
}

@test "cgroup: the sweep touches nothing that is not provably a dead session's" {
	local here time start beside kept
	here=$(stat -L -c %i /proc/self/ns/pid)
	time=$(stat -L -c %i /proc/self/ns/time)
	start=$(sed 's/.*) //' "/proc/$$/stat" | cut -d ' ' -f 20)
	beside=$(ctrsh -c "cgroup pids 5; !dirname \$($group_of)")
	if ! group test-4194305-1 "ctrsh-4194305-1-$here-$time-"; then
		rmdir "$beside/test-4194305-1"
		skip "no extended attributes on groups here, or nothing to set them with"
	fi
	group ctrsh-4194305-1                                        # just made: no mark yet
	group ctrsh-4194305-2 "ctrsh-$$-$start-$here-$time-"         # its session lives
	group ctrsh-4194305-3 "ctrsh-4194305-1-12345-$time-"         # of another PID namespace
	group ctrsh-4194305-4 "ctrsh-4194305-1-$here-$time-"         # ended, but something is below it
	mkdir "$beside/ctrsh-4194305-4/below"
	group ctrsh-4194305-5 "ctrsh-4194305-1-$here-$time-"         # ended
	group ctrsh-4194305-6 "ctrsh-$$-$((start + 1))-$here-$time-" # ended, and its number is another's
	ct -c 'cgroup pids 20'
	kept=$(cd "$beside" && echo *-4194305-*)
	rmdir "$beside"/ctrsh-4194305-4/below "$beside"/*-4194305-*
	assert_result 0 '' ''
	[ "$kept" = 'ctrsh-4194305-1 ctrsh-4194305-2 ctrsh-4194305-3 ctrsh-4194305-4 test-4194305-1' ] || { echo "kept: $kept" && return 1; }
}
