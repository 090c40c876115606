#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The prompt, typed at by a person in a real terminal: what it shows, the keys that end or clear a line, names, and
# the shell's own words.

# What stands in single quotes is for another shell.
# shellcheck disable=SC1003,SC2016
load lib
setup() { terminal_setup; }
teardown() { terminal_teardown; }

@test "the prompt says host, then the box's hostname and its own namespaces" {
	prompt
	enter 'unshare uts'
	now "$(uname -n)\[uts\]>"
	enter 'hostname first'
	now 'first\[uts\]>'
	enter 'unshare mnt ipc pid'
	now 'first\[uts pid mnt ipc\]>'
	enter 'run hostname second'
	now 'second\[uts pid mnt ipc\]>'
	enter 'reset'
	now 'host>'
	[ "$(uname -n)" != second ]
}

@test "the first lines of a person: each call is shown, set trace off ends that" {
	enter "\$ctrsh"
	now 'host>'
	enter 'unshare uts mnt'
	see '^  box   unshare\(CLONE_NEWUTS\|CLONE_NEWNS\) = 0$'
	see '^  box   mount\(NULL, "/", NULL, MS_REC\|MS_PRIVATE, NULL\) = 0$'
	see '^  now   uts [0-9]+ -> [0-9]+'
	enter 'set trace off' 'hostname quiet'
	now 'quiet\[uts mnt\]>'
	never 'sethostname'
	enter 'set trace on' 'hostname loud'
	see '^  box   sethostname\("loud", 4\) = 0$'
}

@test "^C gives the line up, and what is typed next is a line of its own" {
	prompt
	keys 'nonsense'
	now 'host> nonsense'
	key C-c
	see '^host> nonsense\^C$'
	now 'host>'
	enter '!echo after $((6*7))'
	see '^after 42$'
	never 'unknown op'
}

@test "^C in the middle of a continued line gives up all of it" {
	prompt
	enter '!echo given \'
	now '>'
	key C-c
	now 'host>'
	enter '!echo next $((6*7))'
	see '^next 42$'
	never '^given'
}

@test "^D in the middle of a continued line gives up all of it, says so, and stays" {
	prompt
	enter '!echo given \'
	now '>'
	key C-d
	see 'the line was not finished, and is dropped'
	now 'host>'
	enter 'unshare uts \' 'mnt \'
	now '>'
	key C-d
	now 'host>'
	enter '!echo next $((6*7))'
	see '^next 42$'
	never '^given'
	enter 'hostname "a'
	see 'unclosed quote'
	now 'host>'
	key C-d
	now '\$'
	alone
}

@test "^D leaves on an empty line, and deletes a character in the middle of one" {
	prompt
	keys '!echo $((6*7))x'
	key Left C-d Enter
	see '^42$'
	now 'host>'
	keys 'x'
	key C-d C-h
	now 'host>'
	key C-d
	now '\$'
	enter 'echo left $?'
	see '^left 0$'
	alone
}

@test "^Z at the prompt does nothing" {
	prompt
	key C-z
	keys '!echo $((6*7))'
	now 'host> !echo .*'
	key C-z Enter
	see '^42$'
	now 'host>'
	never 'Stopped'
}

@test "a backslash continues the line; several statements stand in one" {
	prompt
	enter 'unshare uts \'
	now '>'
	enter 'mnt; hostname \'
	now '>'
	enter 'joined; !echo $((6*7))'
	see '^42$'
	now 'joined\[uts mnt\]>'
}

@test "statements after one that fails are not carried out, unless it may fail" {
	prompt
	enter 'unshare uts; cd /none; hostname never'
	see 'No such file or directory'
	now "$(uname -n)\[uts\]>"
	enter '-cd /none; hostname further'
	now 'further\[uts\]>'
}

@test "a unique prefix is enough; an ambiguous one lists what it could be; others a guess" {
	prompt
	enter 'unsh uts; hostn brief'
	now 'brief\[uts\]>'
	enter 'un mnt'
	see '^ambiguous: un$'
	see '^  why: it could be unshare, .*unsetenv'
	enter 'hsotname x'
	see '^  did you mean hostname\?$'
	enter 'exit'
	see '^  do: quit$'
	now 'brief\[uts\]>'
}

@test "help lists the ops, help OP explains one, and names the namespaces" {
	prompt
	enter 'help'
	for op in unshare hostname chroot mount cgroup run exec save quit; do
		shown "^  $op"
	done
	now 'host>'
	enter '!clear' 'help hostname'
	see 'sethostname\(2\)'
	enter '!clear' 'help unshare'
	see '^  pid +CLONE_NEWPID'
	enter 'help nonsense'
	see '^help: unknown op: nonsense$'
}

@test "reset gives a fresh box, and ends what ran in the old one" {
	prompt
	build
	enter 'run sh -c "sleep 1000 & echo started"'
	see '^started$'
	enter 'reset'
	now 'host>'
	enter 'quit'
	now '\$'
	alone
}

@test "quit leaves, with a box half built, and nothing is left of it" {
	prompt
	build
	enter 'quit'
	now '\$'
	enter 'echo left $?'
	see '^left 0$'
	alone
}

@test "the size of the terminal is not kept in the box's environment" {
	prompt
	enter "run sh -c 'echo lines=\${LINES-none} columns=\${COLUMNS-none}'"
	see '^lines=none columns=none'
}
