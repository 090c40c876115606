#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The other limits: the same words on cgroup v1, hybrid hosts and pure v2; what
# they write, that they hold, and why the kernel refuses.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/cgroup
load ../lib/strace

setup() {
	common_setup
	needs_pids
}

@test "cgroup memory: the limit is in the file, in bytes" {
	needs_controller memory
	script 'cgroup memory 64M' "$(file memory.max memory.limit_in_bytes)" 'cgroup memory 1G' \
		"$(file memory.max memory.limit_in_bytes)" 'cgroup memory max' "$(file memory.max memory.limit_in_bytes)"
	assert_result 0 $'67108864\n1073741824\n'"$(pure_v2 && echo max || echo 9223372036854771712)" ''
}

@test "cgroup memory: swap, whichever of the limits has to move first" {
	needs_controller memory
	swap=$(file memory.swap.max memory.memsw.limit_in_bytes)
	ct -c 'cgroup memory 8M swap=0'
	[[ $stderr != *'does not count swap'* ]] || skip "no swap accounting here"
	script 'cgroup memory 64M swap=16M' "$swap" 'cgroup memory 1G' "$swap" 'cgroup memory 8M swap=0' "$swap" \
		'cgroup memory max' "$swap" 'cgroup memory 32M swap=max' "$swap" 'cgroup memory 16M swap=1M' "$swap"
	m=1048576
	if pure_v2; then
		assert_result 0 "$((16 * m))
$((16 * m))
0
0
max
$m" ''
	else
		assert_result 0 "$((80 * m))
$((1040 * m))
$((8 * m))
9223372036854771712
9223372036854771712
$((17 * m))" ''
	fi
}

@test "cgroup memory: a program that wants more is killed, and told why" {
	needs_controller memory
	ct -c 'cgroup memory 32M; run tail /dev/zero'
	assert_status 137
	assert_stderr 'run: tail was killed by signal 9 (Killed)' \
		'why: the memory limit works: the kernel killed 1 process of the box (oom_kill 1, the limit is 33554432' \
		'fix: cgroup memory 64M; run tail'
}

@test "cgroup memory: twice as much is offered once; then it is said that it was not enough before" {
	needs_controller memory
	ct -c 'cgroup memory 32M; -run tail /dev/zero; cgroup memory 64M; -run tail /dev/zero; reset; cgroup memory 64M; run tail /dev/zero'
	assert_status 137
	assert_stderr 'fix: cgroup memory 64M; run tail' 'under the limit before, of 32M, it was the same' 'do: look for what takes that much'
	[ "$(grep -c 'fix: cgroup memory 128M' <<<"$stderr")" = 1 ]
}

@test "cgroup memory: the same in a child of the program, and in one that exec became" {
	needs_controller memory
	ct -c 'cgroup memory 32M; -run sh -c "tail /dev/zero; exit 5"; -run sh -c "exit 6"; exec tail /dev/zero'
	assert_result 137 '' 'run: sh ended with status 5'
	[ "$(grep -c 'why: the memory limit works' <<<"$stderr")" = 1 ]
	assert_stderr "the memory limit works: the kernel killed 1 of the box's processes" 'the box ended: tail was killed by signal 9'
}

@test "cgroup memory: a program killed by somebody else is no matter of memory" {
	needs_controller memory
	ct -c 'cgroup memory 32M; run sh -c "kill -KILL \$\$"'
	assert_status 137
	[[ $stderr != *memory* ]]
}

