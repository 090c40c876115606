#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# join: namespaces of a process, and those kept in files.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace
load ../lib/target

teardown() {
	target_end
	common_teardown
}

# differ PID - in which namespaces PID is elsewhere than we are.
differ() {
	local ns
	for ns in cgroup ipc mnt net pid time user uts; do
		[ "$(readlink "/proc/$1/ns/$ns")" = "$(readlink "/proc/self/ns/$ns")" ] || echo "$ns"
	done
}

same='for n in cgroup ipc mnt net pid time user uts; do readlink /proc/self/ns/$n; done'

# are_targets - whether the last run printed the namespaces of the target.
are_targets() { [ "$output" = "$(for ns in cgroup ipc mnt net pid time user uts; do readlink "/proc/$target/ns/$ns"; done)" ]; }

@test "join PID: all namespaces in which it is elsewhere" {
	needs_root
	target_start unshare -muinpfCT --mount-proc --boottime 100000
	ct -c "join $target; run sh -c '$same'; hostname joined; exec sh -c 'exit 7'"
	assert_status 7
	assert_stderr ''
	are_targets
	ct -x -c "join $target; run hostname"
	assert_status 0
	assert_output joined
	assert_stderr "pidfd_open($target, 0) = " 'CLONE_NEWTIME) = 0' 'clone(CLONE_PARENT|SIGCHLD)' ", mnt $(tr -dc 0-9 < <(readlink /proc/self/ns/mnt)) -> " 'now   pid '
}

@test "join PID: with its user namespace, as root and as its owner" {
	needs_root
	needs_userns
	target_start as_user unshare -Urmuinpf --mount-proc
	ct -c "join $target; run sh -c '$same'; run sh -c 'id -u; id -G; grep CapEff /proc/self/status'"
	assert_status 0
	assert_stderr ''
	[ "$(tail -n 3 <<<"$output")" = $'0\n0\nCapEff:\t000001ffffffffff' ]
	output=$(head -n 8 <<<"$output") && are_targets
	user -c "join $target; run sh -c '$same'; hostname mine; run hostname"
	assert_status 0
	assert_stderr ''
	[ "$(tail -n 1 <<<"$output")" = mine ]
	output=$(head -n 8 <<<"$output") && are_targets
}

@test "join PID NAMESPACE...: only these" {
	needs_root
	target_start unshare -muinpf --mount-proc
	ct -c "join $target net uts; hostname x; !cat /proc/\$PPID/task/\$PPID/children
run sh -c '$same'"
	assert_status 0
	[ "$(sed -n 5p <<<"$(tail -n 8 <<<"$output")")" = "$(readlink /proc/self/ns/pid)" ]
	[ "$(sed -n 8p <<<"$(tail -n 8 <<<"$output")")" = "$(readlink "/proc/$target/ns/uts")" ]
	[ "$(sed -n 4p <<<"$(tail -n 8 <<<"$output")")" = "$(readlink "/proc/$target/ns/net")" ]
	[ "$(sed -n 3p <<<"$(tail -n 8 <<<"$output")")" = "$(readlink /proc/self/ns/mnt)" ]
}

@test "join: the box is a process in that PID namespace, and what it left behind goes with it" {
	needs_root
	target_start unshare -mpf --mount-proc
	ct -c "join $target; run sh -c 'test \$PPID -gt 1 && echo \$PPID; (sleep 1003 & (sleep 1004 & sleep 1005 &) ) >/dev/null 2>&1; until [ \$(pgrep -xc sleep) = 4 ]; do :; done'" # sleep-ok: processes that stay
	assert_status 0
	assert_stderr ''
	[ "$output" -gt 1 ]
	alone() { [ "$(nsenter -t "$target" -m -p pgrep -x sleep | wc -l)" -eq 1 ]; }
	poll 10 alone
}

@test "join: the root is that of the process, also after chroot" {
	needs_root
	target_start unshare -m chroot "$ROOTFS"
	ct -x -c "join $target; run sh -c 'pwd; ls -d /etc/os-release /sbin'; -run ls $WORK"
	assert_status 0
	assert_output $'/\n/etc/os-release\n/sbin'
	assert_stderr "open(\"/proc/$target/root\", O_PATH|O_DIRECTORY|O_CLOEXEC)" "fchdir(" 'chroot(".") = 0' 'No such file'
}

@test "join: where root is the namespace's, nothing but setns" {
	needs_root
	target_start unshare -m
	ct -x -c "join $target mnt; run pwd"
	assert_status 0
	assert_output /
	refute grep -q 'chroot(' <<<"$stderr"
}

@test "join FILE: one of /proc/PID/ns" {
	needs_root
	target_start unshare -u
	ct -c "join /proc/$target/ns/uts; run hostname; hostname again; run hostname"
	assert_result 0 $'target\nagain' ''
	ct -c "join /proc/$target/ns/uts uts; run hostname"
	assert_result 0 again ''
	ct -c "join /proc/$target/ns/uts net"
	assert_result 1 '' "join: /proc/$target/ns/uts is a UTS namespace, and no other"
}

@test "join: the guard sees where the box is" {
	needs_root
	target_start unshare -u
	ct_outer -c "join $target uts; mount tmpfs /mnt"
	assert_result 2 '' "it would change the host's mounts"
	# On paper it may be in any; in fact it is not.
	ct_outer -c "unshare uts; join /proc/self/ns/uts; hostname never"
	assert_result 2 '' 'refused: it would rename the host'
	outer_unchanged
}

