#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a hostile or careless neighbour does: stops the box, kills the process that looks after the host, leaves
# groups and background processes behind, is somebody else's child; and signals while ctrsh waits for others.

# shellcheck disable=SC2016,SC2030,SC2031,SC2154

load ../lib/common
load ../lib/strace

# catches SIGNAL PID - whether it has a handler for it.
catches() { ((0x$(sed -n 's/^SigCgt:\t//p' "/proc/$2/status") >> ($(kill -l "$1") - 1) & 1)); }

@test "hostile: a box that is stopped from inside goes on" {
	run --separate-stderr timeout -s KILL 360 "$CTRSH" -c 'run sh -c "kill -STOP \$PPID; echo one"; run sh -c "kill -STOP \$\$; echo two"'
	assert_result 0 $'one\ntwo' ''
}

@test "hostile: a process that was there before ctrsh is left alone" {
	sleep 100 3>&- & # sleep-ok: a process that stays
	other=$!
	run --separate-stderr bash -c 'sleep 100 3>&- >/dev/null 2>&1 & echo $! >pid; exec timeout -s KILL --foreground 360 "$0" -c "run true"' "$CTRSH" # sleep-ok: the same
	assert_status 0
	kill "$(cat pid)" # fails if it is gone
	run --separate-stderr bash -c 'sleep 100 3>&- >/dev/null 2>&1 & echo $! >pid; exec "$0" -c "run true"' "$CTRSH" # sleep-ok: the same
	assert_status 0
	kill "$(cat pid)"
	kill "$other"
}

@test "hostile: what the box left in the background before unshare pid ends with it" {
	needs_root
	run --separate-stderr timeout -s KILL 360 "$CTRSH" -c 'run sh -c "sleep 1000 >/dev/null 2>&1 & echo \$!"; unshare pid; run true' # sleep-ok: a process that is killed
	assert_status 0
	poll 10 refute is_alive "$output"
}

@test "hostile: a group made below ours goes with it" {
	needs_root
	grep -q pids /proc/self/cgroup || skip "pids is not a v1 controller here"
	dir=$(awk '$(NF-2) == "cgroup" && $NF ~ /(^|,)pids(,|$)/ { print $5; exit }' /proc/self/mountinfo)
	export dir
	run --separate-stderr timeout -s KILL 360 "$CTRSH" -c 'cgroup pids 9; run sh -c "mkdir \"$dir\$(sed -n s/.*pids:.//p /proc/self/cgroup | sed s:^:/:)/sub\""'
	assert_result 0 '' ''
}

@test "hostile: the process that looks after the host is killed, and another takes over" {
	needs_root
	cat >t.ctr <<-'END'
		cgroup pids 9
		!for p in $(cat /proc/$PPID/task/$PPID/children); do grep -q ctrsh-.*-1 /proc/$p/cgroup || [ $p = $$ ] || kill -9 $p; done
		cgroup pids 7
		!cat /sys/fs/cgroup/pids/ctrsh-$PPID-1/pids.max /sys/fs/cgroup/ctrsh-$PPID-1/pids.max 2>/dev/null | grep .
	END
	ct t.ctr
	assert_result 0 7 ''
}

@test "hostile: SIGTERM while a script is waited for" {
	mkfifo fifo
	exec 4<>fifo
	"$CTRSH" <fifo 3>&- 2>err &
	pid=$!
	poll 20 catches TERM "$pid"
	kill -TERM "$pid"
	ended 143 "$pid"
	[ ! -s err ] || { cat err && return 1; }
}

@test "hostile: SIGTERM while a command of the host runs" {
	"$CTRSH" -c '!touch begun; exec sleep 1000' 3>&- 2>err & # sleep-ok: it is killed meanwhile
	pid=$!
	poll 20 test -e begun
	kill -TERM "$pid"
	ended 143 "$pid"
	[ "$(cat err)" = '-c:1: !: touch begun; exec sleep 1000 was killed by signal 15 (Terminated)' ] || { cat err && return 1; } # sleep-ok: a name
}

@test "hostile: the guard trusts no box whose mounts could not be made private" {
	needs_root
	needs_strace
	mkdir d
	run --separate-stderr outer timeout -s KILL 360 strace -f -qq -o /dev/null -e inject=mount:error=EPERM:when=1 "$CTRSH" -c "-unshare mnt; -mount tmpfs $PWD/d; !grep -c $PWD/d /proc/self/mounts"
	assert_result 1 '' 'cannot be taken back' # and nothing follows, not even !grep
}

@test "save: no device is replaced, - shows the lines, a link is followed" {
	needs_root
	mkdir dev && mknod dev/null2 c 1 3
	ct -c "cd /; save --force $PWD/dev/null2"
	assert_result 2 '' 'is no regular file'
	test -c dev/null2
	ct -q -c 'cd /; save -'
	assert_result 0 $'#!/usr/bin/env ctrsh\ncd /' ''
	: >real && ln -s real link
	(umask 077 && ct -q -c "cd /; save --force $PWD/link")
	test -L link
	grep -q 'cd /' real
	[ "$(stat -c %a real)" != 755 ]
}
