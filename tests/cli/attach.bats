#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# attach: looks at a process of somebody else, says what can't be looked at and why, and never changes it.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/target

setup() {
	common_setup
	needs_root
	other=''
}

teardown() {
	end "$other"
	target_end
	common_teardown
}

# traces PID - what must not change in it. How much of it is in memory, the kernel changes when it likes.
traces() {
	grep -vE '^(SigQ|Vm|Rss)|ctxt_switches' "/proc/$1/status"
	cat "/proc/$1/cgroup" "/proc/$1/mountinfo" "/proc/$1/limits"
	readlink "/proc/$1"/ns/* "/proc/$1/root" "/proc/$1/cwd"
}

@test "attach: status and peek speak of the process that unshare(1) made, and it stays as it was" {
	target_start unshare -um
	traces "$target" >before
	ct -c "attach $target; status; peek hostname; peek mounts; tree"
	traces "$target" >after
	assert_status 0
	assert_stderr ''
	assert_output_has 'sleep 3600' "* hostname   $(uname -n) " ' target' # sleep-ok: a name
	[[ $output =~ uts\ +own\ +$(readlink "/proc/$target/ns/uts" | tr -dc 0-9) ]]
	diff before after
}

@test "attach: a container of bwrap" {
	needs bwrap
	target_start bwrap --unshare-all --ro-bind / / --proc /proc --die-with-parent
	ct -c "attach $target; status; peek users"
	assert_status 0
	for ns in uts pid ipc net user; do
		[[ $output =~ $ns\ +own\ +$(readlink "/proc/$target/ns/$ns" | tr -dc 0-9) ]] || { echo "$ns: $output" && return 1; }
	done
	assert_output_has 'user IDs     0 is 0 outside'
}

@test "attach: a program that another ctrsh became" {
	"$CTRSH" -c 'unshare uts pid; hostname elsewhere; exec sleep 1000' 3>&- & # sleep-ok: a process that stays
	other=$!
	poll 10 eval 'inside=$(pgrep -P "$other" -x sleep)'
	ct -c "attach; attach $inside; status; peek hostname; tree"
	kill -KILL "$inside"
	ended 137 "$other"
	other=''
	assert_status 0
	[[ $output =~ $inside\ uts\ pid\ +a\ box\ of\ ctrsh ]]
	[[ $output =~ PID\ +1\ inside,\ $inside\ outside ]]
	assert_output_has 'elsewhere' "box of ctrsh $other"
}

@test "attach: ops are refused until detach, and status is about the box again" {
	target_start unshare -u
	ct -c "attach $target; setenv A b"
	assert_result 2 '' "setenv: refused: process $target is looked at, and not the box"
	assert_stderr 'do: detach'
	ct -c "attach $target; detach; setenv A b; run sh -c 'echo \$A'; status"
	assert_status 0
	assert_output_has b "this session's box"
	ct -c detach
	assert_result 2 '' 'detach: nothing is attached'
}

@test "attach: the process ends, which is said, and the next line is about the box" {
	target_start unshare -u
	script "attach $target" "!kill -KILL $target; until grep -q ^State:.Z /proc/$target/status 2>/dev/null || [ ! -e /proc/$target ]; do :; done" status
	assert_result 1 '' "process $target, which was looked at, has ended"
	target_start unshare -u
	script "attach $target" "!kill -KILL $target; until grep -q ^State:.Z /proc/$target/status 2>/dev/null || [ ! -e /proc/$target ]; do :; done" '-status' status
	assert_status 0
	assert_stderr 'has ended' 'why: nothing is attached any more'
	assert_output_has "this session's box"
}

@test "attach: no such process, a thread, a zombie, a word" {
	ct -c 'attach 4194304' # PIDs end before that
	assert_result 1 '' 'attach: there is no process 4194304'
	for bad in x 0 -1 1.5 99999999999; do
		ct -c "attach '$bad'"
		assert_status 2
	done
	ct -c 'attach 1 2'
	assert_result 2 '' 'too many arguments'
	sh -c 'sh -c "exit 0" & exec sleep 1000' 3>&- & # sleep-ok: a parent that does not wait
	other=$!
	poll 10 eval 'zombie=$(pgrep -P "$other" -r Z)'
	ct -c "attach $zombie"
	assert_result 1 '' "process $zombie has ended"
	assert_stderr 'why: it is a zombie'
}

@test "attach: a thread names its process" {
	needs python3
	python3 -c 'import threading, time; threading.Thread(target=time.sleep, args=(1000,)).start()' 3>&- &
	other=$!
	poll 10 eval 'thread=$(ls "/proc/$other/task" | grep -vx "$other")'
	ct -c "attach $thread"
	assert_result 1 '' "$thread is a thread of process $other"
	assert_stderr "do: attach $other"
}

@test "attach: a plain user is told why another user's process can't be read" {
	target_start unshare -u
	user -c "attach $target; status"
	assert_status 0
	assert_output_has 'namespaces   not readable: ' 'root         not readable' 'belongs to user 0 and we are user 65534'
	user -c "attach $target; status --json"
	assert_output_has '"what": "namespaces"' '"error": "EACCES"'
}

@test "attach: a process hidden by hidepid is said to be" {
	target_start unshare -u
	cat >hidden.sh <<-END
		mount -t proc -o hidepid=2 proc /proc
		exec setpriv --reuid 65534 --regid 65534 --clear-groups "$CTRSH" -c "attach $target"
	END
	run --separate-stderr unshare -m sh hidden.sh
	assert_result 1 '' "/proc does not show process $target, though there is one"
	assert_stderr 'hidepid'
}

@test "attach: without an argument, those with namespaces of their own" {
	needs jq
	target_start unshare -un
	ct -c 'attach --json'
	assert_status 0
	[ "$(jq -r ".processes[] | select(.pid == $target) | .own" <<<"$output")" = 'uts net' ]
	ct -c 'attach'
	[[ $output =~ $target\ uts\ net\ +sleep\ 3600 ]] # sleep-ok: a name
}
