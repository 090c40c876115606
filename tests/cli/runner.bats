#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The runner itself: it fails when a test fails, a file breaks off, its plan
# is cut short, there are no tests, a sanitizer reports, the host changes.
# vm: no; it tests tests/run

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

# tests_run FILE... - tests/run as if called by a person, with the root file system that is there already.
tests_run() {
	run --separate-stderr env -i PATH="$path" HOME=/ CTRSH="$CTRSH" ROOTFS="$ROOTFS" ${slack+CTRSH_SLACK="$slack"} \
		"$TOP/tests/run" "$@"
}

ends_with() { [ "${lines[-1]}" = "$1" ] || explain "the last line \"$1\""; }

# bats puts its own programs first in PATH, where its real front end is not.
path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# file NAME - a test file, its lines on stdin; TEST stands for what bats would take for a test of this file.
file() {
	sed 's/^TEST /@test /' >"$1" && chmod +x "$1"
}

@test "runner: counts what passed and what was skipped, with the reasons" {
	file a.bats <<-'END'
		TEST "one" { true; }
		TEST "two" { skip "not today"; }
		TEST "three # not a skip" { true; }
	END
	file b.bats <<<'TEST "four" { true; }'
	tests_run a.bats b.bats
	assert_status 0
	assert_stderr ''
	assert_output_has 'skipped: ' 'two' 'not today'
	ends_with '3 passed, 0 failed, 1 skipped'
}

@test "runner: a test that fails fails the run, and is shown with its reason" {
	file a.bats <<-'END'
		TEST "good" { true; }
		TEST "bad" { echo because; false; }
		TEST "good again" { true; }
	END
	file b.bats <<<'TEST "other" { true; }'
	tests_run a.bats b.bats
	assert_status 1
	assert_output_has 'not ok 2 bad' because
	ends_with '3 passed, 1 failed, 0 skipped'
}

@test "runner: a file that is no test file" {
	file a.bats <<<'this is not ( bash'
	tests_run a.bats
	assert_status 1
	ends_with '0 passed, 1 failed, 0 skipped'
}

@test "runner: a file without tests, and one that is not there" {
	: >a.bats
	tests_run a.bats nowhere.bats
	assert_status 1
	assert_output_has 'a.bats: no tests' 'nowhere.bats: 0 passed, 1 failed'
	ends_with '0 passed, 2 failed, 0 skipped'
}

@test "runner: a program whose plan is cut short" {
	file unit <<<$'#!/bin/sh\necho 1..3\necho ok 1 - a\necho ok 2 - b'
	tests_run "$WORK/unit"
	assert_status 1
	assert_output_has 'cut short: 3 planned, 2 ran'
	ends_with '2 passed, 1 failed, 0 skipped'
}

@test "runner: a program that crashes, early and after its last test" {
	file early <<<$'#!/bin/sh\necho 1..2\necho ok 1 - a\nkill -SEGV $$'
	file late <<<$'#!/bin/sh\necho 1..1\necho ok 1 - a\nkill -SEGV $$'
	tests_run "$WORK/early"
	assert_status 1
	tests_run "$WORK/late"
	assert_status 1
	assert_output_has 'late: ended with status 139'
	ends_with '1 passed, 1 failed, 0 skipped'
}

@test "runner: a program that fails without a failed test" {
	file unit <<<$'#!/bin/sh\necho 1..1\necho ok 1 - a\nexit 1'
	tests_run "$WORK/unit"
	assert_status 1
	ends_with '1 passed, 1 failed, 0 skipped'
}

@test "runner: a test file that kills its runner" {
	file a.bats <<<'TEST "kills" { kill -KILL "$(ps -o ppid= -p "$PPID")"; }'
	tests_run a.bats
	assert_status 1
	[[ ${lines[-1]} =~ ,\ [1-9]\ failed, ]]
}

@test "runner: a report of a sanitizer fails the run, though the test passed" {
	needs cc
	echo 'int main(int argc, char **argv) { (void)argv; int a[2] = {0}; volatile int i = argc + 5; return a[i]; }' >bad.c
	cc -g -fsanitize=address -o bad bad.c 2>/dev/null || skip "no sanitizers here"
	file a.bats <<<"TEST \"hides it\" { '$WORK/bad' || true; }"
	tests_run --san a.bats
	assert_status 1
	assert_output_has 'a sanitizer reported' 'bad.c:1'
	ends_with '1 passed, 1 failed, 0 skipped'
}

@test "runner: a report of undefined behaviour fails an assertion" {
	# shellcheck disable=SC2034 # they are what is looked at
	output='' stderr='a.c:1:1: runtime error: index 6 out of bounds' status=0
	run assert_stderr 'a.c:1:1'
	[ "$status" -eq 1 ]
}

@test "runner: a leak counts as a report" {
	needs cc
	echo '#include <stdlib.h>
int main(void) { volatile char *p = malloc(7); p = NULL; return p != NULL; }' >bad.c
	cc -g -fsanitize=address -o bad bad.c 2>/dev/null || skip "no sanitizers here"
	run -99 env ASAN_OPTIONS=exitcode=99:detect_leaks=1 ./bad
	file a.bats <<<"TEST \"hides it\" { '$WORK/bad' || true; }"
	tests_run --san a.bats
	assert_status 1
	assert_output_has 'detected memory leaks'
}

# leaves COMMAND - a line of a test that leaves it running, its PID in the file pid.
leaves() { echo "$1 >/dev/null 2>&1 3>&- & echo \$! >'$WORK/pid'"; }

