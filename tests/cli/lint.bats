#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Lint: the tree is as `make lint` wants it, and lint sees what it should: a copy with one fault of each kind fails.
# vm: no; it reads the sources

top=$BATS_TEST_DIRNAME/../..

setup() {
	copy=$BATS_TEST_TMPDIR/tree
	mkdir "$copy"
	cp -r "$top/ops" "$top/repl" "$top/tests" "$top/scripts" "$top/Makefile" "$top/.clang-format" "$top/.clang-tidy" "$copy"
	[ ! -d "$top/.ci" ] || cp -r "$top/.ci" "$copy"
	# What takes long is run in the first test, and in that for which it is there.
	# A clang-tidy of another version is left out: what the tree is without it stays clean.
	mkdir "$copy/bin" && printf '#!/bin/sh\necho version 0.0\n' >"$copy/bin/clang-tidy" && chmod +x "$copy/bin/clang-tidy"
	[ "$BATS_TEST_NUMBER" = 1 ] || PATH=$copy/bin:$PATH
	[[ $BATS_TEST_NUMBER = 1 || $BATS_TEST_DESCRIPTION = *'in a test'* ]] || sed -i '/^shellcheck .*bats/d' "$copy/tests/lint"
}

@test "lint: the tree is clean" {
	run "$copy/tests/lint"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output != *'lint: left out: '* ]] || skip "in part: $output"
}

# fault FILE TEXT WANTED - with TEXT at the end of FILE lint fails and says WANTED.
fault() {
	printf '%s\n' "$2" >>"$copy/$1"
	run "$copy/tests/lint"
	[ "$status" -ne 0 ]
	[[ $output == *"$3"* ]]
}

@test "lint: sees formatting" { fault ops/files/cd.c 'int  x ;' clang-format; }
@test "lint: sees what shellcheck sees" { fault scripts/demo 'rm $1/*' shellcheck; }
@test "lint: sees what shellcheck sees in what tests load, and in a machine" {
	fault tests/lib/net.bash 'x() { rm $1/*; }' shellcheck
	cp "$top/tests/lib/net.bash" "$copy/tests/lib/net.bash"
	fault tests/vm/job 'rm $1/*' shellcheck
}
@test "lint: sees what shellcheck sees in a test" { fault tests/cli/cd.bats 'nobody=looks' shellcheck; }
@test "lint: sees a printing op" {
	fault ops/files/cd.c 'void f(void) { puts("x"); }' 'ops/ does not print'
}
@test "lint: sees an exiting op" {
	fault ops/files/cd.c 'void f(void) { exit(1); }' 'ops/ does not exit'
}
@test "lint: sees readline where it does not belong" {
	fault repl/main.c '#include <readline/readline.h>' 'only repl/line.c'
}
@test "lint: sees a container's call in repl/" {
	fault repl/main.c 'int f(void) { return chroot("/"); }' "container's call"
}
@test "lint: sees ops/ including repl/" { fault ops/files/cd.c '#include "repl/shell.h"' 'does not know of repl'; }
@test "lint: sees an include beside itself" { fault ops/files/cd.c '#include "mount.h"' 'named from the top'; }
@test "lint: sees a guard that is not named after the header" {
	sed -i s/CTRSH_OPS_BOX_BOX_H/CTRSH_OPS_BOX_H/ "$copy/ops/box/box.h"
	fault ops/box/box.h '' 'ops/box/box.h: its guard'
}
@test "lint: sees a fault in the man page" { fault repl/ctrsh.1 '.Xx y' 'man page'; }
@test "lint: sees a check that cannot fail" {
	fault tests/cli/cd.bats $'\tassert_status 0 && assert_output x' 'a check before &&'
	cp "$top/tests/cli/cd.bats" "$copy/tests/cli/cd.bats"
	fault tests/cli/cd.bats $'\t! grep x y' 'a check behind !'
}
@test "lint: sees a wait that looks once" {
	fault tests/cli/cd.bats $'\tpoll 10 [ "$(cat x)" = y ]' 'put in once'
	cp "$top/tests/cli/cd.bats" "$copy/tests/cli/cd.bats"
	fault tests/tty/lib.bash $'x() { \x61wait test "$(cat x)" = y; }' 'put in once'
}
@test "lint: sees a file without licence" {
	echo 'int x;' >"$copy/ops/new.c"
	run "$copy/tests/lint"
	[ "$status" -ne 0 ]
	[[ $output == *'no SPDX line'* ]]
}
