#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A program that failed: what the kernel counted meanwhile is told, and what nothing tells is no cause.

# Lines of ctrsh stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154,SC2317

load ../lib/common

setup() {
	common_setup
	needs_root
}

@test "a program: forks that its limit of processes refused" {
	needs_pids
	ct -c 'cgroup pids 3; run sh -c "sleep 60 & sleep 60 & sleep 60 & wait"' # sleep-ok: they hold the places
	[ "$status" -ne 0 ]
	assert_stderr 'why: while it ran the kernel refused 1 fork' '; at most 3 processes may be in it, the box itself counted'
	# A failure without a refused fork, before and after one with.
	ct -c 'cgroup pids 3; -run false; -run sh -c "sleep 60 & sleep 60 & sleep 60 & wait"; run false' # sleep-ok: as above
	assert_status 1
	[ "$(grep -c 'the kernel refused' <<<"$stderr")" = 1 ]
}

@test "a program: SIGSEGV where a limit was lowered, and where none was" {
	[ -z "${CTRSH_SAN-}" ] || skip "the sanitizer needs its memory"
	ct -c 'rlimit stack 1K; run /bin/true'
	assert_result 139 '' 'why: a program that needs more memory than such a limit leaves it is sent this signal (setrlimit(2)), as is one with a fault of its own; the box has rlimit stack 1024'
	ct -c 'run sh -c "kill -SEGV \$\$"'
	assert_result 139 '' 'killed by signal 11'
	[[ $stderr != *why:* ]] || explain 'no cause'
}

@test "a program: why shows the box's own network" {
	ct -c 'unshare net; -run false; why'
	assert_output_has 'links in the box         lo down, loopback' 'routes in the box        none'
	ct -c '-run false; why'
	[[ $output != *'links in the box'* ]] || explain "not the host's"
}