@test "runner: a process that stays behind fails the run, with the file's name, and is killed" {
	slack=0
	file a.bats <<<"TEST \"leaves\" { $(leaves 'sleep 300'); }" # sleep-ok: a process that stays
	file b.bats <<<'TEST "leaves nothing" { true; }'
	tests_run a.bats b.bats
	assert_status 1
	assert_output_has "not ok - $WORK/a.bats: " "there run:"$'\n'"# $(cat pid) sleep 300" # sleep-ok: a name
	ends_with '2 passed, 1 failed, 0 skipped'
	refute is_alive "$(cat pid)"
	tests_run -j 2 a.bats b.bats
	assert_status 1
	assert_output_has "not ok - $WORK/a.bats: "
	ends_with '2 passed, 1 failed, 0 skipped'
}

@test "runner: a test whose process outlives it fails, and the process is killed" {
	slack=1
	mkdir -p tests/cli
	ln -s "$TOP/tests/lib" tests/lib
	file tests/cli/a.bats <<-END
		load ../lib/common
		TEST "leaves" { $(leaves 'sleep 300'); } # sleep-ok: a process that stays
		TEST "leaves nothing" { refute is_alive "\$(cat '$WORK/pid')"; }
	END
	tests_run tests/cli/a.bats
	assert_status 1
	assert_output_has 'not ok 1 leaves' "still running:"$'\n'"# $(cat pid) sleep 300" # sleep-ok: a name
	ends_with '1 passed, 1 failed, 0 skipped'
}

@test "runner: a hostname or a mount that stays changed fails the run" {
	needs_root
	file unit <<<$'#!/bin/sh\necho 1..1\nhostname changed\nmount -t tmpfs tmpfs /mnt\necho ok 1 - a'
	run --separate-stderr outer env -i PATH="$path" HOME=/ CTRSH="$CTRSH" ROOTFS="$ROOTFS" CTRSH_SLACK=1 "$TOP/tests/run" "$WORK/unit"
	assert_status 1
	assert_output_has '> hostname: changed' '> mount: ' 'the host is not as it was'
	ends_with '1 passed, 1 failed, 0 skipped'
}

@test "runner: a test file's changes stay in its own sandbox" {
	needs_root
	file a.bats <<<'TEST "changes" { hostname changed; mount -t tmpfs tmpfs /mnt; }'
	tests_run a.bats
	assert_status 0
	ends_with '1 passed, 0 failed, 0 skipped'
}

@test "runner: -j runs files beside one another, and counts the same" {
	# Each waits for the other: one after the other they would fail.
	for pair in 'a b' 'b a'; do
		file "${pair% *}.bats" <<-END
			TEST "meets" { touch '$WORK/${pair% *}' && timeout 360 sh -c 'until [ -e $WORK/${pair#* } ]; do :; done'; }
			TEST "skips" { skip "for a reason"; }
		END
	done
	file c.bats <<<'TEST "fails" { echo because; false; }'
	tests_run -j 2 a.bats b.bats c.bats
	assert_status 1
	assert_output_has 'skipped: ' 'a.bats: skips # skip for a reason' 'not ok 1 fails' because
	ends_with '2 passed, 1 failed, 2 skipped'
	file d.bats <<<'TEST "kills" { kill -KILL "$(ps -o ppid= -p "$PPID")"; }'
	tests_run -j 2 d.bats nowhere.bats
	assert_status 1
	assert_output_has 'nowhere.bats: 0 passed, 1 failed'
	[[ ${lines[-1]} =~ ,\ [2-9]\ failed, ]]
}

@test "runner: -t begins nothing after that time, and the rest is skipped" {
	file a.bats <<<'TEST "one" { false; }'
	file b.bats <<<$'TEST "two" { false; }\nTEST "three" { false; }'
	tests_run -t 0 a.bats b.bats
	assert_status 0
	assert_output_has 'b.bats: all 2 tests # skip the 0 s for this run are over'
	ends_with '0 passed, 0 failed, 3 skipped'
}

@test "runner: what a file says of virtual machines holds only there" {
	file no.bats <<<$'# vm: no; it is none of its business\nTEST "one" { true; }'
	file short.bats <<<$'# vm: short 6.12\nTEST "two" { true; }'
	tests_run no.bats short.bats
	ends_with '2 passed, 0 failed, 0 skipped'
	run --separate-stderr env -i PATH="$path" HOME=/ CTRSH_VM=6.12 CTRSH="$CTRSH" ROOTFS="$ROOTFS" "$TOP/tests/run" no.bats short.bats
	assert_output_has 'no.bats: all 1 tests # skip not in a virtual machine: it is none of its business'
	ends_with '1 passed, 0 failed, 1 skipped'
}

@test "runner: a short run in a machine takes the files that say so for that kernel" {
	file no.bats <<<$'# vm: no; it is none of its business\nTEST "one" { true; }'
	file short.bats <<<$'# vm: short 6.12 6.1\nTEST "two" { true; }'
	file other.bats <<<$'# vm: short 6.12\nTEST "three" { true; }'
	file all.bats <<<$'# tells of vm: short 6.12\nTEST "four" { true; }'
	run --separate-stderr bash -c 'source "$TOP/tests/lib/parts.bash" && short_list "$1" *.bats' list 6.12
	assert_result 0 $'other.bats\nshort.bats' ''
	run --separate-stderr bash -c 'source "$TOP/tests/lib/parts.bash" && short_list "$1" *.bats' list 6.1
	assert_result 0 short.bats ''
}

@test "runner: unknown options, and a program that is not there" {
	tests_run --bogus
	assert_status 2
	assert_stderr 'usage: tests/run'
	run --separate-stderr env -i PATH="$path" CTRSH=/nowhere/ctrsh "$TOP/tests/run"
	assert_result 1 '' '/nowhere/ctrsh is not there: run make'
}
