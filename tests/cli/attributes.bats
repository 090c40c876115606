#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# nice, sched, oom_score_adj, umask: the box and its programs have them, and why one was refused.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

user() { run --separate-stderr as_user timeout -s KILL 60 "$CTRSH" "$@"; }

needs_user() { needs_root && needs setpriv; }

@test "nice: is the value itself, whatever ctrsh was started with" {
	run --separate-stderr timeout -s KILL 60 nice -n 3 "$CTRSH" -c 'nice 17; run nice; exec nice'
	assert_result 0 $'17\n17' ''
}

@test "nice: root lowers it, a plain user may not, and why" {
	needs_user
	ct -c 'nice 5; nice -7; run nice'
	assert_result 0 -7 ''
	user -c 'nice 19; -nice 18; run nice'
	assert_result 0 19 'nice: setpriority(PRIO_PROCESS, 0, 18) = EACCES'
	assert_stderr 'why: to lower it takes CAP_SYS_NICE in the first user namespace, or RLIMIT_NICE: it is 0' 'fix: run ctrsh with sudo'
	user -c 'unshare user; nice -1'
	assert_result 1 '' 'why: to lower it takes CAP_SYS_NICE in the first user namespace'
}

@test "sched: policies, as chrt(1) sees them" {
	needs_root
	needs chrt
	for policy in 'other SCHED_OTHER 0' 'batch SCHED_BATCH 0' 'idle SCHED_IDLE 0' 'fifo:12 SCHED_FIFO 12' 'rr:99 SCHED_RR 99'; do
		set -- $policy
		ct -c "sched ${1/:/ }; exec sh -c 'chrt -p \$\$ | sed \"s/.*: //\"'"
		assert_result 0 "$2"$'\n'"$3" ''
	done
}

@test "sched affinity: the CPUs, as the kernel lists them" {
	ct -c 'sched affinity 0; exec grep Cpus_allowed_list /proc/self/status'
	assert_result 0 $'Cpus_allowed_list:\t0' ''
	cpus=$(sed -n 's/^Cpus_allowed_list:\t//p' /proc/self/status)
	ct -c "sched affinity $cpus; exec grep Cpus_allowed_list /proc/self/status"
	assert_result 0 $'Cpus_allowed_list:\t'"$cpus" ''
	ct -c 'sched affinity 0; sched affinity 1000-1010'
	assert_result 1 '' '= EINVAL'
	assert_stderr 'why: none of these CPUs is there for the box; it may use 0'
}

@test "sched: real-time is refused to a plain user, and why" {
	needs_user
	user -c '-sched rr 1; sched batch; exec chrt -p 0'
	assert_stderr 'sched: sched_setscheduler(0, SCHED_RR, [1]) = EPERM' \
		'why: a real-time policy takes CAP_SYS_NICE in the first user namespace, or RLIMIT_RTPRIO, which is 0' 'fix: '
}

@test "sched: real-time in a control group without a share of it" {
	needs_root
	[ -e /sys/fs/cgroup/cpu/cpu.rt_runtime_us ] || skip "no cpu hierarchy of version 1 here, with real-time shares"
	group=/sys/fs/cgroup/cpu/ctrsh-test-rt-$$
	mkdir "$group"
	run --separate-stderr sh -c "echo \$\$ >$group/cgroup.procs; \"\$CTRSH\" -c 'sched fifo 1'"
	rmdir "$group"
	assert_result 1 '' "why: the box's control group has no real-time share: its cpu.rt_runtime_us is 0"
}

@test "oom_score_adj: written from the host, before and after chroot, without /proc inside" {
	script 'oom_score_adj 300; exec cat /proc/self/oom_score_adj'
	assert_result 0 300 ''
	needs_root
	script "unshare pid mnt; chroot $ROOTFS; oom_score_adj 1000; mount proc; run cat /proc/self/oom_score_adj"
	assert_result 0 1000 ''
}

@test "oom_score_adj: lowered without CAP_SYS_RESOURCE, and why" {
	needs_user
	user -c 'oom_score_adj 300; oom_score_adj 100; -oom_score_adj -1; run cat /proc/self/oom_score_adj'
	assert_result 0 100 'oom_score_adj: write('
	assert_stderr '"-1", 2) = EACCES' \
		'why: it is 100, and to lower it takes CAP_SYS_RESOURCE in the first user namespace'
}

@test "umask: for programs, and for what later steps make" {
	ct -c 'umask 027; run sh -c "umask; touch file"; umask 0; exec sh -c umask'
	assert_result 0 $'0027\n0000' ''
	[ "$(stat -c %a file)" = 640 ]
}

@test "attributes: bad words are refused while reading" {
	while IFS='|' read -r line text; do
		ct -c "run echo done; $line"
		assert_result 2 '' "$text"
	done <<'END'
nice 20|nice: not a number from -20 (most) to 19 (least): "20"
nice -21|nice: not a number
nice 1x|nice: not a number
nice ''|nice: not a number
sched nice|sched: no such policy: nice
sched fifo|sched fifo: takes a priority from 1 to 99
sched rr 0|sched rr: takes a priority from 1 to 99
sched fifo 100|sched fifo: takes a priority from 1 to 99
sched batch 5|sched batch: takes no priority
sched affinity|sched affinity: takes CPUs
sched affinity 1-|sched affinity: takes CPUs
sched affinity 2-1|sched affinity: takes CPUs
sched affinity 1,|sched affinity: takes CPUs
sched affinity 99999|sched affinity: takes CPUs
oom_score_adj 1001|oom_score_adj: not a number from -1000 (never) to 1000 (first): "1001"
oom_score_adj -1001|oom_score_adj: not a number
umask 8|umask: not an octal number from 0 to 777: "8"
umask 1000|umask: not an octal number
umask u=rwx|umask: not an octal number
umask ''|umask: not an octal number
END
}

@test "attributes: the trace is true" {
	needs_root
	needs_strace
	TRACED+=,setpriority,sched_setscheduler,sched_setaffinity,umask,write
	true_trace -c 'nice 5; sched batch; sched fifo 3; sched affinity 0; oom_score_adj 10; umask 077; umask 0; umask 022; -sched affinity 1000'
	assert_status 0
	shown 'setpriority(PRIO_PROCESS, 0, 5) = 0' 'sched_setscheduler(0, SCHED_FIFO, [3]) = 0' 'sched_setaffinity(0, 128, [0]) = 0' \
		'umask(077) = 022' 'umask(000) = 077' 'umask(022) = 000' '"10", 2) = 2'
}

@test "sched, oom_score_adj: where the privilege really is to be had" {
	needs_root
	run --separate-stderr as_user timeout -s KILL 60 "$CTRSH" -c '-unshare user; sched fifo 1'
	[ "$(ulimit -r)" = 0 ] || skip 'RLIMIT_RTPRIO allows it'
	assert_result 1 '' 'EPERM'
	assert_stderr 'fix: run ctrsh with sudo, or where ulimit -r is not 0'
	run --separate-stderr setpriv --bounding-set=-sys_resource --inh-caps=-sys_resource timeout -s KILL 60 "$CTRSH" -c 'oom_score_adj -500'
	assert_result 1 '' 'EACCES'
	assert_stderr 'fix: run ctrsh where root holds CAP_SYS_RESOURCE'
}
