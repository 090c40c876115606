#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# rlimit: the limits are those of the programs, tight ones leave the box able to say so, and why one was refused.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

needs_user() { needs_root && needs setpriv; }

# limit TITLE - of the program in the last output, which was /proc/self/limits: soft and hard.
limit() { sed -nE "s/^$1 +([^ ]+) +([^ ]+) .*/\1 \2/p" <<<"$output"; }

# may_raise - whether this root may raise a hard limit.
may_raise() { [ $((0x$(sed -n 's/^CapEff:\t//p' /proc/self/status) >> 24 & 1)) = 1 ]; }

@test "rlimit: SOFT sets both, SOFT:HARD each" {
	ct -c 'rlimit nofile 64; rlimit core 0:4096; exec cat /proc/self/limits'
	assert_status 0
	assert_stderr ''
	[ "$(limit 'Max open files')" = '64 64' ]
	[ "$(limit 'Max core file size')" = '0 4096' ]
}

@test "rlimit: SOFT: leaves the hard limit, :HARD the soft one" {
	ct -c 'rlimit nofile 64:100; rlimit nofile 50:; rlimit nofile :80; exec cat /proc/self/limits'
	assert_status 0
	assert_stderr ''
	[ "$(limit 'Max open files')" = '50 80' ]
}

@test "rlimit: every name of getrlimit(2), with sizes" {
	[ -z "${CTRSH_SAN-}" ] || skip "the sanitizer needs more address space"
	ct -c 'rlimit as 4G; rlimit core 1M; rlimit cpu 100; rlimit data 3G; rlimit fsize 5K; rlimit locks 7; rlimit memlock 8K
		rlimit msgqueue 9K; rlimit nice 0; rlimit nofile 30; rlimit nproc 1000; rlimit rss 2M; rlimit rtprio 0
		rlimit rttime 11; rlimit sigpending 12; rlimit stack 2M; exec cat /proc/self/limits'
	assert_status 0
	assert_stderr ''
	want=('cpu time:100' 'file size:5120' 'data size:3221225472' 'stack size:2097152' 'core file size:1048576'
		'resident set:2097152' 'processes:1000' 'open files:30' 'locked memory:8192' 'address space:4294967296'
		'file locks:7' 'pending signals:12' 'msgqueue size:9216' 'nice priority:0' 'realtime priority:0' 'realtime timeout:11')
	for pair in "${want[@]}"; do
		[ "$(limit "Max ${pair%:*}")" = "${pair#*:} ${pair#*:}" ] || explain "$pair"
	done
}

@test "rlimit: the box itself has it, at once, as one sees from outside" {
	script 'unshare pid; rlimit sigpending 77:99' '!for p in $(cat /proc/$PPID/task/$PPID/children); do grep -E "pending signals +77 +99" /proc/$p/limits || :; done'
	assert_status 0
	assert_stderr ''
	[[ $output == *77*99* ]]
}

@test "rlimit: a hard limit cannot be raised without CAP_SYS_RESOURCE, and why" {
	needs_user
	# It counts all processes of that user.
	user -c 'rlimit nproc 500; -rlimit nproc 600; run echo on'
	assert_result 0 on 'rlimit: prlimit64(0, RLIMIT_NPROC, {rlim_cur=600, rlim_max=600}, NULL) = EPERM'
	assert_stderr 'why: the hard limit is 500, and only CAP_SYS_RESOURCE in the first user namespace' 'do: undo the line that lowered it, or reset; rlimit nproc 500: (with the colon) lowers the soft limit alone'
}

@test "rlimit: what is offered instead leads further: what is left of a limit that it began with, or its start" {
	needs_user
	limited() { run --separate-stderr as_user prlimit --nofile="$1" timeout -s KILL 360 "$CTRSH" -c "$2"; }
	limited 40:50 'rlimit nofile 60'
	assert_result 1 '' 'why: the hard limit is 50, ' 'fix: rlimit nofile 50'
	limited 50:50 'rlimit nofile 60'
	assert_result 1 '' 'why: the hard limit is 50, ' 'do: start ctrsh with a higher hard limit'
	limited 40:50 'rlimit nofile 45; rlimit nofile 46'
	assert_result 1 '' 'why: the hard limit is 45, ' 'do: undo the line that lowered it, or reset; rlimit nofile 45: (with the colon)'
	limited 40:50 'rlimit nofile 45:; rlimit nofile 46:; rlimit nofile 47: '
	assert_result 0 '' ''
}

@test "rlimit: root of a user namespace of its own cannot raise it either" {
	needs_user
	needs_userns
	user -c 'unshare user; rlimit nofile 50; rlimit nofile 60'
	assert_result 1 '' 'why: the hard limit is 50, and only CAP_SYS_RESOURCE in the first user namespace'
}

@test "rlimit: root raises it" {
	needs_root
	may_raise || skip "this root does not hold CAP_SYS_RESOURCE"
	ct -c 'rlimit nofile 50; rlimit nofile 60; exec sh -c "ulimit -Hn"'
	assert_result 0 60 ''
}

@test "rlimit: no more files than fs.nr_open" {
	n=$(cat /proc/sys/fs/nr_open)
	ct -c "rlimit nofile $((n + 1))"
	assert_result 1 '' "why: no process may have more than fs.nr_open: $n"
}

