#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# map: the IDs of a user namespace, as a plain user and as root.
# vm: short 6.12

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

setup() {
	common_setup
	needs_root # to become a user whom nothing belongs to
	needs setpriv
	needs_userns
}

# subid LINE... - what /etc/subuid and /etc/subgid say, in this file's mount namespace.
subid() {
	printf '%s\n' "$@" >subid
	chmod 644 subid
	mount --bind subid /etc/subuid && mount --bind subid /etc/subgid
}

no_subid() { while umount /etc/subuid /etc/subgid 2>/dev/null; do :; done; }

teardown() {
	no_subid
	common_teardown
}

needs_newuidmap() {
	needs newuidmap
	[ -f /etc/subuid ] && [ -f /etc/subgid ] || skip "there is no /etc/subuid here"
}

@test "map: before it, the box is 65534 and its programs hold nothing" {
	user -c 'unshare user; run sh -c "id -u; id -g; cat /proc/self/uid_map; grep CapEff /proc/self/status"'
	assert_result 0 $'65534\n65534\nCapEff:\t0000000000000000' ''
}

@test "map root: the first container, without root" {
	user -c "unshare user uts pid mnt; map root; hostname box; chroot $ROOTFS; mount proc
		exec /bin/bash -c 'echo \$\$ \$(id -u):\$(id -g) \$(hostname); echo /proc/[0-9]*; grep CapEff /proc/self/status'"
	assert_status 0
	assert_stderr ''
	assert_output_has $'1 0:0 box\n/proc/1' CapEff:
	refute grep -q 'CapEff:.*0000000000000000' <<<"$output"
}

@test "map root: one line each, setgroups denied, on files still the user" {
	chmod 777 .
	user -c 'unshare user; map root; run sh -c "cat /proc/self/uid_map /proc/self/gid_map /proc/self/setgroups; touch file; stat -c %u file"; !stat -c %u file'
	assert_status 0
	assert_stderr ''
	[ "$(tr -s ' ' <<<"$output")" = $' 0 65534 1\n 0 65534 1\ndeny\n0\n65534' ]
}

@test "map root: as root, too" {
	ct -c 'unshare user uts; map root; hostname box; run sh -c "id -u; uname -n; cat /proc/self/setgroups"'
	assert_result 0 $'0\nbox\ndeny' ''
}

@test "map root: works after chroot, where no /proc is" {
	user -c "unshare user; chroot $ROOTFS; map root; run id -u"
	assert_result 0 0 ''
}

@test "map self: one's own number; programs hold no capability" {
	run --separate-stderr setpriv --reuid 1234 --regid 1235 --clear-groups timeout -s KILL 360 "$CTRSH" \
		-c 'unshare user uts; map self; hostname box; run sh -c "id -u; id -g; grep CapEff /proc/self/status; uname -n"'
	assert_result 0 $'1234\n1235\nCapEff:\t0000000000000000\nbox' ''
}

@test "map uid, map gid: step by step, setgroups first" {
	user -c 'unshare user; map uid 0 65534 1; map gid 0 65534 1'
	assert_result 1 '' '"0 65534 1\n", 10) = EPERM'
	assert_stderr '-c:1: map gid: write(' 'why: setgroups is still allowed' 'fix: map setgroups deny'
	user -c 'unshare user; map uid 0 65534 1; map setgroups deny; map gid 7 65534 1; run sh -c "id -u; id -g"'
	assert_result 0 $'0\n7' ''
}

@test "map setgroups: once denied, or gid_map written, it stays" {
	user -c 'unshare user; map setgroups deny; map setgroups allow'
	assert_result 1 '' 'why: once denied, it stays denied'
	user -c 'unshare user; map setgroups deny; map gid 0 65534 1; map setgroups deny'
	assert_result 1 '' 'why: it is decided before gid_map is written, and it is written'
}

@test "map: a map is written once" {
	for line in 'map root; map root' 'map uid 0 65534 1; map root' 'map root; map uid 1 65534 1'; do
		user -c "unshare user; $line"
		assert_result 1 '' '= EPERM' && assert_stderr 'why: a map is written once, and uid_map of the box says: 0 65534 1' 'do: ' || return
	done
}

