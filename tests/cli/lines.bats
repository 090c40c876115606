#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# From lines to words: quotes, escapes, comments, variables, continuation, and
# include. What arrives is shown by a program that prints its arguments.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

setup() {
	common_setup
	printf '#!/bin/sh\nprintf "[%%s]" "$@"\necho\n' >args
	chmod +x args
}

@test "lines: blanks and tabs separate words" {
	script $'run \t ./args  a\tb   c '
	assert_result 0 '[a][b][c]' ''
}

@test "lines: single quotes are literal" {
	script "run ./args 'a  b' '\$HOME' '\\n' '' 'x;y#z'"
	assert_result 0 '[a  b][$HOME][\n][][x;y#z]' ''
}

@test "lines: double quotes know variables and escapes" {
	script 'set V "1 2"' 'run ./args "a  b" "[$V]" "${V}x" "\$V" "q\"q" "b\\b" "t\tt" "\x41" "\q" ""'
	assert_result 0 $'[a  b][[1 2]][1 2x][$V][q"q][b\\b][t\tt][A][\\q][]' ''
}

@test "lines: parts of one word join" {
	script "set V x" "run ./args a'b c'\"d\"\$V\${V}e"
	assert_result 0 '[ab cdxxe]' ''
}

@test "lines: a backslash makes the next character literal" {
	script 'run ./args a\ b \; \# \$HOME \\ \"'
	assert_result 0 '[a b][;][#][$HOME][\]["]' ''
}

@test "lines: a value is never split, and nothing is expanded in it" {
	script "set V 'a  b; \$HOME * #'" 'run ./args $V *.ctr'
	assert_result 0 '[a  b; $HOME * #][*.ctr]' ''
}

@test "lines: comments, empty lines, and # inside a word" {
	script '# all of it' '' '   # and this' 'run ./args a#b c # d' ';; run ./args e;;'
	assert_result 0 $'[a#b][c]\n[e]' ''
}

@test "lines: ; separates ops" {
	script 'run ./args a;run ./args b ; run ./args c;'
	assert_result 0 $'[a]\n[b]\n[c]' ''
}

@test "lines: a backslash at the end continues, and messages name the right lines" {
	script 'run ./args a \' 'b\' 'c' 'bogus'
	assert_result 2 '' 't.ctr:4:1: unknown op: bogus'
	script 'run ./args a \' 'b\' 'c'
	assert_result 0 '[a][bc]' ''
}

@test "lines: a last line without a line end counts" {
	printf 'run ./args a\nrun ./args b' >t.ctr
	ct t.ctr
	assert_result 0 $'[a]\n[b]' ''
}

@test "variables: set, set again, the environment, and set wins over it" {
	VAR=outside OTHER=env script 'run ./args $VAR $OTHER' 'set VAR in' 'run ./args $VAR' 'set VAR again' 'run ./args $VAR'
	assert_result 0 $'[outside][env]\n[in]\n[again]' ''
}

@test "variables: set does not reach the environment of the box" {
	script 'set VAR in' "run sh -c 'echo \${VAR-unset}'"
	assert_result 0 unset ''
}

@test "variables: \$ before what cannot be a name stands for itself" {
	script 'run ./args $ a$ $% "$" "$ "'
	assert_result 0 '[$][a$][$%][$][$ ]' ''
}

@test "variables: \${ without a name or its end is an error with a caret" {
	script 'run ./args ab${V'
	assert_result 2 '' 't.ctr:1:14: not a variable'
	assert_stderr $'  run ./args ab${V\n               ^'
	script 'run ./args ${}'
	assert_result 2 '' 't.ctr:1:12: not a variable'
}

@test "arguments: \$1, \$#, \$@ and \$0" {
	printf '%s\n' 'run ./args $# $1 "$2" x$@' 'run ./args $@' 'run ./args "$@"' 'run ./args $0' >t.ctr
	ct t.ctr 'a b' c
	assert_result 0 $'[2][a b][c][xa b c]\n[a b][c]\n[a b][c]\n[t.ctr]' ''
}

@test "arguments: \$@ of none is no word" {
	script 'run ./args a $@ "$@" b $#'
	assert_result 0 '[a][b][0]' ''
}

@test "arguments: one that was not given is an error" {
	printf 'run ./args $1 $2\n' >t.ctr
	ct t.ctr one
	assert_result 2 '' 't.ctr:1:15: undefined variable: 2'
	assert_stderr 'why: the script was given 1 argument'
}

@test "include: lines of another file, its variables stay, messages name it" {
	printf 'set V in\nrun ./args inc $1\n' >inc.ctr
	printf 'include inc.ctr\nrun ./args main $V\n' >t.ctr
	ct t.ctr arg
	assert_result 0 $'[inc][arg]\n[main][in]' ''
	printf 'run ./args a\ncd /nowhere\n' >inc.ctr
	ct t.ctr arg
	assert_result 2 '' 'undefined variable: V'
	printf 'set V in\ncd /nowhere\n' >inc.ctr
	ct t.ctr arg
	assert_result 1 '' 'inc.ctr:2: cd: chdir("/nowhere") = ENOENT'
}

@test "include: a relative name starts at the including file's directory" {
	mkdir -p sub/deep
	echo 'include deep/b.ctr' >sub/a.ctr
	echo 'run ./args b' >sub/deep/b.ctr
	echo 'include sub/a.ctr' >t.ctr
	ct t.ctr
	assert_result 0 '[b]' ''
	cd / && ct "$WORK/t.ctr"
	assert_result 127 '' "$WORK/sub/deep/b.ctr:1: run:"
}

@test "include: the same file twice, one after the other" {
	echo 'run ./args x' >inc.ctr
	script 'include inc.ctr' 'include inc.ctr'
	assert_result 0 $'[x]\n[x]' ''
}

@test "!: the rest of the line goes to the host's shell as it is" {
	script '!echo "$((1 + 1))" | tr 2 3; echo a # b' 'run ./args on'
	assert_result 0 $'3\na\n[on]' ''
}

@test "!: a command that fails ends the script, with its status" {
	script '!exit 7' 'run ./args on'
	assert_result 7 '' 't.ctr:1: !: exit 7 ended with status 7'
}

@test "lines: -! lets a command of the host fail" {
	ct -c '-!false
-!echo a; false
!echo b'
	assert_result 0 $'a\nb' 'false ended with status 1'
	ct -c '!false
!echo b'
	assert_result 1 '' 'false ended with status 1'
}

@test "lines: a command of the host has the script's arguments and variables, and the box's PID" {
	script 'set V "a  b"' '!echo "$V $# $2 [$*] ${CTRSH_BOX-none}"'
	assert_result 0 'a  b 0  [] none' ''
	run --separate-stderr env CTRSH_BOX=1 timeout -s KILL 360 "$CTRSH" -c 'set HOME "it'"'"'s"
		!./args "$@"; echo "$0 $HOME $CTRSH_BOX"
		run true
		!test "$(readlink /proc/$CTRSH_BOX/exe)" && tr "\0" . <"/proc/$CTRSH_BOX/stat" | grep -o "[0-9]* (ctrsh)" | cut -d" " -f1 | grep -qx "$CTRSH_BOX" && echo box' 'x y' "z'"
	assert_result 0 "[x y][z']"$'\n'"ctrsh it's "$'\n''box' ''
	ct -c 'help !'
	assert_output_has '!COMMAND' 'CTRSH_BOX'
}
