#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Files on a terminal: the same terminal inside as from the prompt, and the cases in which only some of standard input,
# output and error are one.

# What stands in single quotes is for another shell.
# shellcheck disable=SC2016
load lib
setup() { terminal_setup; }
teardown() { terminal_teardown; }

# file NAME LINE... - a script that builds a box in the root file system, and goes on with the lines.
file() {
	local name=$1
	shift
	printf '%s\n' 'unshare uts pid mnt' 'hostname box' "chroot $ROOTFS" 'mount proc' 'mount tmpfs /tmp' \
		'setenv PS1 "in# "' "$@" >"$name"
}

as_before() {
	enter 'stty -g | cmp - before && echo as it was'
	see '^as it was$'
	alone
}

# raw COMMAND... - in a terminal of script(1), with its bytes in raw, not drawn.
raw() { TERM=${TERM_INSIDE-xterm} NO_COLOR=${NO_COLOR-} script -qec "$*" raw </dev/null >/dev/null 2>&1; }

well_ended() {
	# script(1) may type an end of input first, which is echoed as ^@
	if ! grep -q $'one\r$' raw || ! grep -q $'three\r$' raw || grep -q $'\r\r' raw; then
		od -c raw
		return 1
	fi
}

@test "a file that ends in exec bash: a working terminal, and its status is ctrsh's" {
	file box.ctr 'exec /bin/bash --norc'
	enter 'stty -g >before' "\$ctrsh box.ctr"
	now 'in#'
	never 'terminal process group|job control'
	enter 'sleep 1000'
	runs 'sleep 1000'
	key C-z
	see '^\[1\]\+  Stopped +sleep 1000$'
	enter 'fg'
	runs 'sleep 1000'
	key C-c
	now 'in#'
	enter 'exit 7'
	now '\$'
	enter 'echo status $?'
	see '^status 7$'
	as_before
}

@test "keys typed before the program inside reads reach it, none is lost" {
	file box.ctr 'run sh -c "read a; read b; echo got \$a and \$b"' '!echo done'
	enter "\$ctrsh box.ctr" 'first' 'second'
	see '^got first and second$'
	see '^done$'
	now '\$'
}

@test "standard input is a terminal, output a pipe: the output is bare, ^C still ends the program" {
	file box.ctr 'run sh -c "echo one; echo two"' 'run sleep 1000'
	enter 'stty -g >before' "\$ctrsh box.ctr | tee out | od -c"
	see_two() { [ "$(cat out 2>/dev/null)" = $'one\ntwo' ]; }
	await see_two
	key C-c
	now '\$'
	run ! grep -q $'\r' out
	as_before
}

@test "standard input is a pipe, output a terminal: lines begin at the left, and the input is passed on" {
	file box.ctr 'run sh -c "echo one; echo two >&2; cat; echo three"'
	enter "echo piped | \$ctrsh box.ctr"
	now '\$'
	for line in one two piped three; do
		see "^$line\$"
	done
}

@test "a line end on a terminal is one CR and one LF, whichever of the streams are the terminal" {
	file box.ctr 'run sh -c "echo one; echo two >&2"' 'exec echo three'
	for how in '' '</dev/null' '2>&1 </dev/null | cat' '2>/dev/null'; do
		raw "$CTRSH box.ctr $how"
		well_ended
	done
}

@test "what another program of the pipeline writes has its line ends too" {
	file box.ctr 'run sh -c "echo one; echo two >&2; sleep 1"' 'exec sh -c "echo three; sleep 1"' # sleep-ok: most likely cat has written then
	raw "$CTRSH box.ctr | cat"
	well_ended
}

@test "what a program leaves in the background of its terminal is hung up with it" {
	file box.ctr 'run sh -c "(trap \"echo hung up >/tmp/over; exit\" HUP; >/tmp/ready; while :; do :; done) & until [ -e /tmp/ready ]; do :; done; echo before"' \
		'run sh -c "until [ -s /tmp/over ]; do :; done; cat /tmp/over"'
	enter "\$ctrsh box.ctr"
	see '^before$'
	see '^hung up$'
	now '\$'
	alone
}

@test "a terminal of another session: what is typed reaches the program, ^C its group, and the mode comes back" {
	file box.ctr 'run sh -c "echo ready; read line; echo got \$line"' '-run sleep 1000' 'run echo end'
	enter 'stty -g >before' "setsid -w \$ctrsh box.ctr"
	see '^ready$'
	enter 'a line'
	see '^got a line$'
	await one_sleeps
	key C-c
	see '^end$'
	as_before
}

@test "--step waits for Enter before each line, and end of input leaves" {
	printf '%s\n' 'unshare uts' 'hostname stepped' 'run uname -n' 'run echo never' >step.ctr
	enter "\$ctrsh --step step.ctr"
	now 'step.ctr:1: unshare uts +\[Enter\]'
	key Enter
	now 'step.ctr:2: hostname stepped +\[Enter\]'
	key Enter
	now 'step.ctr:3: run uname -n +\[Enter\]'
	key Enter
	see '^stepped$'
	now 'step.ctr:4: run echo never +\[Enter\]'
	key C-d
	now '\$'
	never '^never'
	alone
}

@test "--step: ^C leaves at once, with status 130" {
	echo 'unshare uts' >step.ctr
	enter "\$ctrsh --step step.ctr"
	now '.*\[Enter\]'
	key C-c
	now '\$'
	enter 'echo status $?'
	see '^status 130$'
}

@test "^C ends a script between its lines and in a program of its own" {
	file box.ctr '!sleep 1000' 'run echo never'
	enter 'stty -g >before' "\$ctrsh box.ctr"
	runs 'sleep 1000'
	key C-c
	now '\$'
	never '^never'
	as_before
}

@test "script: in the trace a program's words come after its execve, and before its end" {
	for _ in {1..10}; do
		raw "$CTRSH -x -c 'unshare pid; run echo PROGRAM; run echo PROGRAM'"
		order=$(tr -d '\r' <raw | grep -oE 'fork\(\)|execve\(|PROGRAM$|waitpid\(' | tr '\n' ' ')
		[ "$order" = 'fork() execve( PROGRAM waitpid( fork() execve( PROGRAM waitpid( ' ] || { echo "$order" && cat raw && return 1; }
	done
}
