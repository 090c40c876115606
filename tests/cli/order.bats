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

@test "order: -n finds a proc that is mounted before the PID namespace that it should show" {
	needs_root
	printf 'unshare mnt\nchroot %s\nmount proc\nmount tmpfs /tmp\nunshare uts pid\nrun true\n' "$ROOTFS" >t.ctr
	ct -n t.ctr
	assert_result 2 '' 't.ctr:3: mount proc: comes before unshare pid' 'why: t.ctr:5: ' 'do: unshare pid before it'
	ct t.ctr
	assert_result 0 '' '' # the kernel takes it
	while read -r steps; do
		ct -nq -c "$steps"
		assert_result 0 '' '' || return
	done <<-END
		unshare mnt pid; mount proc; unshare uts
		unshare mnt; mount proc; unshare pid; mount proc
		unshare mnt; mount proc; unshare pid; umount /proc
		unshare mnt; -mount proc; unshare pid
		unshare mnt; mount proc; -unshare pid
		unshare mnt; mount proc; undo; unshare pid
		unshare mnt; mount proc; reset; unshare pid
	END
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
		user 1000:1000; chroot /tmp
		setuid 1000; unshare mnt
		unshare mnt; user 1000:1000,5; mount tmpfs /mnt
		unshare uts; user 1000:1000; -unshare uts; hostname x
		unshare net; setuid 1000; net up lo
		unshare mnt; caps ambient sys_admin; user 1000:1000; mount tmpfs /mnt
		caps securebits keep_caps; setuid 1000; chroot /tmp
		user 1000:1000; groups 5
		user 1000:1000; unshare user; groups 5
		user 1000:1000; join 1 uts
		unshare ipc; user 1000:1000; sysctl kernel.msgmax 8000
		unshare mnt; caps drop all; mount tmpfs /mnt
		unshare mnt; caps keep chown; mount bind /tmp /mnt
		unshare mnt; caps default; umount --lazy /proc
		unshare mnt; caps drop effective sys_admin; pivot_root $ROOTFS
		caps drop setpcap; caps drop bounding kill
		caps drop setpcap; caps drop kill
		caps drop setpcap; caps securebits noroot
		caps drop kill; caps keep kill
		caps drop permitted kill; caps ambient kill
		caps drop effective kill; caps keep effective chown kill
		user 1000:1000; seccomp default
		seccomp deny chmod; user 1000:1000; run true
		seccomp deny chmod; caps keep chown; exec true
		seccomp load
		seccomp deny chmod; seccomp load; seccomp load
		unshare user; groups none
		unshare user; map root; groups none
		unshare user; map root; user 0:0
		unshare user; user root
		unshare user; setuid 0
		unshare user; map gid 0 0 1; setuid 0
		unshare user; setgid 0
		unshare user; map root; setuid 1000
		unshare user; map root; setgid 5
		unshare user; mknod null c 1 3
		unshare user; map root; map setgroups deny
		unshare user; map gid 0 0 1; map setgroups deny
		unshare user; map self; map gid 0 0 1
		unshare net; caps drop net_admin; net mac lo 02:00:00:00:00:01
		unshare net; unshare user; net addr lo 10.0.0.1/8
		hostname x
		unshare uts; reset; hostname x
		net up lo
		net veth eth0
		map root
		map uid 0 0 1; unshare user
		mount tmpfs /mnt; unshare mnt
		run true; exec true; run true
		exec true; unshare uts
		exec true; status
		attach 1; unshare uts
		attach 1; peek hostname; run true
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
		user 1000:1000; unshare user; chroot /
		user 0:0; chroot /
		user nobody; chroot /
		setuid 0; unshare uts
		caps securebits no_setuid_fixup; setuid 1000; unshare uts
		caps drop effective sys_admin; setuid 0; unshare user uts
		-setuid 1000; unshare uts
		unshare user; map self; setuid 1000; unshare uts
		unshare user; map uid 5 1000 1; setuid 5; unshare uts
		unshare user; map auto; setuid 5
		user 1000:1000; cgroup pids 20; run true
		user 1000:1000; no_new_privs; seccomp default; exec true
		no_new_privs; caps drop all; seccomp default; seccomp load; run true
		seccomp default; seccomp load; user 1000:1000; exec true
		-seccomp default; -seccomp load; seccomp load
		caps drop setpcap; caps drop effective permitted inheritable ambient kill
		caps drop kill; caps drop bounding setpcap; caps drop bounding kill
		caps drop bounding kill; caps drop setpcap; caps drop kill
		caps drop effective kill; caps keep kill
		caps drop effective kill; caps ambient kill
		caps drop kill; caps keep none
		caps keep chown; caps default
		caps drop all; caps ambient all; caps ambient none
		caps drop all; caps keep bounding kill
		caps drop all; unshare user; join 1 user
		unshare user; mknod pipe p
		unshare user; mknod whiteout c 0 0
		unshare user; map root; setuid 0; setgid 0
		unshare user; map uid 0 0 2; map gid 0 0 2; groups 1; setuid 1
		unshare user; map setgroups deny; map gid 0 0 1
		unshare mnt; mount tmpfs /mnt; chroot /mnt; pivot_root /x
		unshare mnt; chroot /mnt; -pivot_root /x
		unshare uts; exec true
		-exec true; run true
		attach 1; detach; unshare uts
		-attach 1; unshare uts
		attach 1; -detach; unshare uts
		attach; unshare uts
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
