#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The options of the command line, and the ways in which a script comes in.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

@test "-c: takes lines, and arguments after them" {
	ct -c 'run echo $# $1 $2' a b
	assert_result 0 '2 a b' ''
	ct -c
	assert_result 2 '' "option requires an argument -- 'c'"
	assert_stderr 'do: ctrsh --help lists the options'
}

@test "-n: checks and explains, and touches nothing" {
	echo 'run touch done' >t.ctr
	ct -n t.ctr
	assert_result 0 "$output" ''
	[ "${lines[0]}" = 't.ctr:1: run touch done' ]
	assert_output_has '  calls   box   fork()' '  docker  docker exec CONTAINER touch done'
	ct -n -c 'run touch done; !touch done'
	assert_result 0 "$output" ''
	ct -n <<<'run touch done'
	assert_result 0 "$output" ''
	ct -n -q t.ctr
	assert_result 0 '' ''
	refute test -e done
}

@test "-n: makes no process and no system call of an op" {
	needs_root
	needs strace
	echo "unshare uts pid mnt; hostname box; chroot $ROOTFS; mount proc; cgroup pids 20; exec true" >t.ctr
	ASAN_OPTIONS=exitcode=99:detect_leaks=0 run --separate-stderr \
		strace -f -o log -e trace=process,mount,unshare,chroot,chdir,mkdir "$CTRSH" -n t.ctr
	assert_result 0 "$output" ''
	refute grep -E 'unshare|mount|chroot|chdir|mkdir|fork|clone' log
}

@test "-x: shows system calls on stderr, without it there are none" {
	ct -x -c 'cd /; run echo hi'
	assert_result 0 hi 'box   chdir("/") = 0'
	ct -c 'cd /; run echo hi'
	assert_result 0 hi ''
}

@test "-x: set trace off and on in a script" {
	script 'cd /' 'set trace on' 'cd /usr' 'set trace off' 'cd /tmp'
	assert_result 0 '' 'chdir("/usr") = 0'
	[ "$(grep -cE "^ *box " <<<"$stderr")" -eq 1 ]
}

@test "-q: no remarks, but errors" {
	ct -c 'exec sh -c "kill -TERM \$\$"'
	assert_result 143 '' 'the box ended: sh was killed by signal 15'
	ct -q -c 'exec sh -c "kill -TERM \$\$"'
	assert_result 143 '' ''
	ct -q -c 'cd /nowhere'
	assert_result 1 '' '-c:1: cd: chdir("/nowhere") = ENOENT'
}

@test "--step: waits for Enter before each line, and says which" {
	printf 'run echo one\nrun echo two\n' >t.ctr
	run --separate-stderr ctrsh --step t.ctr <<<$'\n\n'
	assert_result 0 $'one\ntwo' 't.ctr:1: run echo one  [Enter]'
	assert_stderr 't.ctr:2: run echo two  [Enter]'
}

@test "--step: the end of input leaves, with nothing more done" {
	printf 'run echo one\nrun echo two\n' >t.ctr
	run --separate-stderr ctrsh --step t.ctr < <(echo)
	assert_result 0 one 't.ctr:2: run echo two  [Enter]'
}

@test "colour: none off a terminal, with any option" {
	for option in -x -q --no-color; do
		ct "$option" -c 'cd /nowhere'
		assert_status 1
		assert_stderr 'chdir("/nowhere") = ENOENT'
		refute grep -q $'\033' <<<"$stderr"
	done
}

@test "colour: on a terminal, but not with --no-color, NO_COLOR or a dumb one" {
	needs script
	on_terminal() { TERM=xterm command script -qefc "$*" /dev/null </dev/null; }
	run -1 on_terminal "'$CTRSH' -c 'cd /nowhere'"
	[[ $output == *$'\033['* ]]
	for plain in "'$CTRSH' --no-color" "NO_COLOR=1 '$CTRSH'" "TERM=dumb '$CTRSH'"; do
		run -1 on_terminal "$plain -c 'cd /nowhere'"
		[[ $output == *'chdir("/nowhere") = ENOENT'* ]]
		[[ $output != *$'\033['* ]]
	done
	run -1 on_terminal "NO_COLOR= '$CTRSH' -c 'cd /nowhere'"
	[[ $output == *$'\033['* ]]
}

