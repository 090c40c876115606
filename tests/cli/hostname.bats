#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# hostname: the name of the box, and that the host keeps its own.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

@test "hostname: programs in the box see the name, the host keeps its own" {
	needs_root
	ct -c 'unshare uts; hostname box; run uname -n; !uname -n'
	assert_result 0 "box"$'\n'"$(uname -n)" ''
}

@test "hostname: the longest name the kernel takes" {
	needs_root
	name=$(printf 'a%.0s' {1..64})
	ct -c "unshare uts; hostname $name; run uname -n"
	assert_result 0 "$name" ''
}

@test "hostname: a longer one and an empty one are refused while reading" {
	ct -c "run echo done; unshare uts; hostname $(printf 'a%.0s' {1..65})"
	assert_result 2 '' 'hostname: the name has 65 bytes, the kernel takes 64'
	ct -c "run echo done; unshare uts; hostname ''"
	assert_result 2 '' 'hostname: the name is empty'
}

@test "hostname: refused while the box shares the host's" {
	needs_root
	ct_outer -c 'hostname box'
	assert_result 2 '' 'it would rename the host'
	assert_stderr 'why: the box still shares the UTS namespace with the host' 'fix: unshare uts'
	outer_unchanged
}

@test "hostname: --host insists" {
	needs_root
	ct_outer -c 'hostname --host insisted; run uname -n'
	assert_result 0 insisted ''
	[ "$(head -n 1 outer.after)" = insisted ]
}
