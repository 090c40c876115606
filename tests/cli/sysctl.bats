#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# sysctl: the values of the box's own namespaces, and never by mistake those of the host.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

# The keys that the tests write; the host's must not change.
KEYS='net/ipv4/ip_forward net/ipv4/tcp_rmem kernel/shmmax kernel/sem fs/mqueue/msg_max user/max_uts_namespaces kernel/hostname kernel/domainname kernel/pid_max'

values() { for key in $KEYS; do echo "$key $(cat "/proc/sys/$key")"; done; }

setup() {
	common_setup
	values >before
}

teardown() {
	local same=0
	values | diff before - || { echo "the host's values changed" && same=1; }
	common_teardown && return "$same"
}

@test "sysctl: net, in both spellings, with several words" {
	needs_root
	ct -c 'unshare net; sysctl net.ipv4.ip_forward 1; sysctl net/ipv4/tcp_rmem 4096 5000 60000; sysctl net.ipv4.tcp_wmem "4096 5001 60001"
		run sh -c "cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/tcp_rmem /proc/sys/net/ipv4/tcp_wmem"'
	assert_result 0 $'1\n4096\t5000\t60000\n4096\t5001\t60001' ''
}

@test "sysctl: a name with a dot in it" {
	needs_root
	needs ip
	for key in net/ipv4/conf/a.b/rp_filter net.ipv4.conf.a/b.rp_filter; do
		ct -c "unshare net; run ip link set lo name a.b; sysctl $key 2; run cat /proc/sys/net/ipv4/conf/a.b/rp_filter"
		assert_result 0 2 ''
	done
}

@test "sysctl: ipc and mqueue" {
	needs_root
	ct -c 'unshare ipc; sysctl kernel.shmmax 123456; sysctl kernel.sem 100 200 30 40; sysctl fs.mqueue.msg_max 7
		run cat /proc/sys/kernel/shmmax /proc/sys/kernel/sem /proc/sys/fs/mqueue/msg_max'
	assert_result 0 $'123456\n100\t200\t30\t40\n7' ''
}

@test "sysctl: uts, and the prompt's hostname follows" {
	needs_root
	ct -c 'unshare uts; sysctl kernel.hostname box; sysctl kernel.domainname dom; run uname -n; run cat /proc/sys/kernel/domainname'
	assert_result 0 $'box\ndom' ''
}

@test "sysctl: pid, where the kernel keeps pid_max for each namespace; elsewhere it is refused" {
	needs_root
	ct -c 'unshare pid mnt; mount proc; sysctl kernel.ns_last_pid 300; run sh -c "echo \$\$"'
	assert_result 0 301 ''
	ct -c 'unshare pid; sysctl kernel.pid_max 4000; run cat /proc/sys/kernel/pid_max'
	if [ "$(printf '%s\n' 6.14 "$(uname -r)" | sort -V | head -n 1)" = 6.14 ]; then
		assert_result 0 4000 ''
	else
		assert_result 2 '' 'sysctl: refused: it would change the host'
		assert_stderr 'why: this kernel keeps one kernel.pid_max for the whole machine'
	fi
}

@test "sysctl: user, for a plain user" {
	needs_userns
	user -c 'unshare user; sysctl user.max_uts_namespaces 3; run cat /proc/sys/user/max_uts_namespaces'
	assert_result 0 3 ''
}

@test "sysctl: works after chroot, without /proc inside, and with a foreign one" {
	needs_root
	mkdir -p root/proc/sys/net/ipv4 && echo mine >root/proc/sys/net/ipv4/ip_forward
	ct -c "unshare net mnt pid; chroot $ROOTFS; sysctl net.ipv4.ip_forward 1; mount proc; run cat /proc/sys/net/ipv4/ip_forward"
	assert_result 0 1 ''
	ct -c 'unshare net; chroot root; sysctl net.ipv4.ip_forward 1'
	assert_result 0 '' ''
	[ "$(cat root/proc/sys/net/ipv4/ip_forward)" = mine ]
}

@test "sysctl: refused while the namespace is the host's, by -n and before anything is done" {
	while read -r ns key; do
		for way in -q -n; do
			ct "$way" -c "run touch done; sysctl $key 1"
			assert_result 2 '' 'sysctl: refused: it would '
			assert_stderr '-c:1:' "fix: unshare $ns"
			refute test -e 'done'
		done
		ct -nq -c "unshare $ns; sysctl $key 1"
		assert_result 0 '' ''
	done <<'END'
net net.ipv4.ip_forward
net net/core/somaxconn
ipc kernel.shmmax
ipc kernel.msgmni
ipc kernel.sem
ipc fs.mqueue.msg_max
uts kernel.hostname
uts kernel.domainname
user user.max_net_namespaces
pid kernel.pid_max
pid kernel.ns_last_pid
END
}

@test "sysctl: another namespace does not help" {
	needs_root
	ct -c 'unshare ipc uts pid mnt; sysctl net.ipv4.ip_forward 1'
	assert_result 2 '' "why: the box still shares the network namespace with the host"
	ct -c '-unshare user uts user; -sysctl kernel.hostname oops; run echo on'
	assert_status 2
}

@test "sysctl: what is no namespace's is refused, whatever the box has of its own" {
	for key in vm.swappiness kernel.core_pattern kernel.panic fs.file-max user; do
		ct -c "run touch done; unshare uts ipc net user pid mnt cgroup time; sysctl $key 1"
		assert_result 2 '' 'sysctl: refused: it would change the host'
		assert_stderr "why: this is no namespace's: there is one for the whole machine" 'do: insist: sysctl --host ...'
		refute test -e 'done'
	done
}