@test "join: root of the namespaces that it joined cannot look into the box" {
	needs_root
	needs_userns
	target_start as_user unshare -Urmpf --mount-proc
	ct -c "join $target; run sh -c 'grep CapEff /proc/self/status; grep -c ^Name:.ctrsh /proc/\$PPID/status; ls /proc/\$PPID/fd /proc/\$PPID/root/'"
	assert_status 2
	assert_output $'CapEff:\t000001ffffffffff\n1'
	assert_stderr "/fd': Permission denied" "/root/': Permission denied"
}

@test "join: no such process, a thread, what is no namespace" {
	ct -c 'join 4194304' # PIDs end before that
	assert_result 1 '' 'pidfd_open(4194304, 0) = '
	assert_stderr 'why: there is no process 4194304 on the host'
	ct -c 'join /etc/passwd'
	assert_result 1 '' 'join: /etc/passwd is no namespace'
	ct -c "join $WORK/nothing"
	assert_result 1 '' '= ENOENT'
	assert_stderr 'why: there is no such file on the host'
	mkfifo fifo
	ct -c 'join fifo'
	assert_result 1 '' 'join: fifo is no namespace'
	ct -c "join $$"
	assert_result 1 '' "join: process $$ is in the same namespaces as the box"
}

@test "join: wrong words are refused while reading" {
	ct -c 'run echo done; join 1 nets'
	assert_result 2 '' 'join: no such namespace: nets'
	ct -c 'run echo done; join 1 net net'
	assert_result 2 '' 'join: net is named twice'
	ct -c 'run echo done; join /run/x net uts'
	assert_result 2 '' 'join: a file is one namespace, not 2'
	ct -c 'run echo done; join 0'
	assert_result 2 '' 'join: neither a process nor a file: "0"'
	ct -nq -c 'join 1 uts; hostname x'
	assert_result 0 '' ''
	ct -n -c 'join 1 net; hostname x'
	assert_result 2 '' 'it would rename the host'
}

@test "join: why not" {
	needs_root
	target_start unshare -mupf --mount-proc
	ct -c "unshare pid; join $target pid"
	assert_result 1 '' 'CLONE_NEWPID) = EINVAL'
	assert_stderr "why: its PID namespace is not below the box's own" 'do: reset, and join before unshare pid'
	ct -c "unshare pid; join $$ pid"
	assert_result 1 '' "why: its PID namespace is not below the box's own: a process cannot return to one above"
	ct -c "join $target user"
	assert_result 1 '' 'CLONE_NEWUSER) = EINVAL'
	assert_stderr 'why: the box is in that user namespace already'
	ct -c "unshare user; join $target uts"
	assert_result 1 '' 'CLONE_NEWUTS) = EPERM'
	assert_stderr 'why: the box is in a user namespace of its own' 'do: reset, and join before unshare user'
}

@test "join: rootless, somebody else's" {
	needs_root
	target_start unshare -u
	user -c "join $target"
	assert_result 1 '' '= EACCES'
	assert_stderr "why: process $target belongs to user 0" 'do: run ctrsh with sudo'
	user -c "join $target uts"
	assert_result 1 '' '= EPERM'
	assert_stderr "why: process $target belongs to user 0"
}

@test "join: a PID namespace whose init is gone" {
	needs_root
	target_start unshare -pf
	touch pidns && mount --bind "/proc/$target/ns/pid" pidns
	target_end
	ct -c 'join pidns'
	umount pidns
	assert_result 1 '' '= ENOMEM'
	assert_stderr 'why: not memory: the PID namespace has lost its init'
}

@test "join: together with what its user namespace does not own" {
	needs_root
	target_start unshare -n unshare -Uru
	ct -x -c "join $target; run sh -c '$same'; hostname x"
	assert_status 0
	are_targets
	assert_stderr 'CLONE_NEWUTS|CLONE_NEWNET|CLONE_NEWUSER) = 0'
}

@test "join: the trace is true" {
	needs_root
	needs_strace
	target_start unshare -mupf --mount-proc
	TRACED=$TRACED,setgroups true_trace -c "join $target; join /proc/self/ns/uts; -join 4194304; run true"
	assert_status 0
	shown 'CLONE_NEWNS|CLONE_NEWPID|CLONE_NEWUTS) = 0' 'clone(CLONE_PARENT|SIGCHLD) = '
}

@test "join: a box in a foreign user namespace dies with the shell" {
	needs_root
	needs_userns
	target_start as_user unshare -Uru
	ctrsh -c "join $target; !echo \$PPID >shell; cat /proc/\$PPID/task/\$PPID/children >children
		run sleep 1006" 3>&- & # sleep-ok: a process that stays
	poll 10 test -s children
	box=$(for pid in $(cat children); do grep -qs '^Uid:.65534' "/proc/$pid/status" && echo "$pid"; done; true)
	[ -n "$box" ]
	kill -KILL "$(cat shell)"
	gone() { ! is_alive "$box"; }
	poll 10 gone
	ended 137 "$!"
}

@test "join: mounts in a namespace whose /proc is of another PID namespace" {
	needs_root
	target_start unshare -mpf --mount-proc
	for line in 'mount tmpfs /mnt' 'mount proc' 'propagation private /' 'mount overlay /mnt lower=/etc'; do
		ct -c "join $target mnt; $line; run echo done"
		assert_result 0 'done' ''
	done
}