@test "rlimit: soft above hard is refused, in the words or by the kernel" {
	ct -c 'run echo done; rlimit nofile 20:10'
	assert_result 2 '' 'rlimit nofile: the soft limit is above the hard limit: 20:10'
	run --separate-stderr setpriv --bounding-set -sys_resource --inh-caps -sys_resource "$CTRSH" -c 'rlimit nofile 20; rlimit nofile 30:'
	assert_result 1 '' '= EINVAL'
	assert_stderr 'why: the hard limit is 20, and the soft one cannot be above it' 'do: undo the line that lowered it, or reset'
	ct -c 'rlimit nofile 20; rlimit nofile :10'
	assert_result 1 '' '= EINVAL'
	assert_stderr 'why: the soft limit is 20, and the hard one cannot be below it' 'fix: rlimit nofile 10'
}

@test "rlimit: bad names and values are refused while reading" {
	ct -c 'run echo done; rlimit files 3'
	assert_result 2 '' 'rlimit: no such limit: files'
	assert_stderr 'why: the kernel has as core cpu data'
	for bad in '' : x 1x -1 1.5 1KB 20:x x:20 99999999999999999999 16777216T ' 1'; do
		ct -c "run echo done; rlimit as '$bad'"
		assert_result 2 '' "rlimit as: not a limit: \"$bad\""
	done
	ct -c 'run echo done; rlimit nofile 1K'
	assert_result 2 '' 'rlimit nofile: not a limit: "1K"'
}

@test "rlimit nofile: too few for the box to start a program says so; the program never starts without its streams" {
	for n in 0 3 6; do
		ct -c "rlimit nofile $n:; -run echo one; -exec echo two; rlimit nofile 16:; run echo three"
		assert_result 0 three 'run: recvmsg() of 3 descriptors = EMFILE'
		assert_stderr 'exec: recvmsg() of 3 descriptors = EMFILE' "why: the limit works: RLIMIT_NOFILE is $n" 'fix: rlimit nofile 16'
	done
	ct -c "rlimit nofile 7:; -run echo one; rlimit nofile 16:; run echo three"
	assert_result 0 three 'run: pipe2() = EMFILE'
	assert_stderr 'why: the limit works'
}

@test "rlimit nofile 16 is enough for all that a box does" {
	needs_root
	ct -c "rlimit nofile 16; unshare uts pid mnt net; hostname box; sysctl net.ipv4.ip_forward 1; chroot $ROOTFS; mount proc; run true; exec echo done"
	assert_result 0 'done' ''
}

@test "rlimit: no address space, data or stack: the program dies of it, the box does not" {
	[ -z "${CTRSH_SAN-}" ] || skip "the sanitizer needs memory in the box"
	for name in as data stack; do
		ct -c "rlimit $name 1:; cd /; setenv A b; -run /bin/true; umask 022; rlimit $name unlimited:; run echo on"
		assert_result 0 on 'run: /bin/true was killed by signal'
	done
}

@test "rlimit cpu: the program is killed, the box goes on" {
	ct -c '-rlimit cpu 1:2; -run sh -c "while :; do :; done"; run echo on'
	assert_result 0 on 'run: sh was killed by signal 24 (CPU time limit exceeded)'
}

@test "rlimit fsize: a file cannot grow beyond it" {
	ct -c "rlimit fsize 4K; -run sh -c 'head -c 9999 /dev/zero >file'; run wc -c file"
	assert_status 0
	[ "$output" = '4096 file' ]
}

@test "rlimit nproc: reached, run says why" {
	needs_user
	user -c 'rlimit nproc 0; run true'
	assert_result 1 '' 'run: fork() = EAGAIN'
	assert_stderr 'why: RLIMIT_NPROC is 0, which counts all processes of user 65534'
}

@test "rlimit: the trace is true" {
	needs_root
	needs_strace
	TRACED+=,prlimit64
	true_trace -c 'rlimit nofile 64:128; rlimit stack 8M:unlimited; rlimit nofile 32:; -rlimit nofile 999999999'
	assert_status 0
	shown 'prlimit64(0, RLIMIT_NOFILE, {rlim_cur=64, rlim_max=128}, NULL) = 0' \
		'prlimit64(0, RLIMIT_STACK, {rlim_cur=8192*1024, rlim_max=RLIM64_INFINITY}, NULL) = 0' \
		'prlimit64(0, RLIMIT_NOFILE, NULL, {rlim_cur=64, rlim_max=128}) = 0' '= -1 EPERM'
}

@test "rlimit: which limit ended a program" {
	ct -c 'rlimit fsize 1K; -run dd if=/dev/zero of=f bs=1K count=4 status=none; exec dd if=/dev/zero of=f bs=1K count=4 status=none'
	assert_result 153 '' 'run: dd was killed by signal 25 (File size limit exceeded)'
	[ "$(grep -c 'the kernel sends this when a file would grow beyond the limit' <<<"$stderr")" = 2 ] || explain 'told twice'
	ct -c 'rlimit cpu 1:9; run sh -c "while :; do :; done"'
	assert_result 152 '' 'why: the kernel sends this when the limit of processor time is used up (rlimit cpu'
}
