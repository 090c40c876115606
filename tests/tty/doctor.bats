#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The first and the last line of a session: what is wrong with this machine, and
# whether the host is as it was.

# Lines for the terminal stand in single quotes.
# shellcheck disable=SC2016,SC2154

load lib

setup() { terminal_setup; }
teardown() { terminal_teardown; }

@test "a session ends with the proof that the host is as it was" {
	prompt
	build
	enter 'quit'
	see "^host as it was(: hostname, [0-9]+ mounts?, [0-9]+ links?, [0-9]+ cgroups?|, but for this:)\$"
	now '\$'
}

@test "what a session changed with --host is said at its end" {
	prompt
	enter 'hostname --host leaky' 'quit'
	see '^the host is not as it was:$'
	see '^  \* changed: hostname hostname: leaky, was '
	enter 'echo left $?; hostname'
	see '^left 0$'
	see '^leaky$'
}

@test "a plain user is told in one line that control groups are not his" {
	enter 'setpriv --reuid 65534 --regid 65534 --clear-groups "$ctrsh" -q'
	now 'host>'
	never 'doctor: '
	enter 'quit'
	now '\$'
	enter 'clear; setpriv --reuid 65534 --regid 65534 --clear-groups "$ctrsh"'
	now 'host>'
	see '^doctor: .*cgroup.*\. Type doctor$'
}

@test "where nothing is wrong, nothing is said" {
	enter 'ls -d /sys/fs/cgroup/pids /sys/fs/cgroup/cgroup.controllers; $ctrsh'
	now 'host>'
	never 'doctor: '
}

@test "doctor and leaks break their lines between words, at 60 columns" {
	resize 60 200
	enter 'setpriv --reuid 65534 --regid 65534 --clear-groups "$ctrsh"'
	now 'host>'
	enter 'doctor'
	see 'one was made, and user 65534 mapped$'
	see '^ +onto 0 in it'
	[ "$(screen | awk '{ print length }' | sort -n | tail -n 1)" -le 60 ] || { screen && return 1; }
}
