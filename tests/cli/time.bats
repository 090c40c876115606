#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# unshare time: clocks of the box's own.
# vm: short 6.1

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

setup() {
	common_setup
	needs_root
	[ -e /proc/self/timens_offsets ] || skip "this kernel has no time namespaces"
}

offsets='run sh -c "tr -s \" \" </proc/self/timens_offsets"'

@test "time: offsets with units" {
	ct -c "unshare time monotonic=+1d boottime=-2; $offsets"
	assert_result 0 $'monotonic 86400 0\nboottime -2 0' ''
	ct -c "unshare time boottime=1h30m5s; $offsets"
	assert_result 0 $'monotonic 0 0\nboottime 5405 0' ''
	ct -c "unshare monotonic=+2m time; $offsets"
	assert_result 0 $'monotonic 120 0\nboottime 0 0' ''
}

@test "time: the clock inside is ahead of the host's" {
	ct -c 'unshare time boottime=+10d; !cut -d. -f1 /proc/uptime
run cut -d. -f1 /proc/uptime
!cut -d. -f1 /proc/uptime'
	assert_status 0
	[ $((lines[1] - 864000)) -ge "${lines[0]}" ]
	[ $((lines[1] - 864000)) -le "${lines[2]}" ]
}

@test "time: with pid and mnt, and after chroot, where no /proc is" {
	ct -c "chroot $ROOTFS; unshare time pid mnt monotonic=+1h; mount proc; $offsets; run sh -c 'echo \$\$'"
	assert_result 0 $'monotonic 3600 0\nboottime 0 0\n3' ''
}

@test "time: rootless, with a user namespace of its own" {
	needs_userns
	user -c "unshare user time monotonic=+1d; $offsets"
	assert_result 0 $'monotonic 86400 0\nboottime 0 0' ''
	user -c "unshare user; map root; unshare time boottime=+1d; $offsets"
	assert_result 0 $'monotonic 0 0\nboottime 86400 0' ''
	user -c "unshare user; map root; unshare user; map root; unshare time boottime=+2d; $offsets"
	assert_result 0 $'monotonic 0 0\nboottime 172800 0' ''
}

@test "time: no clock goes below 0, nor beyond 146 years" {
	ct -c 'unshare time monotonic=-99999d'
	assert_result 1 '' '= ERANGE'
	assert_stderr 'why: monotonic=-99999d: the clock says ' ' s now, and cannot go below 0'
	ct -c 'unshare time monotonic=+99999d'
	assert_result 1 '' '= ERANGE'
	assert_stderr 'why: the kernel lets no clock go beyond 146 years'
}

@test "time: wrong words are refused while reading" {
	refused() {
		ct -c "run echo done; unshare $1"
		assert_result 2 '' "$2"
	}
	for offset in '' + 1x 1.5 d '1d ' 1d- 99999999999999999999 -; do
		refused "time 'monotonic=$offset'" "unshare: no offset of a clock: monotonic=$offset" || return
	done
	refused 'uts monotonic=1' 'unshare: clocks are set for a new time namespace only'
	refused 'time monotonic=1 monotonic=2' 'unshare: monotonic is named twice'
	refused 'time realtime=1' 'unshare: no such namespace: realtime=1'
	refused 'monotonic=1' 'unshare: clocks are set'
}

@test "time: the trace is true" {
	needs_strace
	TRACED=$TRACED,write true_trace -c 'unshare time pid monotonic=+1d; run true'
	assert_status 0
	shown '/timens_offsets", O_CLOEXEC|O_WRONLY) = ' '"monotonic 86400 0\n", 18) = 18'
}

@test "time: a second one starts from the first's offsets" {
	ct -c "unshare time monotonic=+1d; unshare time boottime=+1h; $offsets"
	assert_result 0 $'monotonic 86400 0\nboottime 3600 0' ''
}
