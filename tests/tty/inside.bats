#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Programs in the box, on the person's terminal: they get a terminal of their own, with job control, the keyboard's
# signals and the window's size, and when they end the person's is as it was.

# What stands in single quotes is for another shell.
# shellcheck disable=SC2016
load lib
setup() { terminal_setup; }
teardown() { terminal_teardown; }

# at_rest - back in the person's shell after ctrsh ended: the terminal is as it was before.
remember() { enter 'stty -g >before'; }
at_rest() {
	now '\$'
	enter 'stty -g | cmp - before && echo as it was'
	see '^as it was$'
	alone
}

@test "exec bash: PID 1, a terminal, no complaint, and its end is told" {
	remember
	prompt
	stand_inside
	never 'terminal process group|job control'
	enter 'echo pid $$'
	see '^pid 1$'
	enter '[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && : </dev/tty && echo on a terminal'
	see '^on a terminal$'
	enter 'exit 3'
	see '^the box ended: /bin/bash exited with status 3; this is a fresh box$'
	now 'host>'
	enter '!stty -g | cmp - before || echo changed' '!echo $((6*7))'
	see '^42$'
	never '^changed'
	key C-d
	at_rest
}

@test "job control inside: ^C and ^\\ end the program, ^Z stops it, fg goes on, bash survives" {
	prompt
	stand_inside
	enter 'sleep 1000'
	runs 'sleep 1000'
	key C-c
	now 'in#'
	enter 'echo status $?'
	see '^status 130$'
	enter 'sleep 1000'
	runs 'sleep 1000'
	key C-z
	see '^\[1\]\+  Stopped +sleep 1000$'
	enter 'jobs -r | wc -l; bg'
	see '^\[1\]\+ sleep 1000 &$'
	enter 'fg'
	now 'sleep 1000'
	runs 'sleep 1000'
	key C-\\
	see 'Quit'
	now 'in#'
	enter 'echo I am still $$'
	see '^I am still 1$'
}

@test "^D inside ends bash, not ctrsh" {
	prompt
	stand_inside
	key C-d
	see '^the box ended: /bin/bash exited with status 0; this is a fresh box$'
	now 'host>'
}

@test "vi inside draws and quits; so does top" {
	prompt
	stand_inside
	enter 'vi /tmp/file'
	now '- /tmp/file .*'
	keys 'iwritten inside'
	now 'I /tmp/file .*'
	key Escape
	now '- /tmp/file .*'
	enter ':wq'
	now 'in#'
	enter 'cat /tmp/file'
	see '^written inside$'
	enter 'busybox top'
	see '^ +1 +0 root .*/bin/bash'
	keys q
	now 'in#'
}

@test "the window's size inside is the person's, and follows it" {
	prompt
	stand_inside
	enter 'stty size'
	see '^40 100$'
	enter 'trap "stty size" WINCH; echo trap $((6*7))'
	see '^trap 42$'
	tm resize-window -x 77 -y 33
	see '33 77$'
	enter 'exit'
	now 'host>'
	enter '!stty size' 'run stty size'
	see '^33 77$'
}

@test "run: vi and a shell, and the person is back in the same box" {
	remember
	prompt
	build
	enter 'run vi /tmp/file'
	now '- /tmp/file .*'
	enter ':q!'
	now 'box\[uts pid mnt\]>'
	enter 'run sh'
	now '/ #'
	enter 'echo pid $$ $((6*7))'
	see '^pid [2-9][0-9]* 42$'
	enter 'sleep 1000'
	runs 'sleep 1000'
	key C-c
	now '/ #'
	enter 'exit 5'
	see '^run: sh ended with status 5$'
	now 'box\[uts pid mnt\]>'
	enter 'run sleep 1000'
	runs 'sleep 1000'
	key C-c
	see '^(\^C)?run: sleep was killed by signal 2 \(Interrupt\)$'
	key C-d
	at_rest
}

@test "exec of a missing program, or of no program: an error, the terminal is as it was, the box lives on" {
	remember
	prompt
	build
	enter 'exec nonsense'
	see '^exec: nonsense: no such program'
	now 'box\[uts pid mnt\]>'
	enter 'exec /etc/passwd'
	see '^exec: execve\("/etc/passwd".* = EACCES \(Permission denied\)$'
	enter '!stty -g | cmp - before || echo changed' '!echo $((6*7))'
	see '^42$'
	never '^changed'
	enter 'setenv PS1 "in# "; exec /bin/bash --norc'
	now 'in#'
	never 'job control'
	enter 'exit'
	now 'host>'
	key C-d
	at_rest
}

@test "what a program in the background writes is not lost, and does not staircase" {
	prompt
	build
	enter 'exec sh -c "(seq 1 3; echo behind) & wait; echo end"'
	see '^the box ended: sh exited with status 0'
	for line in 1 2 3 behind end; do
		see "^$line\$"
	done
	never '^ +[123]'
}

@test "a flood of output comes whole, and ^C stops one that has no end" {
	prompt
	build
	enter 'run seq 1 20000'
	see '^20000$'
	now 'box\[uts pid mnt\]>'
	everything | grep -xE '[0-9]+' | cmp - <(seq 1 20000)
	enter 'run yes'
	see '^y$'
	key C-c
	now 'box\[uts pid mnt\]>'
}

@test "with all streams redirected a program cannot open the person's terminal; ^C ends it" {
	for op in run exec; do
		enter "echo \"$op sh -c '(: </dev/tty) || echo none'\" >t.ctr; \$ctrsh t.ctr </dev/null >out 2>err; grep -c 'No such device' err; cat out"
		see '^none$'
		see '^1$'
		enter clear
		gone '^none$'
	done
	enter "echo \"$op sleep 1000\" >t.ctr; \$ctrsh t.ctr </dev/null >out 2>err; echo ended \$?"
	await one_sleeps
	key C-c
	see '^(\^C)?ended 130$'
	alone
}
