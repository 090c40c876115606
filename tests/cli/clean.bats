#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Whatever the end, nothing stays: no process, no control group, no mount.
# setup and teardown compare the host; here the programs in the box, too.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

setup() {
	common_setup
	needs_pids
	mark=$((100000 + RANDOM * 10 + BATS_TEST_NUMBER)) # seconds that only our sleep sleeps
}

sleepers() { pgrep -f "^sleep $mark\$" >/dev/null; }

teardown() {
	local left=0
	poll 10 refute sleepers >/dev/null || { echo "still asleep: $(pgrep -af "sleep $mark")" && left=1; }
	common_teardown && [ "$left" -eq 0 ]
}

recipe() {
	printf '%s\n' 'unshare uts pid mnt' 'hostname box' "chroot $ROOTFS" 'mount proc' 'cgroup pids 20' 'mount tmpfs /mnt' \
		"run sh -c 'sleep $mark >/dev/null 2>&1 &'"
}

# start COMMAND... - in the background, with the keyboard's signals as a terminal's child has them; sets pid.
start() {
	env --default-signal=INT,QUIT,HUP,TERM "$@" >out 2>err </dev/null &
	pid=$!
}

# ends STATUS SIGNAL - sends it to ctrsh, which ends with that status.
ends() {
	local r=0
	kill "-$2" "$pid"
	wait "$pid" || r=$?
	[ "$r" -eq "$1" ] || { echo "SIG$2: status $r, wanted $1" && cat err && return 1; }
	poll 10 refute sleepers
}

@test "clean: after a failure at every line" {
	for ((k = 0; k <= 7; k++)); do
		recipe | head -n "$k" >t.ctr
		echo 'cd /nowhere' >>t.ctr
		recipe | tail -n "+$((k + 1))" >>t.ctr
		ct t.ctr
		assert_result 1 '' "t.ctr:$((k + 1)): cd: chdir(\"/nowhere\")"
		as_it_was
	done
}

@test "clean: after an end at every line, by its end, quit and reset" {
	for ((k = 0; k <= 7; k++)); do
		for last in '' quit reset; do
			{ recipe | head -n "$k" && echo "$last"; } >t.ctr
			ct t.ctr
			assert_result 0 '' ''
			as_it_was
		done
	done
}

@test "clean: after exec, with processes in the background" {
	{ recipe && echo 'exec sh -c "exit 5"'; } >t.ctr
	ct t.ctr
	assert_result 5 '' ''
}

@test "clean: without namespaces and group, what left its session ends too" {
	ct -c "run sh -c 'setsid sleep $mark >/dev/null 2>&1 & exec true'"
	assert_result 0 '' ''
	poll 10 refute sleepers
	ct -c "exec sh -c 'setsid sleep $mark >/dev/null 2>&1 & exec true'"
	assert_result 0 '' ''
}

# killed_during WORD - ctrsh is, by each signal, while the box has a program that came by WORD, run or exec.
killed_during() {
	local signal
	for signal in TERM INT HUP QUIT KILL; do
		{ recipe | head -n 6 && echo "$1 sleep $mark"; } >t.ctr
		start "$CTRSH" t.ctr
		poll 10 sleepers
		ends $((128 + $(kill -l "$signal"))) "$signal"
		as_it_was
	done
}

@test "clean: SIGTERM, SIGINT, SIGHUP, SIGQUIT and SIGKILL during run" { killed_during run; }

@test "clean: the same during exec" { killed_during exec; }

@test "clean: a program that ignores every signal, in a box without namespaces" {
	for signal in TERM KILL; do
		start "$CTRSH" -c "cgroup pids 20; run sh -c 'trap \"\" TERM INT HUP QUIT; sleep $mark; sleep $mark'"
		poll 10 sleepers
		ends $((128 + $(kill -l "$signal"))) "$signal"
	done
}

@test "clean: SIGKILL of ctrsh where there is no control group, only a PID namespace" {
	start "$CTRSH" -c "unshare pid; run sh -c 'setsid sleep $mark & sleep $mark'"
	poll 10 sleepers
	ends 137 KILL
}

@test "clean: killed exactly at each message and at each call" {
	needs_strace
	{ recipe && echo 'exec true'; } >t.ctr
	for call in sendmsg recvmsg; do
		for n in {1..7}; do
			inject "$call:signal=KILL:when=$n" t.ctr
			[ "$status" -ne 0 ]
			as_it_was
			poll 10 refute sleepers
		done
	done
	for call in unshare mount sethostname chroot chdir mkdir clone waitid; do
		inject "$call:signal=KILL:when=1" t.ctr
		[ "$status" -ne 0 ] || explain "a failure at $call"
		as_it_was
		poll 10 refute sleepers
	done
}

@test "clean: the shell killed at each call while it makes and removes groups, nothing stays" {
	needs_strace
	echo 'cgroup pids 20; run true; reset; cgroup memory 64M; exec true' >t.ctr
	kills=0
	for call in mkdir openat write access clone sendmsg kill wait4 rmdir; do
		for ((n = 1; n < 500; n++)); do
			killed_at "$call" "$n" "$CTRSH" t.ctr || break
			kills=$((kills + 1))
			as_it_was || explain "nothing left, killed at $call $n"
		done
		assert_result 0 '' ''
	done
	[ "$kills" -gt 50 ]
}

@test "clean: many at a time" {
	{ recipe | head -n 6 && echo 'exec true'; } >t.ctr
	pids=()
	for i in {1..20}; do
		"$CTRSH" t.ctr 2>"err.$i" &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do wait "$pid"; done
	[ -z "$(cat err.*)" ]
}

@test "clean: what is bound into the box keeps its files" {
	mkdir host && echo keep >host/file
	ct -c "unshare mnt pid; mount bind $WORK/host $WORK/host; cgroup pids 9; run true"
	assert_result 0 '' ''
	[ "$(cat host/file)" = keep ]
}
