#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The facts processes, cgroup, limits and privileges, compared with /proc, the files of the control groups and capsh.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/target

setup() {
	common_setup
	needs_root
	needs jq
}

teardown() {
	target_end
	common_teardown
}

# value FACT KEY SIDE - one value of the last peek --json.
value() { jq -r --arg key "$2" ".$1[] | select(.key == \$key) | .$3" <<<"$output"; }

# is FACT KEY SIDE VALUE
is() { [ "$(value "$1" "$2" "$3")" = "$4" ] || { echo "$2 $3: $(value "$1" "$2" "$3"), wanted $4" && return 1; }; }

@test "users: a map of as many lines as the kernel takes is shown as a whole" {
	needs_root
	needs python3
	python3 -c '
import ctypes, os, sys, time
if ctypes.CDLL(None).unshare(0x10000000):
    sys.exit(1)
open("made", "w")
time.sleep(1000)' 3>&- &
	pid=$!
	poll 10 test -e made
	for ((i = 0; i < 340; i++)); do echo "$((i * 2)) $((i * 2)) 1"; done >map # less than a page
	dd if=map of="/proc/$pid/uid_map" bs=64K status=none
	ct -c "attach $pid; peek --json users"
	end "$pid"
	assert_status 0
	[ "$(sed -n '/^{/,$p' <<<"$output" | jq -r '.[][] | select(.key == "uid_map") | .inside' | tr , '\n' | sed 's/^ *//')" = "$(cat map)" ] || explain '340 ranges'
}

@test "processes: inside are those of the box, with the PIDs that they have there" {
	ct -c "unshare pid; run sh -c 'sleep 1000 >/dev/null 2>&1 & echo \$!'; peek --json processes" # sleep-ok: a process that stays
	assert_status 0
	inside=$(head -n 1 <<<"$output") output=$(tail -n +2 <<<"$output")
	[ "$(jq '[.processes[] | select(.inside)] | length' <<<"$output")" = 2 ]
	[ "$(jq -r '[.processes[].inside // empty] | map(split(":")[0]) | join(" ")' <<<"$output")" = "1 $inside" ]
	[ "$(jq -r '.processes[] | select(.inside and (.inside | startswith("1:"))) | .inside' <<<"$output")" = '1: (a box of ctrsh)' ]
}

@test "processes: outside are all that /proc has" {
	# In a PID namespace that nobody else begins or ends in, but for the shell that looks.
	run --separate-stderr timeout -s KILL 360 unshare -pf --mount-proc "$CTRSH" -c 'peek --json processes; !cd /proc; for p in [0-9]*; do [ $p = $$ ] || echo $p; done'
	assert_status 0
	shown=$(sed '/^}/q' <<<"$output" | jq -r '.processes[] | select(.outside) | .outside | split(":")[0]' | sort -n)
	there=$(sed '1,/^}/d' <<<"$output" | sort -n)
	[ "$shown" = "$there" ] || explain "these: $there, not $shown"
}

@test "processes: without a PID namespace those that the box started, also in the background" {
	ct -c "run sh -c '(sleep 1000 >/dev/null 2>&1 &)'${settled}peek --json processes" # sleep-ok: a process that stays
	assert_status 0
	[ "$(jq '[.processes[] | select(.inside)] | length' <<<"$output")" = 2 ]
	[ "$(jq -r '.processes[] | select(.inside) | select(.inside | endswith("sleep 1000")) | .outside == .inside' <<<"$output")" = true ] # sleep-ok: a name
}

@test "processes: a name with a newline and control characters stays one line" {
	printf '#!/bin/sh\nsleep 1000 >/dev/null 2>&1\n' >$'a\n\033b' # sleep-ok: a process that stays
	chmod +x $'a\n\033b'
	ct -c "unshare pid; run sh -c './a* >/dev/null 2>&1 &'"$'\n'"!until pgrep -P $box_of '^a' >/dev/null; do :; done"$'\npeek processes'
	assert_status 0
	[[ $output == *'a\012\033b'* ]]
	[[ $output != *$'\033'* ]]
}

@test "processes: in nested PID namespaces the number in each" {
	mark=$((100000 + $$)) # nobody else's
	ct -c "unshare pid; run sh -c 'unshare -fp sleep $mark >/dev/null 2>&1 & until pgrep -fx \"sleep $mark\" >/dev/null; do :; done'; peek processes" # sleep-ok: a process that stays
	assert_status 0
	[[ $output =~ [0-9]+,\ in\ its\ own\ PID\ namespace\ 1:\ sleep\ $mark ]]
}

