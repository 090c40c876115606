#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Off a terminal the three streams are the program's: pipes work, bytes arrive
# as they are.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

@test "pipes: stdin, stdout and stderr are passed on" {
	run --separate-stderr ctrsh -c 'run sh -c "cat; echo err >&2"' <<<in
	assert_result 0 in err
	[ "$stderr" = err ]
	run --separate-stderr ctrsh -c 'exec sh -c "cat; echo err >&2"' <<<in
	assert_result 0 in err
}

@test "pipes: two programs share one input" {
	run --separate-stderr ctrsh -c 'run head -c 2; run cat' < <(printf 'abcd')
	assert_result 0 abcd ''
}

@test "pipes: every byte arrives as it is" {
	printf "$(printf '\\x%02x' {0..255})" >bytes
	run --separate-stderr bash -c "'$CTRSH' -c 'run cat' <bytes >out"
	assert_result 0 '' ''
	cmp bytes out
}

@test "pipes: ten megabytes through run and through exec" {
	head -c 10000000 /dev/urandom >big
	for op in run exec; do
		run --separate-stderr bash -o pipefail -c "cat big | timeout -s KILL 360 '$CTRSH' -c '$op cat' | cat >out"
		assert_result 0 '' ''
		cmp big out
	done
}

@test "pipes: in the whole container" {
	needs_pids
	head -c 1000000 /dev/urandom >big
	run --separate-stderr bash -o pipefail -c "cat big | timeout -s KILL 360 '$CTRSH' -c 'unshare uts pid mnt; chroot $ROOTFS; mount proc; cgroup pids 20; exec cat' | cat >out"
	assert_result 0 '' ''
	cmp big out
}

@test "pipes: a reader that leaves ends the program, as anywhere" {
	run --separate-stderr bash -c "{ timeout -s KILL 360 '$CTRSH' -c 'exec yes'; echo \$? >status; } | head -n 1"
	assert_result 0 y 'the box ended: yes was killed by signal 13'
	[ "$(cat status)" -eq 141 ]
}

@test "pipes: closed stdin, stdout, stderr are not taken for something else" {
	run --separate-stderr bash -c "'$CTRSH' -c 'run cat; run echo hi' <&-"
	assert_result 0 hi ''
	run --separate-stderr bash -c "'$CTRSH' -c 'run true; run sh -c \"echo err >&2\"' >&-"
	assert_result 0 '' err
	run --separate-stderr bash -c "'$CTRSH' -c 'run echo hi; cd /nowhere' 2>&-"
	assert_result 1 hi ''
	run --separate-stderr bash -c "'$CTRSH' -c 'cd /; run true' <&- >&- 2>&-"
	assert_result 0 '' ''
}

@test "pipes: a closed stdin without a script is an empty one" {
	run --separate-stderr bash -c "'$CTRSH' <&-"
	assert_result 0 '' ''
}

@test "pipes: a full disk under stdout is the program's error" {
	[ -c /dev/full ] || skip "there is no /dev/full"
	run --separate-stderr bash -c "'$CTRSH' -c 'run sh -c \"echo hi\"' >/dev/full"
	assert_result 1 '' '-c:1: run: sh ended with status 1'
}

@test "pipes: a script on stdin, and what its programs read" {
	run --separate-stderr ctrsh <<<$'run cat\nrun echo on'
	# The script is read whole before it runs: nothing is left for cat.
	assert_result 0 on ''
}