@test "map: others' IDs, and ranges" {
	for words in '0 1000 1' '0 65534 2' '0 65534 1 1 100000 10'; do
		user -c "unshare user; map uid $words"
		assert_result 1 '' '= EPERM' &&
			assert_stderr 'why: without CAP_SETUID in the parent user namespace one may map only oneself: one range, of one ID, 65534' 'do: map auto' || return
	done
}

@test "map: with ranges as root the box becomes their 0, with no group of the host's" {
	mkdir -m 777 all
	run --separate-stderr setpriv --groups 4,5 timeout -s KILL 360 "$CTRSH" -c 'unshare user; map uid 0 100000 65536; map gid 0 200000 65536
		run sh -c "id -u; id -G; grep CapEff /proc/self/status; touch all/file; stat -c %u:%g all/file"; !stat -c %u:%g all/file'
	assert_result 0 $'0\n0\nCapEff:\t000001ffffffffff\n0:0\n100000:200000' ''
}

@test "map: several ranges in one write; who is mapped stays who he is" {
	ct -x -c 'unshare user; map uid 5 0 1 10 1000 20; run id -u'
	assert_status 0
	assert_output 5
	assert_stderr '"5 0 1\n10 1000 20\n", 17) = 17'
	refute grep -q setresuid <<<"$stderr"
}

@test "map: what is wrong with the words is said while they are read" {
	refused() {
		ct -c "run echo done; unshare user; $1"
		assert_result 2 '' "$2"
	}
	refused 'map uid 0 1' 'map uid: too few arguments'
	refused 'map uid 0 1 1 2' 'map uid takes IN OUT COUNT'
	refused 'map uid 0 1 0' 'map uid: a range of 0 IDs'
	refused 'map gid 0 x 1' 'map gid: not a number of an ID: "x"'
	refused 'map gid 0 4294967295 1' 'the last ID is 4294967294'
	refused 'map gid 0 4294967296 1' 'not a number of an ID'
	ct -nq -c 'unshare user; map uid 0 0 4294967295' # as in the first user namespace
	assert_result 0 '' ''
	refused 'map gid 0 4294967290 10' 'the last ID is 4294967294'
	refused 'map uid 0 0 10 9 100 1' 'map uid: the ranges from 0 and from 9 overlap'
	refused 'map uid 0 0 10 10 9 1' 'map uid: the ranges from 0 and from 9 overlap'
	refused 'map root x' 'map root: too many arguments'
	refused 'map setgroups no' 'map setgroups: deny or allow'
	refused 'map' 'map: too few arguments'
	refused 'map rot' 'unknown op: map rot'
	ct -nq -c 'unshare user; map uid 0 1000 10 10 5000 10; map gid 0 1000 1'
	assert_result 0 '' ''
}

@test "map: without a user namespace of its own it is refused, before anything is done" {
	for words in root self auto 'uid 0 0 1' 'gid 0 0 1' 'setgroups deny'; do
		for way in -q -n; do
			user "$way" -c "run touch done; map $words; unshare user"
			assert_result 2 '' "refused: it would change the host's user namespace" && assert_stderr 'fix: unshare user' || return
		done
	done
	user -c 'map --host root'
	assert_result 2 '' 'map root: unknown option: --host'
}

@test "map auto: own ID is root, the ranges follow" {
	needs_newuidmap
	[ -u "$(command -v newuidmap)" ] || skip "newuidmap is not set-uid here"
	subid nobody:100000:1000 root:7:1 65534:300000:10
	user -c 'unshare user; map auto; run sh -c "id -u; cat /proc/self/uid_map /proc/self/setgroups"; run setpriv --reuid 5 --regid 6 --groups 7 id -G'
	assert_status 0
	assert_stderr ''
	[ "$(tr -s ' ' <<<"$output")" = $'0\n 0 65534 1\n 1 100000 1000\n 1001 300000 10\nallow\n6 7' ]
	user -c 'unshare user; map auto; map auto'
	assert_result 1 '' 'newuidmap'
	assert_stderr 'why: a map is written once'
}

