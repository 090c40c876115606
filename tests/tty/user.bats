#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# On the person's terminal, as another user: bash has job control and says nothing, and its terminal is that user's.

# What stands in single quotes is for another shell.
# shellcheck disable=SC2016
load lib
setup() { terminal_setup; }
teardown() { terminal_teardown; }

@test "exec bash as another user: no complaint, job control, and the terminal is its own" {
	enter 'stty -g >before'
	prompt
	build
	enter 'user 1234:4321; setenv PS1 "in# "; exec /bin/bash --norc'
	now 'in#'
	never 'terminal process group|job control|ermission'
	enter 'echo "$$ $(id -u) $(stat -Lc %u /proc/self/fd/0)"'
	see '^1 1234 1234$'
	enter 'echo again >/proc/self/fd/1'
	see '^again$'
	enter 'sleep 1000'
	runs 'sleep 1000'
	key C-z
	see '^\[1\]\+  Stopped +sleep 1000$'
	# fg waits for the job's end; while bash still takes it for stopped, exit would only warn.
	enter 'kill -9 %1; fg'
	now 'in#'
	enter exit
	now 'host>'
	key C-d
	now '\$'
	enter 'stty -g | cmp - before && echo as it was'
	see '^as it was$'
	alone
}

@test "run as another user: the terminal is handed over each time, and ^C ends the program" {
	prompt
	build
	enter 'setuid 1234' 'run sh -c "stat -Lc owner:%u /proc/self/fd/0; exec sleep 1000"'
	see '^owner:1234$'
	key C-c
	see 'run: sh was killed by signal 2'
	now 'box\[uts pid mnt\]>'
}

@test "Tab: names of limits, and policies" {
	prompt
	keys 'rlimit nof'
	key Tab
	now 'host> rlimit nofile ?'
	key C-u
	keys 'sched aff'
	key Tab
	now 'host> sched affinity ?'
	key C-u
	keys 'sysctl --h'
	key Tab
	now 'host> sysctl --host ?'
	key C-u
}