@test "--version: one line on stdout" {
	ct --version
	assert_status 0
	assert_stderr ''
	[[ $output =~ ^ctrsh\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "--help: on stdout, every option in it" {
	ct --help
	assert_status 0
	assert_stderr ''
	assert_output_has 'usage: ctrsh' -c -n -x --step -q --leaks --no-color --version --help 'Exit status'
	[ "$(wc -L <<<"$output")" -le 100 ]
}

@test "options: an unknown one is an error" {
	ct --bogus
	assert_result 2 '' "unrecognized option '--bogus'"
	assert_stderr 'do: ctrsh --help lists the options'
	ct -Z
	assert_result 2 '' "invalid option -- 'Z'"
}

@test "options: those after the script are its own" {
	echo 'run echo $@' >t.ctr
	ct t.ctr -x --help
	assert_result 0 '-x --help' ''
	ct -q -- t.ctr -c x
	assert_result 0 '-c x' ''
}

@test "a script on stdin, without and with the name -" {
	run --separate-stderr ctrsh <<<'run echo hi'
	assert_result 0 hi ''
	run --separate-stderr ctrsh - a b <<<'run echo $1 $2'
	assert_result 0 'a b' ''
	run --separate-stderr ctrsh < <(echo 'run echo piped')
	assert_result 0 piped ''
}

@test "a script through a pipe's name" {
	run --separate-stderr ctrsh <(echo 'run echo hi')
	assert_result 0 hi ''
}

@test "#!: a script that is executed, with its arguments" {
	printf '#!%s\nrun echo "$1" $#\n' "$CTRSH" >t.ctr
	chmod +x t.ctr
	run --separate-stderr timeout -s KILL 360 ./t.ctr 'a b' c
	assert_result 0 'a b 2' ''
}

@test "#!: with env, as the manual has it" {
	printf '#!/usr/bin/env ctrsh\nexec echo hi\n' >t.ctr
	chmod +x t.ctr
	mkdir bin && cp "$CTRSH" bin/ctrsh
	PATH=$WORK/bin:$PATH run --separate-stderr timeout -s KILL 360 ./t.ctr
	assert_result 0 hi ''
}

@test "help: lists all, explains one, and refuses what is not there" {
	ct -c help
	assert_status 0
	assert_stderr ''
	assert_output_has 'unshare NAMESPACE...' 'include FILE'
	ct -c 'help chroot'
	assert_status 0
	assert_output_has 'chroot [--keep-cwd] DIR' 'See chroot(2)'
	ct -c 'help bogus'
	assert_result 2 '' 'bogus'
}

@test "save: what was done, to be replayed" {
	needs_root
	script "set N 'a  b'" 'unshare uts; hostname box; run echo "$N"; -cd /nowhere; save saved.ctr' 'save saved.ctr'
	assert_result 2 'a  b' 'saved.ctr is there already'
	[ "$(cat saved.ctr)" = $'#!/usr/bin/env ctrsh\nunshare uts\nhostname box\nrun echo \'a  b\'' ]
	ct saved.ctr
	assert_result 0 'a  b' ''
	script 'cd /' "save --force $WORK/saved.ctr"
	assert_result 0 '' '1 line in'
	[ "$(tail -n 1 saved.ctr)" = 'cd /' ]
}

@test "save: nothing yet, a wrong option, a directory that is not there" {
	script 'save saved.ctr'
	assert_result 2 '' 'there is nothing to save'
	script 'cd /' 'save --bogus saved.ctr'
	assert_result 2 '' 'save: unknown option: --bogus'
	script 'cd /' 'save nowhere/saved.ctr'
	assert_result 1 '' 'save nowhere/saved.ctr = ENOENT'
}

@test "history: only at a prompt" {
	script history
	assert_result 2 '' 'history: there is one only at a prompt'
}

@test "reset and quit: a fresh box, and the end with status 0" {
	script 'cd /usr' 'reset' 'run pwd' 'quit' 'run echo never'
	assert_result 0 "$WORK" ''
}

@test "set: shows all" {
	script 'set A 1' 'set B "2 3"' set
	assert_result 0 $'trace off\nverbose off\nA 1\nB 2 3' ''
}
