#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The six lines of the promise in every order that can work: unshare before
# what the guard wants it for, mount proc after chroot (else it would land on
# another /proc), exec last. Each must end in the same container.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

# The program looks at itself: PID, hostname, root, processes in /proc; and at its limit by its effect.
program='exec sh -c "echo $$ $(uname -n) $(cat /etc/os-release | head -n 1) && echo /proc/[0-9]*; cat /proc/self/cgroup | grep -c -e pids:.*ctrsh- -e ^0::.*ctrsh-"'

# permutations PREFIX REST... - all orders of REST after PREFIX, a line each.
permutations() {
	local prefix=$1 i rest
	shift
	[ $# -gt 0 ] || { echo "$prefix" && return; }
	for ((i = 1; i <= $#; i++)); do
		rest=("${@:1:i-1}" "${@:i+1}")
		permutations "$prefix ${!i}" "${rest[@]}"
	done
}

line_of() {
	case $1 in
	unshare) echo 'unshare uts pid mnt' ;;
	hostname) echo 'hostname box' ;;
	chroot) echo "chroot $ROOTFS" ;;
	mount) echo 'mount proc' ;;
	cgroup) echo 'cgroup pids 20' ;;
	esac
}

# allowed ORDER - unshare comes before hostname and mount.
allowed() { [[ $1 == *unshare*hostname* && $1 == *unshare*mount* ]]; }

write_script() {
	local name
	for name in $1; do line_of "$name"; done >t.ctr
	echo "${2-$program}" >>t.ctr
}

@test "order: every order in which the container is the same" {
	needs_pids
	count=0
	while read -r order; do
		allowed "$order" && [[ $order == *chroot*mount* ]] || continue
		write_script "$order"
		ct t.ctr
		if ! assert_status 0 || ! assert_stderr '' || ! [[ ${lines[0]} == "1 box NAME="* ]] ||
			! [[ ${lines[1]} =~ ^/proc/1\ /proc/[0-9]+$ || ${lines[1]} == /proc/1 ]] || [ "${lines[2]}" != 1 ]; then
			explain "the container, in the order$order"
			return 1
		fi
		count=$((count + 1))
	done < <(permutations '' unshare hostname chroot mount cgroup)
	[ "$count" -eq 25 ] || { echo "only $count orders" && return 1; }
}

@test "order: mount proc before chroot works, on the /proc of that root" {
	needs_root
	ct_outer -c "unshare uts pid mnt; mount proc; run sh -c 'echo /proc/[0-9]*'; chroot $ROOTFS; run ls /proc"
	assert_result 0 '/proc/1 /proc/2' ''
	outer_unchanged
}

@test "order: every order in which the host would be changed is refused, before anything is done" {
	needs_pids
	count=0
	while read -r order; do
		! allowed "$order" || continue
		write_script "$order" "exec touch $WORK/done"
		ct_outer t.ctr
		assert_status 2 && assert_stderr "refused: it would" 'fix: unshare' && outer_unchanged || return
		count=$((count + 1))
	done < <(permutations '' unshare hostname chroot mount cgroup)
	[ "$count" -eq 80 ] || { echo "only $count orders" && return 1; }
	refute test -e done
}

@test "order: the limit of 20 holds in the finished container" {
	needs_pids
	write_script ' unshare hostname chroot mount cgroup' "exec sh -c 'for i in \$(seq 30); do sleep 60 & done; echo never'" # sleep-ok: processes that stay
	ct t.ctr
	assert_status 2
	assert_stderr "can't fork"
	refute grep -q never <<<"$output"
}

# What is certain is refused by the kernel as well, whoever asks.
@test "order: -n knows what the kernel refuses on every machine" {
	needs_pids
	while read -r steps; do
		ct -nq -c "$steps"
		assert_result 2 '' 'why: ' || return
		ct -c "$steps"
		[ "$status" -ne 0 ] || explain "refused, as -n says: $steps" || return
		[[ $steps == cgroup* ]] || run as_user timeout -s KILL 360 "$CTRSH" -c "$steps"
		[ "$status" -ne 0 ] || explain "refused to a plain user, too: $steps" || return
	done <<-END
		unshare user mnt; mount proc
		unshare user mnt; mount sysfs
		unshare user mnt; mount mqueue
		unshare user mnt; mount cgroup2
		unshare user mnt; map root; unshare user; mount tmpfs /tmp
		unshare uts; unshare user; hostname x
		chroot $ROOTFS; unshare user mnt
		unshare user; map root; map auto
		unshare user; map self; map uid 0 0 1
		unshare user; map root; map setgroups allow
		unshare mnt pid uts; caps default; mount proc
		unshare uts; caps drop sys_admin; hostname x
		caps keep chown; unshare net
		caps keep chown; groups 5
		unshare net; caps drop net_admin; net up lo
		unshare net; unshare user; map root; net up lo
		unshare user; caps drop effective sys_chroot; chroot /tmp
		cgroup pids 20; cgroup freeze; run true
	END
}

@test "order: -n raises no false alarm" {
	needs_root
	while read -r steps; do
		ct -nq -c "$steps"
		assert_result 0 '' '' || return
	done <<-END
		unshare user; unshare mnt pid; mount proc
		unshare user mnt pid; map root; unshare user mnt pid; map root; mount proc
		unshare uts; unshare user uts; hostname x
		chroot /; unshare user
		pivot_root --host $ROOTFS; unshare user
		unshare mnt; chroot /x; pivot_root /y; unshare user
		unshare user; map uid 0 0 1; map gid 0 0 1
		unshare user; map root; unshare user; map root
		unshare user; map setgroups deny; map root
		caps default; unshare user mnt; mount tmpfs /tmp
		unshare user net; map root; net up lo
		unshare net; caps drop bounding net_admin; net up lo
		caps drop bounding sys_admin; unshare uts; hostname x
		-chroot /x; unshare user
		-unshare user; -map root; -map root; unshare mnt; mount tmpfs /tmp
		join 1 user mnt; mount tmpfs /tmp
		cgroup freeze; cgroup pids 4; cgroup thaw; run true
		cgroup freeze; -run true; cgroup cgroup.freeze 0; run true
		unshare mnt; unshare user; mask --if-exists /nothing
	END
}

@test "order: the shipped script gives that container" {
	needs_pids
	[ -e "$TOP/scripts/first.ctr" ] || skip "there is no scripts/first.ctr"
	mkdir tree && cp -r "$TOP/scripts" tree/scripts && ln -s "$ROOTFS" tree/rootfs
	cd tree
	run --separate-stderr ctrsh scripts/first.ctr <<<'echo $$ $(uname -n); cat /sys/fs/cgroup/pids.max 2>/dev/null; exit 3'
	assert_status 3
	assert_output '1 box'
}