@test "cgroup memory: nor is a box killed by somebody else, after one that was" {
	needs_controller memory
	script 'cgroup memory 32M' '-run tail /dev/zero' '!kill -9 $(pgrep -P $PPID -g 0 ctrsh)' 'run true'
	assert_status 137
	[[ ${stderr##*ended by itself} != *memory* ]]
	assert_stderr 'the memory limit works' 'the box ended by itself: Killed'
}

@test "cgroup memory: so little that the box itself is killed" {
	needs_controller memory
	ct -c 'cgroup memory 4K; run sh -c "tail /dev/zero"; run true'
	[ "$status" -ne 0 ]
	assert_stderr 'oom_kill'
}

@test "cgroup cpu: half a processor, one and a half, all" {
	needs_controller cpu
	show=$(file cpu.max cpu.cfs_quota_us)
	script 'cgroup cpu 50%' "$show" 'cgroup cpu 1.5' "$show" 'cgroup cpu 2' "$show" 'cgroup cpu 12.5%' "$show" 'cgroup cpu max' "$show"
	if is_v2 cpu; then
		assert_result 0 $'50000 100000\n150000 100000\n200000 100000\n12500 100000\nmax 100000' ''
	else
		assert_result 0 $'50000\n150000\n200000\n12500\n-1' ''
	fi
}

@test "cgroup cpu: the kernel does throttle the box" {
	needs_controller cpu
	script 'cgroup cpu 5%' 'run sh -c "i=0; while [ \$i -lt 60000 ]; do i=\$((i+1)); done"' "$(file cpu.stat cpu.stat)"
	assert_status 0
	[ "$(sed -n 's/^nr_throttled //p' <<<"$output")" -gt 0 ]
}

@test "cgroup cpuset: the box runs on that processor, and its memory nodes are filled in" {
	needs_controller cpuset
	ct -c 'cgroup cpuset 0; run grep Cpus_allowed_list /proc/self/status'
	assert_result 0 $'Cpus_allowed_list:\t0' ''
}

@test "cgroup cpuset: a processor that is not there" {
	needs_controller cpuset
	ct -c 'cgroup cpuset 800; run echo done'
	assert_result 1 '' 'cpuset.cpus = "800") = ERANGE'
	assert_stderr 'why: the group above has ' 'online processors are 0'
}

# a_disk - the numbers of a whole disk.
a_disk() { cat /sys/block/{vd,sd,nvme,loop}*/dev 2>/dev/null | head -n 1; }

@test "cgroup io: limits for a disk, each set, changed and taken off" {
	needs_controller io blkio
	disk=$(a_disk)
	[ -n "$disk" ] || skip "no disk here"
	ct -c "cgroup io $disk rbps=1M,wiops=10; cgroup io $disk rbps=2M; cgroup show; cgroup io $disk rbps=max,wiops=max; cgroup show"
	assert_status 0
	assert_stderr ''
	if is_v2 io; then
		[ "$(grep -c "io.max  *$disk rbps=2097152 wbps=max riops=max wiops=10" <<<"$output")" = 1 ]
		[ "$(grep -c "io.max" <<<"$output")" = 1 ]
	else
		[ "$(grep -c "blkio.throttle.read_bps_device  *$disk 2097152" <<<"$output")" = 1 ]
		[ "$(grep -c "blkio.throttle.write_iops_device  *$disk 10" <<<"$output")" = 1 ]
	fi
}

@test "cgroup io: no such device, no device, a file" {
	needs_controller io blkio
	ct -c 'cgroup io 400:1 rbps=1M'
	assert_result 1 '' 'ENODEV (No such device)'
	assert_stderr 'why: there is no block device with this number (/sys/dev/block/400:1)' 'do: !lsblk'
	ct -c 'cgroup io /etc/passwd rbps=1M'
	assert_result 1 '' '/etc/passwd is not a block device'
	assert_stderr 'why: it is a file that lies on device '
	ct -c 'cgroup io /nowhere rbps=1M'
	assert_result 1 '' 'stat("/nowhere") = ENOENT'
}

@test "cgroup weight: the share of the processor, by the kernel's conversion on v1" {
	needs_controller cpu
	script 'cgroup weight cpu 50' "$(file cpu.weight cpu.shares)" 'cgroup weight cpu 1' "$(file cpu.weight cpu.shares)"
	assert_result 0 "$(is_v2 cpu && printf '50\n1' || printf '512\n10')" ''
}

@test "cgroup weight: of the disk, or why not" {
	needs_controller io blkio
	ct -c 'cgroup weight io 50; cgroup show'
	if [ "$status" = 0 ]; then
		[[ $output =~ (io.weight|io.bfq.weight|blkio.bfq.weight|blkio.weight)\ +(default\ )?50 ]]
	else
		assert_result 1 '' 'this kernel offers no weights for block devices'
	fi
}

@test "cgroup FILE VALUE: any other file, on v1 and v2" {
	script "$(pure_v2 && echo cgroup pids.max 33 || echo cgroup notify.x 33)"
	if pure_v2; then
		assert_status 0
	else
		assert_result 1 '' 'this machine offers no control group controller notify'
		assert_stderr 'why: available: ' pids memory
	fi
	needs_controller cpu
	script 'cgroup cpu.idle 1' "$(file cpu.idle cpu.idle)"
	assert_result 0 1 ''
}

@test "cgroup FILE VALUE: no such file, one that can only be read, no such value" {
	ct -c 'cgroup pids.maximum 5'
	assert_result 1 '' 'pids.maximum = "5") = ENOENT'
	assert_stderr "why: this kernel (cgroup v$(is_v2 pids && echo 2 || echo 1)) has no pids.maximum here; it has pids.max"
	ct -c 'cgroup pids.current 5'
	assert_result 1 '' 'EINVAL'
	assert_stderr 'why: pids.current can only be read'
	ct -c 'cgroup pids.max many'
	assert_result 1 '' 'EINVAL'
	assert_stderr 'why: pids.max does not take such a value; it holds "max"'
}

@test "cgroup: a controller that is not there, and those that are" {
	ct -c 'cgroup nosuch.limit 1; run echo done'
	assert_result 1 '' 'this machine offers no control group controller nosuch'
	assert_stderr 'why: available: ' pids
}

@test "cgroup: bad words are refused while reading" {
	while IFS='|' read -r line text; do
		ct -c "run echo done; $line"
		assert_result 2 '' "$text"
	done <<-'END'
		cgroup memory 64X|neither an amount, as 64M or 1G, nor max: "64X"
		cgroup memory -1|neither an amount
		cgroup memory 99999999999999999999|neither an amount
		cgroup memory 64M swop=0|not swap=SIZE or swap=max: "swop=0"
		cgroup memory 64M swap=|not swap=SIZE
		cgroup cpu 0|neither a part of a processor
		cgroup cpu 0.5%|neither a part of a processor
		cgroup cpu 50%%|neither a part of a processor
		cgroup cpu 1.|neither a part of a processor
		cgroup cpu 99999999999|neither a part of a processor
		cgroup cpuset 1-|not a list of processors
		cgroup cpuset 3-1|not a list of processors
		cgroup cpuset 0,,1|not a list of processors
		cgroup cpuset ""|not a list of processors
		cgroup io sda rbps=1|not a block device, as 8:0
		cgroup io 8: rbps=1|not a block device
		cgroup io 8:0 rbps|is no list of limits
		cgroup io 8:0 rbps=1,rbps=2|is no list of limits
		cgroup io 8:0 rbps=0|is no list of limits
		cgroup io 8:0 bps=1|is no list of limits
		cgroup weight net 5|of what? cpu or io
		cgroup weight cpu 0|not a number from 1 to 10000
		cgroup weight cpu 10001|not a number from 1 to 10000
		cgroup freeze now|too many arguments
	END
}

@test "cgroup: a name that leads out of the group is refused while reading" {
	for bad in ../pids.max a/b.c 'pids..max' '../../x.y' '.pids' 'pids.' '..' 'pids max.x' 'p*.max' zzz; do
		ct -c "run echo done; cgroup '$bad' 5"
		assert_result 2 '' 'is neither a word it knows nor a file of a control group'
	done
	ct -c 'run echo done; cgroup cgroup.procs 1'
	assert_result 2 '' 'cgroup.procs is not a limit: it moves processes'
	ct -c "run echo done; cgroup pids.max ''"
	assert_result 2 '' 'the value for pids.max is empty'
	ct -c 'run echo done; cgroup pids.max "5\n6"'
	assert_result 2 '' 'has a control character'
}

@test "cgroup: several limits at once, and all their groups go" {
	needs_controller memory
	needs_controller cpu
	script 'cgroup pids 20' 'cgroup memory 64M' 'cgroup cpu 50%' 'cgroup freeze' 'cgroup thaw' \
		"!$groups | wc -l" 'run cat /proc/self/cgroup' 'reset' "!$groups | wc -l"
	assert_status 0
	assert_stderr ''
	[ "${lines[0]}" = "$(pure_v2 && echo 1 || echo 4)" ]
	[ "${lines[-1]}" = 0 ]
	[ "$(grep -c /ctrsh- <<<"$output")" = "$(pure_v2 && echo 1 || echo 4)" ]
}

@test "cgroup: what run left in the background comes along" {
	script "run sh -c 'sh -c \"sleep 1000 >/dev/null 2>&1 & sleep 1000\" >/dev/null 2>&1 &'" 'cgroup pids 20' "$(file cgroup.procs cgroup.procs)" # sleep-ok: processes that stay
	assert_status 0
	assert_stderr ''
	[ "${#lines[@]}" -ge 3 ]
}

@test "cgroup show: limits, usage and events; and without a group" {
	ct -c 'cgroup show; cgroup pids 7; -run sh -c "(:)"; cgroup show'
	assert_status 0
	assert_output_has 'the box has no control group of its own' 'pids.max                         7' 'pids.current                     1' 'pids.events                      max 0'
	[[ $output =~ /ctrsh-[0-9]+-1\ \(cgroup\ v[12]\):\ 1\ process ]]
}

@test "cgroup: without permission each form says so, and the way" {
	local dir line
	needs setpriv
	for line in 'memory 64M' 'cpu 50%' 'cpuset 0' 'weight cpu 5' 'pids.max 5' freeze kill; do
		run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c "cgroup $line"
		assert_result 1 '' 'why: user 65534 may make no group there'
		# The way is that of the hierarchy in which it was tried, and doctor's.
		dir=$(sed -n 's|.*mkdir("\(.*\)/ctrsh-.*|\1|p' <<<"$stderr")
		[ -d "$dir" ] || { echo "no directory in: $stderr" && return 1; }
		if [ -e "$dir/cgroup.controllers" ]; then
			assert_stderr 'do: run ctrsh with sudo, or in a delegated group: systemd-run --user --scope -p Delegate=yes ctrsh'
		else
			assert_stderr "cgroup v1 has no safe delegation: the groups are root's"
			grep -Eqx ' +do: run ctrsh with sudo' <<<"$stderr" || { echo "do: $stderr" && return 1; }
		fi
	done
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c 'cgroup thaw; cgroup show'
	assert_result 0 "the box has no control group of its own: it is in ctrsh's" ''
}

@test "cgroup freeze: nothing runs, no op hangs, thaw goes on" {
	cat >t.ctr <<-END
		run sh -c 'while :; do echo x >>$WORK/beat; sleep 0.01; done >/dev/null 2>&1 &' # sleep-ok: it beats
		!until [ -s $WORK/beat ]; do :; done
		cgroup freeze
		!wc -l <$WORK/beat; sleep 0.3; wc -l <$WORK/beat # sleep-ok: the frozen time
		-run echo no
		-exec echo no
		-unshare uts
		cgroup pids 30
		cgroup show
		cgroup thaw
		!n=\$(wc -l <$WORK/beat); until [ \$(wc -l <$WORK/beat) -gt \$n ]; do :; done
		run echo yes
	END
	ct t.ctr
	assert_status 0
	[ "${lines[0]}" = "${lines[1]}" ]
	[ "${lines[-1]}" = yes ]
	[ "$(grep -c 'the box is frozen, and can do nothing' <<<"$stderr")" = 3 ]
	assert_stderr 'fix: cgroup thaw'
	assert_output_has "$(pure_v2 && echo 'cgroup.freeze                    1' || echo 'freezer.state                    FROZEN')"
}

@test "cgroup freeze: reset, quit, a failure and the end of the file leave nothing" {
	for last in reset quit '' 'run true' 'unshare pid; cgroup freeze; reset; run true'; do
		ct -c "unshare pid; run sh -c 'sleep 1000 >/dev/null 2>&1 &'; cgroup pids 9; cgroup freeze; $last" # sleep-ok: a process that stays
		[ "$status" -le 2 ]
		as_it_was
	done
}

@test "cgroup freeze: ctrsh is killed while the box is frozen, and nothing stays" {
	for ns in '' 'unshare pid;'; do
		for signal in TERM KILL; do
			ct -c "$ns run sh -c 'sleep 1000 >/dev/null 2>&1 &'; cgroup pids 9; cgroup memory 64M; cgroup freeze; !echo \$PPID >pid; kill -$signal \$PPID
				!true" # sleep-ok: a process that is killed
			assert_status $((128 + $(kill -l "$signal")))
			as_it_was
			pid=$(cat pid)
			poll 10 refute is_alive "$pid"
		done
	done
}

@test "cgroup thaw: what was frozen by hand, and what is not frozen" {
	ct -c 'cgroup thaw; run echo on'
	assert_result 0 on ''
	ct -c "$(pure_v2 && echo 'cgroup cgroup.freeze 1' || echo 'cgroup freezer.state FROZEN'); -run true; cgroup thaw; run echo on"
	assert_result 0 on 'the box is frozen'
}

@test "cgroup kill: what is in the background goes, the box stays" {
	for first in '' 'cgroup pids 20' 'cgroup memory 64M; cgroup pids 9' 'cgroup freeze; cgroup thaw'; do
		mark=$((100000 + RANDOM * 10)) # seconds that only our sleep sleeps
		script 'unshare pid' "$first" "run sh -c 'for i in 1 2 3; do setsid sleep $mark >/dev/null 2>&1 & done'" \
			"!until [ \$(pgrep -fc '^sleep $mark\$') = 3 ]; do sleep 0.02; done; echo 3" 'cgroup kill' "-!pgrep -fc '^sleep $mark\$'" 'run echo on' # sleep-ok: polls
		assert_result 0 $'3\n0\non' 'ended with status 1' # none was found
	done
}

@test "cgroup kill: a fork bomb" {
	ct -c "unshare pid; cgroup pids 30; run bash -c 'b() { while :; do b & done; }; b >/dev/null 2>&1 &'; cgroup kill; cgroup show; run echo on"
	assert_status 0
	assert_output_has '1 process' 'pids.max                         30' 'on'
}

@test "cgroup: a box that its group's kernel killed says so, and its script ends" {
	ct -c 'cgroup cgroup.kill 1; -run true; run echo fresh'
	[[ $stderr != *'no cgroup v2 with a controller'* ]] || skip "no cgroup v2 here"
	assert_result 137 '' 'the box ended by itself: Killed'
}

@test "cgroup: the trace is true" {
	needs_strace
	TRACED+=,write,pidfd_send_signal
	true_trace -c "run sh -c 'sleep 1000 >/dev/null 2>&1 &'; cgroup pids 20; cgroup kill; cgroup freeze; cgroup thaw" # sleep-ok: a process that stays
	assert_status 0
	shown 'pidfd_send_signal(' ', SIGKILL, NULL, 0) = 0' 'write('
}

@test "cgroup: a file of the other version names the word for both; a disk that is not there" {
	needs_root
	for file in memory.max memory.limit_in_bytes; do
		ct -c "cgroup $file 64M"
		[ "$status" = 0 ] || assert_stderr 'do: cgroup memory SIZE: these words are the same on v1 and v2'
	done
	ct -c 'cgroup io /dev/nonesuch rbps=1M'
	assert_result 1 '' 'ENOENT'
	assert_stderr 'why: there is no such device file on the host' 'do: !lsblk'
}