@test "map auto: as root, written directly" {
	needs_newuidmap
	subid root:100000:1000
	ct -x -c 'unshare user; map auto; run id -u'
	assert_status 0
	assert_output 0
	assert_stderr 'uid_map>, "0 0 1\n1 100000 1000\n", 20) = 20' 'gid_map>, "0 0 1\n'
}

@test "map auto: without a range, or without newuidmap" {
	needs_newuidmap
	subid root:100000:1000
	user -c 'unshare user; map auto'
	assert_result 1 '' 'map auto: no range for user nobody in /etc/subuid'
	assert_stderr 'do: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 nobody, or map root'
	subid nobody:100000:1000
	touch none
	mount --bind none "$(command -v newuidmap)"
	user -c 'unshare user; map auto'
	umount "$(command -v newuidmap)"
	assert_result 1 '' 'map auto: there is no program newuidmap'
	assert_stderr 'do: install the package uidmap'
}

@test "map: AppArmor's restriction is named" {
	needs_strace
	[ ! -e /proc/sys/kernel/apparmor_restrict_unprivileged_userns ] || skip "this kernel has the setting itself"
	mkdir sysctl && echo 1 >sysctl/apparmor_restrict_unprivileged_userns
	mount --bind sysctl /proc/sys/kernel
	run --separate-stderr as_user timeout -s KILL 360 strace -f -qq -o /dev/null -e inject=write:error=EPERM:when=1 "$CTRSH" -c 'unshare user; map root'
	assert_result 1 '' '= EPERM'
	assert_stderr 'why: AppArmor lets plain users make user namespaces but gives them no capabilities' 'fix: !sudo sysctl -w'
	refuses=(timeout -s KILL 360 "$CTRSH" -c "no_new_privs; seccomp deny unshare arg0&0x10000000=0x10000000 errno=EACCES; exec '$CTRSH' -c 'unshare user mnt'")
	run --separate-stderr as_user "${refuses[@]}"
	assert_stderr 'why: AppArmor refuses user namespaces to plain users: ' 'fix: !sudo sysctl -w'
	umount /proc/sys/kernel
	run --separate-stderr as_user "${refuses[@]}"
	assert_result 1 '' 'why: a security module refuses the user namespace; the box'"'"'s label is '
}

@test "map: the trace is true" {
	needs_strace
	TRACED=$TRACED,write,setresuid,setresgid,setgroups true_trace -c 'unshare user; map uid 0 100000 65536; map gid 0 100000 65536; unshare user; map root; run true'
	assert_status 0
	shown 'setresuid(0, 0, 0) = 0' 'setresgid(0, 0, 0) = 0' 'setgroups(0, []) = 0' '"0 0 1\n", 6) = 6' 'setns('
}

@test "map: a box that became another user dies with the shell" {
	ctrsh -c 'unshare user; map uid 0 100000 65536; map gid 0 100000 65536; !echo $PPID >shell; cat /proc/$PPID/task/$PPID/children >children
		run sleep 1000' 3>&- & # sleep-ok: a process that stays
	poll 10 test -s children
	box=$(for pid in $(cat children); do [ "$(stat -c %u /proc/$pid 2>/dev/null)" ] && grep -qs '^Uid:.100000' /proc/$pid/status && echo "$pid"; done; true)
	[ -n "$box" ]
	kill -KILL "$(cat shell)"
	gone() { ! is_alive "$box"; }
	poll 10 gone
	ended 137 "$!"
}

@test "map: what is in the box cannot look into it" {
	ct -c "unshare user pid mnt; map uid 0 100000 65536; map gid 0 100000 65536; mount proc; run sh -c 'id -u; ls /proc/1/fd; true; readlink /proc/1/root; ls -ln /proc/1/fd | wc -l'"
	assert_status 0
	assert_output $'0\n0'
	assert_stderr 'Permission denied'
}
