#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# seccomp notify: calls of programs are shown, and go on or fail; and no program ever waits for a shell that is gone.
# vm: short 6.12

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

setup() {
	common_setup
	needs busybox
}

# gone PID - it has ended.
gone() { ! kill -0 "$1" 2>/dev/null; }

user_lines='unshare user; map root; '

@test "seccomp notify: each call is shown with program, PID inside and arguments, and goes on" {
	needs_root
	ct -c 'unshare pid; seccomp notify mkdir rmdir; run busybox mkdir a; exec sh -c "busybox rmdir a; busybox mkdir b/c"'
	assert_status 1
	assert_stderr 'call  busybox[2] mkdir("a", 0777) goes on' "can't create directory 'b/c'"
	[ "$(sed -nE 's/^ *call  busybox\[[0-9]+\] //p' <<<"$stderr")" = 'mkdir("a", 0777) goes on
rmdir("a") goes on
mkdir("b/c", 0777) goes on' ]
	[ ! -e a ]
}

@test "seccomp notify: with an errno it fails and is not carried out" {
	needs_root
	ct -c 'seccomp notify mkdir errno=EROFS; seccomp notify rmdir; -run busybox mkdir a; run test ! -e a'
	assert_status 0
	assert_stderr 'mkdir("a", 0777) = -1 EROFS (Read-only file system)' "can't create directory 'a': Read-only file system"
}

@test "seccomp notify: without root, in a user namespace, behind seccomp default, and for some arguments only" {
	needs_userns
	mkdir -m 777 open
	cd open
	user -c "${user_lines}no_new_privs; seccomp default; seccomp notify mkdir arg1=0777; seccomp notify rmdir arg0=1; run busybox mkdir a; exec busybox rmdir a"
	assert_result 0 '' 'mkdir("a", 0777) goes on'
	[[ $stderr != *'rmdir('* ]]
}

@test "seccomp notify: execve itself, of the program and of those that it starts; and opens in words" {
	needs_root
	ct -x -c 'seccomp notify execve; exec sh -c "busybox true x; busybox true"'
	assert_status 0
	assert_stderr 'execve("' '["sh", "-c", "busybox true x; busybox true"]' '["busybox", "true", "x"]' 'SECCOMP_FILTER_FLAG_NEW_LISTENER, {len='
	echo hello >f
	ct -c 'seccomp notify open openat; exec busybox cat f'
	assert_result 0 hello 'f", O_RDONLY'
}

@test "seccomp notify: what is left in the background gets ENOSYS, and waits for nobody" {
	needs_root
	ct -c 'unshare pid; seccomp notify mkdir; run sh -c "mkfifo go; (read x <go; busybox mkdir a 2>err; echo >over) >/dev/null 2>&1 &"
seccomp show; !echo >go; until [ -e over ]; do sleep 0.05; done' # sleep-ok: polls
	assert_status 0
	assert_output_has 'mkdir                notified'
	grep -q 'Function not implemented' err
	[ ! -e a ]
}

@test "seccomp notify: when the shell is killed nothing waits" {
	needs_root
	needs setpriv
	chmod 777 .
	# For a program that changed its user the kernel forgets the order to kill it with the shell.
	env --chdir="$PWD" "$CTRSH" -c "seccomp notify mkdir; exec setpriv --reuid 1234 --regid 1234 --clear-groups sh -c 'trap \"\" HUP; mkfifo go; read x <go; busybox mkdir a 2>err; echo >over'" 3>&- >/dev/null 2>&1 &
	pid=$!
	poll 10 test -p go
	kill -KILL "$pid"
	poll 10 gone "$pid"
	timeout -s KILL 100 sh -c 'echo >go'
	poll 10 test -e over
	grep -q 'Function not implemented' err
	[ ! -e a ]
}

@test "seccomp notify: bad words, contradictions, and seccomp load" {
	while IFS='|' read -r line what; do
		ct -c "no_new_privs; run true; $line"
		[ "$status" -ne 0 ]
		assert_stderr "$what"
	done <<-'END'
		seccomp notify|usage
		seccomp notify nosuch|nosuch
		seccomp notify errno=EPERM|which system calls?
		seccomp notify execve errno=EPERM|execve cannot be denied
		seccomp notify mkdir; seccomp notify mkdir errno=EPERM|why: a call has one answer
		seccomp deny mkdir; seccomp notify mkdir|mkdir is denied with EPERM already
		seccomp notify mkdir; seccomp load|the box itself would stop at what seccomp notify names
	END
}

@test "seccomp notify: a program that is not there; one in a box that has a listener around it" {
	needs_root
	ct -c 'seccomp notify mkdir; -exec /nowhere; run busybox mkdir a; exec busybox rmdir a'
	assert_result 0 '' 'mkdir("a", 0777) goes on'
	assert_stderr 'why: there is no /nowhere'
	ct -c "seccomp notify mkdir; exec '$CTRSH' -c 'seccomp notify rmdir; run true'"
	assert_result 1 '' '= EBUSY'
	assert_stderr 'why: a filter that binds ctrsh has a listener already'
}

@test "seccomp notify: the trace is true, reset forgets, and undo" {
	needs_root
	ct -x -c $'seccomp notify mkdir\nreset\nseccomp notify mkdir errno=EPERM; -run busybox mkdir a\nundo 1; run busybox mkdir b; run busybox rmdir b'
	assert_stderr 'mkdir("a", 0777) = -1 EPERM'
	[ ! -e b ]
	[[ $stderr != *'mkdir("b"'* ]]
}