@test "cgroup: the path is that of /proc, and inside a cgroup namespace another one" {
	needs_pids
	ct -c 'cgroup pids 20; unshare cgroup; peek --json cgroup; !cat /proc/$(pgrep -P $PPID -g 0 ctrsh)/cgroup'
	assert_status 0
	json=$(sed -n '1,/^}/p' <<<"$output")
	path=$(sed -nE '/:(|[^:]*pids[^:]*):.*ctrsh-/s/.*://p' <<<"$output" | tail -n 1)
	[[ $path == */ctrsh-* ]]
	jq -r '.cgroup[].inside' <<<"$json" | grep -qxF "$path (inside: /)"
}

@test "limits: what the files of the group say" {
	needs_pids
	ct -c 'cgroup pids 20; cgroup memory 64M; cgroup cpu 50%; rlimit nofile 64:128; peek --json limits'
	assert_status 0
	is limits pids inside 20
	is limits memory inside 64M
	is limits cpu inside '0.5 CPUs'
	is limits 'rlimit nofile' inside '64, hard 128'
	is limits 'rlimit core' inside "$(ulimit -Sc)$([ "$(ulimit -Sc)" = "$(ulimit -Hc)" ] || echo ", hard $(ulimit -Hc)")"
	ct -c 'cgroup pids 20; peek --json usage'
	is usage pids inside 1
	is usage pids outside null
}

@test "limits: the tightest on the way to the root is in force, and named" {
	needs_pids
	pids=/sys/fs/cgroup/pids
	[ -d $pids ] || pids=/sys/fs/cgroup
	[ "$pids" = /sys/fs/cgroup/pids ] || grep -qw pids $pids/cgroup.subtree_control || skip "pids is not distributed"
	mkdir $pids/test-above-$$ $pids/test-above-$$/below
	[ "$pids" = /sys/fs/cgroup/pids ] || echo +pids >$pids/test-above-$$/cgroup.subtree_control
	echo 7 >$pids/test-above-$$/pids.max
	echo 90 >$pids/test-above-$$/below/pids.max
	target_start unshare -u
	echo "$target" >$pids/test-above-$$/below/cgroup.procs
	ct -c "attach $target; peek --json limits"
	target_end
	poll 10 rmdir $pids/test-above-$$/below
	rmdir $pids/test-above-$$
	assert_status 0
	is limits pids inside "7 (of the group above: $pids/test-above-$$)"
}

@test "limits: CPUs that it may not use" {
	allowed=$(sed -n 's/^Cpus_allowed_list:\t//p' /proc/self/status)
	[[ $allowed == *[,-]* ]] || skip "one CPU"
	[ "$allowed" = "$(cat /sys/devices/system/cpu/online)" ] || skip "the tests themselves may not use every CPU"
	cpu=${allowed%%[,-]*}
	target_start taskset -c "$cpu" unshare -u
	ct -c "attach $target; peek --json limits"
	assert_status 0
	is limits cpuset inside "CPU $cpu of $allowed"
	is limits cpuset outside 'no limit'
}

@test "privileges: the five sets by name, as capsh decodes them" {
	needs capsh
	ct -c 'caps keep bounding chown kill; caps drop effective permitted sys_admin; no_new_privs; peek --json privileges; !grep Cap /proc/$(pgrep -P $PPID -g 0 ctrsh)/status'
	assert_status 0
	json=$(sed -n '1,/^}/p' <<<"$output")
	bounding=$(sed -nE 's/^CapBnd:\t//p' <<<"$output")
	output=$json
	[ "$(capsh --decode="$bounding")" = "0x$bounding=cap_chown,cap_kill" ]
	is privileges bounding inside 'chown kill'
	is privileges no_new_privs inside on
	is privileges no_new_privs outside off
	is privileges inheritable inside none
	[[ $(value privileges effective inside) == 'all but '*sys_admin* ]]
}

@test "privileges: a program under a filter has one" {
	"$CTRSH" -c 'seccomp deny mkdir; exec sleep 1000' 3>&- & # sleep-ok: a process that stays
	shell=$!
	poll 10 eval 'filtered=$(pgrep -P "$shell" -x sleep)'
	ct -c "attach $filtered; peek --json privileges"
	kill -KILL "$filtered"
	ended 137 "$shell"
	assert_status 0
	is privileges seccomp inside '1 filter'
	is privileges seccomp outside off
}

@test "a plain user is told what can't be read of another's process" {
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c "attach $$; peek processes"
	assert_result 1 '' 'peek: processes inside'
	assert_stderr 'why: process' 'belongs to user 0 and we are user 65534'
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c "attach $$; peek privileges"
	assert_status 0
	assert_output_has bounding
}
