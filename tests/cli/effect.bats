#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a step changed, beside the trace: read from the kernel, and only where
# there is something.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

# told OP... - the lines of effect of the last of these steps, which stand behind its trace.
told() {
	ct -x -c "$1"
	assert_status 0
	effects=$(sed -n 's/^  now   //p' <<<"$stderr")
}

number() { readlink "/proc/self/ns/$1" | tr -dc 0-9; }

@test "effect: namespaces with their numbers, before and after, and the PIDs" {
	needs_root
	told 'unshare uts pid; run readlink /proc/self/ns/uts /proc/self/ns/pid'
	mapfile -t own < <(tr -dc '0-9\n' <<<"$output")
	[ "$(head -n 1 <<<"$effects")" = "uts $(number uts) -> ${own[0]}, pid $(number pid) -> ${own[1]}" ]
	[[ $(sed -n 2p <<<"$effects") =~ ^pid\ [0-9]+\ -\>\ [0-9]+\ \(1\ inside\)$ ]]
	[ "$(wc -l <<<"$effects")" = 2 ]
}

@test "effect: the hostname, only when it becomes another" {
	needs_root
	told "unshare uts; set trace off; hostname one; set trace on; hostname two; hostname two"
	[ "$(tail -n +2 <<<"$effects")" = 'hostname one -> two' ]
}

@test "effect: mounts gained and lost, with their options" {
	needs_root
	mkdir dir
	told "set trace off; unshare mnt; set trace on; mount tmpfs $PWD/dir size=1m; remount $PWD/dir ro,size=1m; umount $PWD/dir"
	[[ $(sed -n 1p <<<"$effects") == "+ $PWD/dir tmpfs tmpfs rw,"* ]]
	[[ $(sed -n 2p <<<"$effects") == "$PWD/dir tmpfs tmpfs rw,"*" -> tmpfs tmpfs ro,"* ]]
	[[ $(sed -n 3p <<<"$effects") == "- $PWD/dir" ]]
}

@test "effect: a file system's own options, which a remount changes" {
	needs_root
	mkdir dir
	told "set trace off; unshare mnt; mount tmpfs $PWD/dir size=64k; set trace on; remount $PWD/dir size=128k"
	[[ $effects =~ ^$PWD/dir\ tmpfs\ tmpfs\ rw,[a-z,]*size=64k.*\ -\>\ tmpfs\ tmpfs\ rw,[a-z,]*size=128k[^\ ]*\ \([0-9:]+\)$ ]] || explain "size=64k -> size=128k"
}

@test "effect: what lies outside a new root is counted, set verbose names it" {
	needs_root
	told "set trace off; unshare mnt; set trace on; chroot $ROOTFS"
	[[ $(sed -n 1p <<<"$effects") == "root / -> $ROOTFS, "*"cwd $PWD -> $ROOTFS"* ]]
	[ "$(sed -n 2p <<<"$effects")" = "$(wc -l </proc/self/mountinfo) mounts fewer" ]
	told "set trace off; unshare mnt; set trace on; set verbose; chroot $ROOTFS"
	[[ $(sed -n 2p <<<"$effects") == *"- /proc proc proc "* ]]
	[ "$(sed -n 2p <<<"$effects" | grep -oE '(^|, )- /' | wc -l)" = "$(wc -l </proc/self/mountinfo)" ]
}

@test "effect: maps, attributes" {
	needs_userns
	user -x -c 'unshare user; map root; umask 027; nice 19'
	assert_status 0
	assert_stderr "now   uid_map empty -> 0 65534 1, gid_map empty -> 0 " 'now   umask 0022 -> 0027' "now   nice $(nice) -> 19"
}

@test "effect: three facts at once are two lines and a word, or three" {
	needs_root
	told 'unshare user pid uts'
	[ "$(sed -n 3p <<<"$effects")" = 'and more: set verbose' ]
	told 'set verbose; unshare user pid uts'
	[[ $(sed -n 3p <<<"$effects") == 'uid_map '*' -> empty, gid_map '*' -> empty' ]]
	assert_output ''
}

@test "effect: what a program changed, too; nothing when nothing did" {
	needs_root
	told "unshare uts; set trace off; hostname one; set trace on; run hostname two; run true; setenv A b"
	[ "$(tail -n +2 <<<"$effects")" = 'hostname one -> two' ]
}

@test "effect: a limit and the group that has it do not go by one name" {
	needs_pids
	told 'cgroup pids 20'
	[ "$(head -n 1 <<<"$effects")" = 'pids no limit -> 20' ]
	[[ $(sed -n 2p <<<"$effects") =~ ^cgroup\ [a-z,]+\ /.*\ -\>\ /.*ctrsh- ]]
}

@test "effect: none without a trace" {
	needs_root
	ct -c 'unshare uts; hostname box; set verbose; hostname box2'
	assert_result 0 '' ''
	ct -x -c 'set trace off; unshare uts'
	assert_result 0 '' ''
}

@test "effect: set verbose takes on, off, nothing else" {
	ct -c 'set verbose; set' 
	assert_result 0 $'trace off\nverbose on' ''
	ct -c 'set verbose on; set verbose off; set'
	assert_result 0 $'trace off\nverbose off' ''
	ct -c 'set verbose loud'
	assert_result 2 '' 'set: verbose is on or off, not "loud"'
}

@test "effect: what was empty is none" {
	needs_root
	told 'groups none; groups 5'
	[[ $effects == *'groups none -> 5'* ]]
}
