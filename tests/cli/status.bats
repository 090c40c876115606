#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The exit status: the program's after exec, else 0; 1 the kernel refused; 2
# usage, parse or order; 126, 127; 128+N.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

# gives STATUS LINES STDERR
gives() {
	ct -c "$2"
	assert_result "$1" '' "$3"
}

@test "status: 0 after ops that worked" {
	gives 0 'cd /; run true' ''
	gives 0 'exec true' ''
}

@test "status: that of the program after exec, and no remark" {
	for n in 1 2 42 126 127 255; do
		gives "$n" "exec sh -c 'exit $n'" ''
	done
}

@test "status: that of the program that run ran, which ends the script" {
	gives 42 "run sh -c 'exit 42'; run echo never" '-c:1: run: sh ended with status 42'
}

@test "status: 128+N for a signal" {
	gives 137 "run sh -c 'kill -KILL \$\$'" 'run: sh was killed by signal 9 (Killed)'
	gives 143 "exec sh -c 'kill -TERM \$\$'" 'the box ended: sh was killed by signal 15 (Terminated)'
}

@test "status: 1 when the kernel refuses, and the script ends" {
	gives 1 'cd /nowhere; run echo never' '= ENOENT'
}

@test "status: 2 for usage, parse and order" {
	gives 2 'cd' 'too few'
	gives 2 "cd '" 'unclosed'
	gives 2 'exec true; run true' 'nothing can follow exec in a file'
}

@test "status: 126 and 127" {
	gives 126 'run /etc/passwd' EACCES
	gives 127 'exec no-such-program' 'no such program'
}

@test "status: -op goes on, and the last word counts" {
	ct -c '-cd /nowhere; -run false; run echo on'
	assert_result 0 on '-c:1: cd: chdir("/nowhere") = ENOENT'
	assert_stderr 'run: false ended with status 1'
	ct -c '-exec no-such-program; exec sh -c "exit 3"'
	assert_result 3 '' 'no such program'
}

@test "status: -op does not excuse bad usage" {
	ct -c '-cd; run echo never'
	assert_result 2 '' 'cd: too few arguments'
}

@test "status: the box killed from outside" {
	printf '%s\n' 'cd /' '!for p in $(cat /proc/$PPID/task/$PPID/children); do [ $p = $$ ] || kill -KILL $p; done' 'run echo never' >t.ctr
	ct t.ctr
	assert_result 137 '' 't.ctr:3: run: the box ended by itself: Killed'
}

@test "status: SIGTERM to ctrsh while a program runs" {
	"$CTRSH" -c 'run sh -c "touch begun; exec sleep 1000"' 2>err 3>&- & # sleep-ok: a process that stays
	pid=$!
	poll 20 test -e begun
	kill -TERM "$pid"
	ended 143 "$pid"
	[ "$(cat err)" = 'ended by signal 15 (Terminated)' ]
}

@test "status: the end of the box ends the script, tolerated or not" {
	for line in '-run sh -c "kill -9 \$PPID"' 'run sh -c "kill -9 \$PPID"'; do
		ct -c "unshare user; $line; run echo in another box"
		assert_result 137 '' 'the box ended by itself: Killed'
	done
}

@test "status: a result that cannot be written is a failure, and says why" {
	run --separate-stderr sh -c '"$CTRSH" -c "caps show" >/dev/full'
	assert_result 1 '' 'ctrsh: standard output: No space left on device'
}
