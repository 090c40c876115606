#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# label: the programs of the box are under a profile of AppArmor's, and why it was refused.
# vm: short 6.12 6.1

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

teardown() {
	[ ! -e profile ] || apparmor_parser -K --remove profile
	[ ! -e mounted ] || umount /sys/kernel/security
	common_teardown
}

# needs_apparmor - AppArmor is at work, and a profile ctrsh-test is loaded: files, capabilities and sockets, but no /etc/secret.
needs_apparmor() {
	needs_root
	[ "$(cat /sys/module/apparmor/parameters/enabled 2>&1)" = Y ] || skip "this kernel runs no AppArmor"
	needs apparmor_parser
	[ -d /sys/kernel/security/apparmor ] || { mount -t securityfs none /sys/kernel/security && touch mounted; }
	printf '%s\n' 'profile ctrsh-test {' 'file,' 'capability,' 'network,' 'deny /**/secret r,' '}' >profile
	apparmor_parser -K --replace profile
	echo hidden >secret
	chmod 644 secret
}

# next_label_told - the kernel tells others the label of a process's next program; 6.1 tells that to the process alone.
next_label_told() {
	mkfifo hold
	sh -c 'echo exec ctrsh-test >/proc/self/attr/apparmor/exec; echo >ready; read -r _ <hold' &
	poll 10 test -e ready
	if cat "/proc/$!/attr/apparmor/exec" 2>/dev/null; then end "$!"; else end "$!" && return 1; fi
}

@test "label: words that are none are refused while reading" {
	for line in 'label apparmor' "label apparmor ''" 'label smack x' "label selinux $(printf '%01025d' 0)"; do
		ct -c "run echo done; $line"
		assert_status 2
		assert_output ''
	done
	assert_stderr 'label: the label is too long'
}

@test "label: a module that is not there is said, with those that are" {
	if [ -e /proc/self/attr/apparmor ]; then
		[ "$(cat /sys/module/apparmor/parameters/enabled)" != N ] || skip "AppArmor is there and sleeps"
	else
		ct -c 'label apparmor docker-default'
		assert_result 1 '' 'label: openat2('
		assert_stderr 'why: AppArmor is no part of this kernel'
	fi
	[ ! -e /sys/fs/selinux/enforce ] || skip "SELinux is at work"
	ct -c 'label selinux system_u:system_r:container_t:s0'
	assert_status 1
	assert_stderr 'why: SELinux is no'
}

@test "label: the next programs have it, run and exec, and the box goes on as it is" {
	needs_apparmor
	ct -x -c 'label apparmor ctrsh-test; -run cat secret; run cat /proc/self/attr/current; exec cat /proc/self/attr/current'
	assert_result 0 $'ctrsh-test (enforce)\nctrsh-test (enforce)' 'secret: Permission denied'
	if next_label_told; then assert_stderr 'now   + label of the next program ctrsh-test (enforce)'; fi
	ct -c 'run cat secret; label apparmor ctrsh-test; label apparmor unconfined; exec cat secret'
	assert_result 0 $'hidden\nhidden' ''
}

@test "label: in a root without /proc, as another user, behind a filter, after unshare pid; without root" {
	needs_apparmor
	ct -c "unshare pid mnt; chroot $ROOTFS; label apparmor ctrsh-test; mount proc; no_new_privs; seccomp default; user 1000:1000; exec cat /proc/self/attr/current"
	assert_result 0 'ctrsh-test (enforce)' ''
	user -c 'unshare user; map root; label apparmor ctrsh-test; -run cat secret; exec cat /proc/self/attr/current'
	assert_result 0 'ctrsh-test (enforce)' 'secret: Permission denied'
}

@test "label: a profile that is not loaded; from one that does not let go; and ctrsh, whose signals it forbids, ends" {
	needs_apparmor
	ct -c 'label apparmor ctrsh-tast'
	assert_result 1 '' 'label: write('
	assert_stderr 'why: no profile ctrsh-tast is loaded; those loaded are: ' 'ctrsh-test' 'do: load it on the host'
	user -c 'label apparmor ctrsh-tast'
	assert_result 1 '' 'why: no profile ctrsh-tast is loaded'
	ct -c "label apparmor ctrsh-test; exec timeout -s KILL 100 '$CTRSH' -c 'run true; label apparmor unconfined'"
	assert_result 1 '' '= EACCES'
	assert_stderr 'why: ctrsh itself runs as ctrsh-test, and may not go from there to unconfined'
}

@test "label: the trace is true" {
	needs_apparmor
	needs_strace
	TRACED+=,write
	true_trace -c 'label apparmor ctrsh-test; run true'
	assert_status 0
	shown '"exec ctrsh-test", 15) = 15' '"attr/apparmor/exec"'
}