@test "sysctl: a key that does not exist is no key of the machine; one like it is named" {
	ct -c 'sysctl kernel.nosuch 1'
	assert_result 1 '' '"kernel/nosuch"' '= ENOENT'
	assert_stderr 'why: there is no /proc/sys/kernel/nosuch: this kernel has no such key'
	[[ $stderr != *'whole machine'* && $stderr != *'--host'* ]] || explain 'a cause that is one'
	for key in dev.x kernel.shm kernel.pid_maxx netx.y; do
		ct -c "unshare uts ipc net user pid mnt cgroup time; sysctl $key 1"
		assert_result 1 '' "why: there is no /proc/sys/${key/.//}: this kernel has no such key"
	done
	ct -c 'sysctl kernel.pid_mx 100'
	assert_result 1 '' 'did you mean kernel.pid_max?'
	ct -c 'sysctl kernl/pid_max 100'
	assert_result 1 '' 'did you mean kernel/pid_max?'
	ct -c 'sysctl kernel.panic 0'
	assert_result 2 '' 'why: this is no namespace'
}

@test "sysctl: --host insists" {
	needs_root
	run --separate-stderr outer timeout -s KILL 360 sh -c '"$CTRSH" -c "sysctl --host net.ipv4.ip_forward 1; sysctl --host kernel.hostname insisted"; cat /proc/sys/net/ipv4/ip_forward; uname -n'
	assert_result 0 $'1\ninsisted' ''
	ct -c "sysctl --host vm.swappiness $(cat /proc/sys/vm/swappiness)"
	assert_result 0 '' ''
}

@test "sysctl: what is missing, a directory, or not to be written, is told" {
	needs_root
	ct -c 'unshare net; -sysctl net.ipv4.nonsense 1; -sysctl net.ipv4 1; -sysctl net.ipv4.ip_forward x; run echo on'
	assert_result 0 on '= ENOENT'
	assert_stderr 'why: there is no /proc/sys/net/ipv4/nonsense' 'why: net.ipv4 is a directory of keys' \
		'sysctl: write(' '"x", 1) = EINVAL'
}

@test "sysctl: refused by the kernel to a plain user, and why" {
	needs_userns
	user -c 'unshare user uts; sysctl kernel.hostname box'
	assert_result 1 '' '= EACCES'
	assert_stderr 'why: /proc/sys/kernel/hostname belongs to the root of the first user namespace' 'fix: hostname box'
	user -c 'unshare user; sysctl --host net.ipv4.ip_forward 1'
	assert_result 1 '' '= EACCES'
	assert_stderr 'why: the box holds CAP_NET_ADMIN in its own user namespace only'
}

@test "sysctl: a plain user sets what belongs to his own user namespace" {
	needs_userns
	user -c 'unshare user net ipc; map root; sysctl net.ipv4.ip_forward 1; sysctl net.ipv4.ping_group_range 0 0
		run cat /proc/sys/net/ipv4/ip_forward'
	assert_result 0 1 ''
}

@test "sysctl: paths that would lead elsewhere, and bad words, are refused while reading" {
	for bad in '' . .. / /kernel/hostname net/../kernel/core_pattern net/./ipv4 net..x net.//.kernel net// net. a/; do
		ct -c "run touch done; sysctl --host '$bad' 1"
		assert_result 2 '' "sysctl: not a key, as net.ipv4.ip_forward: \"$bad\""
	done
	ct -c 'sysctl net.ipv4.ip_forward=1 2'
	assert_result 2 '' 'sysctl: the value is a word of its own'
	assert_stderr 'do: sysctl KEY VALUE, without ='
	ct -c 'unshare net; sysctl net.ipv4.ip_forward ""'
	assert_result 2 '' 'sysctl: the value is empty'
	ct -c "unshare net; sysctl net.$(printf 'a%.0s' {1..300}) 1"
	assert_result 2 '' 'sysctl: not a key'
	refute test -e 'done'
}

@test "sysctl: something else mounted on the host's /proc/sys is not taken for it" {
	needs_root
	run --separate-stderr outer timeout -s KILL 360 sh -c 'mount -t tmpfs none /proc/sys; mkdir -p /proc/sys/net; touch /proc/sys/net/x
		"$CTRSH" -c "unshare net; sysctl net.x 1"; cat /proc/sys/net/x'
	assert_result 0 '' '/proc/sys on the host is not what the kernel puts there'
}

@test "sysctl: without openat2, as on an older kernel" {
	needs_root
	needs_strace
	inject openat2:error=ENOSYS -c 'unshare net; sysctl net.ipv4.ip_forward 1; run cat /proc/sys/net/ipv4/ip_forward'
	assert_result 0 1 ''
}

@test "sysctl: the trace is true" {
	needs_root
	needs_strace
	TRACED+=,openat2,write
	true_trace -c 'unshare net; sysctl net.ipv4.ip_forward 1; -sysctl net.x 1; -sysctl net.ipv4.ip_forward x'
	assert_status 0
	shown '"net/ipv4/ip_forward", {flags=O_CLOEXEC|O_WRONLY, resolve=RESOLVE_BENEATH|RESOLVE_NO_SYMLINKS|RESOLVE_NO_XDEV}, 24) = ' \
		'"1", 1) = 1' '= -1 ENOENT' '"x", 1) = -1 EINVAL'
}

@test "sysctl: a value that the kernel does not take" {
	needs_root
	ct -c 'unshare net; sysctl net.ipv4.ip_forward yes'
	assert_result 1 '' 'EINVAL'
	assert_stderr 'why: net.ipv4.ip_forward takes no "yes": it is of another kind or out of the kernel'
}
