#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# nice, sched, ioprio, personality, oom_score_adj, umask: the box and its programs have them, and why one was refused.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

needs_user() { needs_root && needs setpriv; }

@test "nice: is the value itself, whatever ctrsh was started with" {
	run --separate-stderr timeout -s KILL 360 nice -n 3 "$CTRSH" -c 'nice 17; run nice; exec nice'
	assert_result 0 $'17\n17' ''
}

@test "nice: root lowers it, a plain user may not, and why" {
	needs_user
	ct -c 'nice 5; nice -7; run nice'
	assert_result 0 -7 ''
	user -c 'nice 19; -nice 18; run nice'
	assert_result 0 19 'nice: setpriority(PRIO_PROCESS, 0, 18) = EACCES'
	assert_stderr 'why: to lower it takes CAP_SYS_NICE in the first user namespace, or RLIMIT_NICE: it is 0' 'do: run ctrsh with sudo'
	user -c 'unshare user; nice -1'
	assert_result 1 '' 'why: to lower it takes CAP_SYS_NICE in the first user namespace'
}

@test "sched: policies, as chrt(1) sees them" {
	needs_root
	needs chrt
	for policy in 'other SCHED_OTHER 0' 'batch SCHED_BATCH 0' 'idle SCHED_IDLE 0' 'fifo:12 SCHED_FIFO 12' 'rr:99 SCHED_RR 99'; do
		set -- $policy
		ct -c "sched ${1/:/ }; exec sh -c 'chrt -p \$\$ | sed -nE \"s/.* (policy|priority): //p\"'"
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
		'why: a real-time policy takes CAP_SYS_NICE in the first user namespace, or RLIMIT_RTPRIO, which is 0' 'do: '
}

@test "sched: real-time in a control group without a share of it" {
	needs_root
	[ -e /sys/fs/cgroup/cpu/cpu.rt_runtime_us ] || skip "no cpu hierarchy of version 1 here, with real-time shares"
	group=/sys/fs/cgroup/cpu/outer-ctrsh-$$
	mkdir "$group"
	run --separate-stderr sh -c "echo \$\$ >$group/cgroup.procs; \"\$CTRSH\" -c 'sched fifo 1'"
	rmdir "$group"
	assert_result 1 '' "why: the box's control group has no real-time share: its cpu.rt_runtime_us is 0"
}

@test "ioprio: classes and levels, as ionice(1) sees them" {
	needs_root
	needs ionice
	while IFS='|' read -r words seen; do
		ct -c "ioprio $words; run ionice; exec ionice"
		assert_result 0 "$seen"$'\n'"$seen" ''
	done <<-'END'
		rt|realtime: prio 4
		rt 0|realtime: prio 0
		be 7|best-effort: prio 7
		idle|idle
	END
	ct -x -c 'ioprio be 1; ioprio idle; ioprio none; nice 3'
	assert_stderr 'now   + ioprio be 1' 'now   ioprio be 1 -> idle' 'now   - ioprio'
}

@test "mempolicy: it is the program's, as the kernel shows it; a node that is not there" {
	[ -e /proc/self/numa_maps ] || skip "this kernel has no NUMA"
	for who in ct user; do
		"$who" -c 'mempolicy bind 0; run head -n 1 /proc/self/numa_maps; mempolicy interleave 0; run head -n 1 /proc/self/numa_maps; mempolicy default; exec head -n 1 /proc/self/numa_maps'
		[ "$(cut -d ' ' -f 2 <<<"$output" | xargs)" = 'bind:0 interleave:0 default' ] || explain "$output"
	done
	ct -x -c 'mempolicy bind 0; mempolicy local; mempolicy default'
	assert_stderr 'set_mempolicy(MPOL_BIND, [0], 1025) = 0' 'now   + mempolicy bind:0' 'now   mempolicy bind:0 -> local' 'now   - mempolicy'
	ct -c 'mempolicy bind 1023'
	assert_result 1 '' 'mempolicy: set_mempolicy(MPOL_BIND, [1023], 1025) = EINVAL'
	assert_stderr 'why: no node of 1023 has memory for the box; it may use 0' 'fix: mempolicy bind 0'
}

