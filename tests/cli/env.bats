#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# setenv and unsetenv: the environment of programs in the box.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

@test "setenv: programs find it, the shell and its host commands do not" {
	ct -c "setenv FOO 'a b'; run sh -c 'echo \"\$FOO\"'; !echo \"[\$FOO]\""
	assert_result 0 $'a b\n[]' ''
}

@test "setenv: exec passes it on, and an empty value is a value" {
	ct -c "setenv FOO ''; exec sh -c 'echo \"[\${FOO-unset}]\"'"
	assert_result 0 '[]' ''
}

@test "unsetenv: gone, inherited ones too" {
	FOO=outside ct -c "run sh -c 'echo \${FOO-unset}'; unsetenv FOO; run sh -c 'echo \${FOO-unset}'; unsetenv FOO"
	assert_result 0 $'outside\nunset' ''
}

@test "setenv: PATH decides where programs are looked up" {
	mkdir bin && printf '#!/bin/sh\necho mine\n' >bin/prog && chmod +x bin/prog
	ct -c "setenv PATH $WORK/bin; run prog; -run ls"
	assert_result 0 mine "run: ls: no such program in the box's PATH"
	assert_stderr "why: PATH is $WORK/bin"
}

@test "setenv: what is no name is refused while reading" {
	ct -c "run echo done; setenv '' x"
	assert_result 2 '' 'setenv: not a name: ""'
	ct -c 'run echo done; setenv A=B x'
	assert_result 2 '' 'setenv: not a name: "A=B"'
	ct -c 'run echo done; unsetenv A=B'
	assert_result 2 '' 'unsetenv: not a name: "A=B"'
}

@test "unsetenv --all: an empty environment; patterns are refused" {
	ct -c 'unsetenv --all; run env; setenv A b; exec env'
	assert_result 0 A=b ''
	ct -n -c 'unsetenv *'
	assert_result 2 '' 'unsetenv: there are no patterns: "*"'
	assert_stderr 'do: unsetenv --all'
}
