#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ctrsh or the box is killed while a program has the terminal. The person's terminal is as it was, on every way out,
# and nothing goes on running. ctrsh is started from a plain sh, which puts no terminal modes right by itself.

# What stands in single quotes is for another shell.
# shellcheck disable=SC2016
load lib
setup() { terminal_setup; }
teardown() { terminal_teardown; }

# begin - starts ctrsh from sh; when it is gone, sh looks until the terminal is as it was before, and says so.
begin() {
	cat >"$T/watch" <<-'END'
		before=$(stty -g)
		$ctrsh 2>&1
		echo "gone with $?"
		until [ "$(stty -g)" = "$before" ]; do sleep 0.05; done
		echo "terminal as before"
	END
	enter "clear; sh $T/watch"
	now 'host>'
	enter 'set trace off'
	gone '^.* trace on'
}

# shell_pid - the PID of the ctrsh that the person started: the child of sh.
shell_pid() {
	local pid
	for pid in $(ours); do
		[ "$(tr '\0' ' ' <"/proc/$pid/cmdline")" != "sh $T/watch " ] ||
			cat "/proc/$pid/task/$pid/children"
	done
}

# killed SIGNAL - ctrsh is; the terminal must come back, and nothing be left.
killed() {
	kill -s "$1" "$(shell_pid)"
	see 'terminal as before$'
	enter 'clear' # a full-screen program that was killed leaves its picture
	now '\$'
	alone
}

@test "ctrsh is killed while bash runs inside: the terminal comes back, nothing is left inside" {
	for signal in KILL TERM HUP; do
		begin
		stand_inside
		enter 'sleep 1000 & setsid sleep 1000 & echo two $((1+1))'
		see '^two 2$'
		killed "$signal"
	done
}

@test "ctrsh is killed while run has a full-screen program: the same" {
	for signal in KILL TERM HUP; do
		begin
		build
		enter 'run vi /tmp/file'
		now '- /tmp/file .*'
		killed "$signal"
	done
}

@test "ctrsh is killed at its prompt: the same" {
	for signal in KILL TERM HUP; do
		begin
		build
		killed "$signal"
	done
}

@test "a process without a PID namespace of its own does not outlive a kill" {
	begin
	enter 'unshare uts mnt; exec sh -c "sleep 1000 & sleep 1000"'
	await_processes() { [ "$(ours | xargs ps -o args= -p | grep -c '^sleep 1000')" = 2 ]; }
	await await_processes
	killed TERM
}

@test "the box is killed from outside while bash has the terminal: it is told, and the prompt is back" {
	begin
	stand_inside
	inside=$(for pid in $(ours); do
		[ "$(tr '\0' ' ' <"/proc/$pid/cmdline")" != "/bin/bash --norc " ] || echo "$pid"
	done)
	kill -9 "$inside"
	see '^(in# )?the box ended: /bin/bash was killed by signal 9 \(Killed\); this is a fresh box$'
	now 'host>'
	enter '!echo $((6*7))'
	see '^42$'
	key C-d
	see '^terminal as before$'
	alone
}

@test "the box is killed from outside while ctrsh is at its prompt: the next op says so, a fresh one can be built" {
	begin
	build
	inside=$(for pid in $(ours); do
		! grep -q '^NSpid:.*[[:space:]]1$' "/proc/$pid/status" || echo "$pid"
	done)
	enter "!kill -9 $inside" 'hostname x'
	see 'the box ended.*Killed'
	enter 'reset'
	now 'host>'
	enter 'unshare uts; hostname again'
	now 'again\[uts\]>'
}

@test "thirty times: bash inside, killed, and the person's own bash can be typed at" {
	for i in {1..30}; do
		enter "clear; \$ctrsh -c 'unshare pid; exec bash --norc'"
		now 'bash-[0-9.]+#'
		pid=$(for pid in $(ours); do
			[ "$(tr '\0' ' ' <"/proc/$pid/cmdline")" != "$CTRSH -c unshare pid; exec bash --norc " ] ||
				[ "$(awk '/^PPid/ { print $2 }' "/proc/$pid/status")" != "$(tm display -p '#{pane_pid}')" ] || echo "$pid"
		done)
		kill -9 "$pid"
		see 'Killed'
		now '\$'
		keys "echo $i:\$((6*7))"
		key Enter
		see "^$i:42\$"
		[ "$(screen | grep -c "echo $i")" = 1 ] # not echoed twice, by the terminal and by bash
		alone
	done
}