@test "ioprio: rt is refused to a plain user, and why; the others are not" {
	needs_user
	user -c 'ioprio be 0; ioprio idle; -ioprio rt; run ionice'
	assert_result 0 idle 'ioprio: ioprio_set(IOPRIO_WHO_PROCESS, 0, IOPRIO_PRIO_VALUE(IOPRIO_CLASS_RT, 4)) = EPERM'
	assert_stderr 'why: the class rt takes CAP_SYS_NICE or CAP_SYS_ADMIN in the first user namespace' 'fix: ioprio be 0'
	ct -c 'unshare user; map root; ioprio rt'
	assert_result 1 '' 'why: the class rt takes CAP_SYS_NICE'
}

@test "personality: another machine, and addresses that stay" {
	case $(uname -m) in x86_64) small=i686 ;; aarch64) small=armv8l ;; *) skip "no 32-bit name known for $(uname -m)" ;; esac
	ct -c 'personality linux32; run uname -m; personality linux; exec uname -m'
	assert_result 0 "$small"$'\n'"$(uname -m)" ''
	ct -x -c 'personality linux addr-no-randomize uname-2.6; run cat /proc/self/personality; run uname -r'
	assert_status 0
	assert_output_has 00060000 '2.6.'
	assert_stderr 'now   personality 00000000 -> 00060000'
	ct -c 'personality linux addr-no-randomize; run grep stack /proc/self/maps; run grep stack /proc/self/maps'
	[ "$(sort -u <<<"$output" | wc -l)" = 1 ]
	[ "$(wc -l <<<"$output")" = 2 ]
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
mempolicy|usage
mempolicy low|mempolicy: no such policy: low
mempolicy bind|mempolicy bind: takes nodes
mempolicy bind x|mempolicy bind: takes nodes
mempolicy local 0|mempolicy local: takes no nodes
ioprio|usage
ioprio low|ioprio: no such class: low
ioprio idle 3|ioprio idle: takes no level
ioprio be 8|ioprio be: takes a level from 0 (first) to 7, not "8"
ioprio rt x|ioprio rt: takes a level
personality|usage
personality plan9|personality: linux or linux32, not "plan9"
personality linux fast|personality: no such flag: fast
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
	TRACED+=,setpriority,ioprio_set,personality,sched_setscheduler,sched_setaffinity,umask,write
	true_trace -c 'nice 5; ioprio be 3; ioprio none; personality linux32; personality linux addr-no-randomize 3gb; personality linux; sched batch; sched fifo 3; sched affinity 0; oom_score_adj 10; umask 077; umask 0; umask 022; -sched affinity 1000'
	assert_status 0
	shown 'setpriority(PRIO_PROCESS, 0, 5) = 0' 'IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, 3)) = 0' 'personality(PER_LINUX32) = 0' 'sched_setscheduler(0, SCHED_FIFO, [3]) = 0' 'sched_setaffinity(0, 128, [0]) = 0' \
		'umask(077) = 022' 'umask(000) = 077' 'umask(022) = 000' '"10", 2) = 2'
}

@test "sched, oom_score_adj: where the privilege really is to be had" {
	needs_root
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c '-unshare user; sched fifo 1'
	[ "$(ulimit -r)" = 0 ] || skip 'RLIMIT_RTPRIO allows it'
	assert_result 1 '' 'EPERM'
	assert_stderr 'do: run ctrsh with sudo, or where ulimit -r is not 0'
	run --separate-stderr setpriv --bounding-set=-sys_resource --inh-caps=-sys_resource timeout -s KILL 360 "$CTRSH" -c 'oom_score_adj -500'
	assert_result 1 '' 'EACCES'
	assert_stderr 'do: run ctrsh where root holds CAP_SYS_RESOURCE'
}
