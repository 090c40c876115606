#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# status, the word: what the box is, with the numbers that lsns, findmnt and /proc have.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/target

# get FILTER - from the JSON in $json.
get() { jq -r "$1" <<<"$json"; }

@test "status: a fresh box is short and says that nothing is unshared" {
	ct -c status
	assert_status 0
	assert_stderr ''
	assert_output_has "this session's box" 'nothing is unshared' "working directory $PWD" "none but the host's"
	[ "${#lines[@]}" -le 12 ]
	[[ $output != *mounts* ]]
}

@test "status: each namespace is own or the host's, with the number that /proc has" {
	needs_root
	needs jq
	ct -c "unshare uts pid net; status --json; !for n in uts pid mnt ipc net cgroup user time; do echo \$n \$(readlink /proc/$box_of/ns/\$n | tr -dc 0-9); done"
	assert_status 0
	json=$(sed -n '1,/^}/p' <<<"$output")
	[ "$(get '.namespaces[] | "\(.namespace) \(.number)"')" = "$(sed '1,/^}/d' <<<"$output")" ]
	[ "$(get '[.namespaces[] | select(.own) | .namespace] | join(" ")')" = 'uts pid net' ]
}

@test "status: lsns has the same numbers" {
	needs_root
	needs jq
	ct -c "unshare uts ipc; status --json; !lsns -rno NS,TYPE -p $box_of"
	assert_status 0
	json=$(sed -n '1,/^}/p' <<<"$output")
	while read -r number name; do
		[ "$(get ".namespaces[] | select(.namespace == \"$name\") | .number")" = "$number" ] || { echo "$name $number" && return 1; }
	done < <(sed '1,/^}/d' <<<"$output")
}

@test "status: the first container fits on a screen of 24 lines, the important first" {
	needs_pids
	ct -c "unshare uts pid mnt; hostname box; cgroup pids 20; chroot $ROOTFS; mount proc; status"
	assert_status 0
	[ "${#lines[@]}" -le 24 ]
	[[ ${lines[1]} =~ ^PID\ +1\ inside,\ [0-9]+\ outside$ ]]
	[[ ${lines[2]} =~ ^namespaces\ +uts\ +own ]]
	assert_output_has "$ROOTFS; working directory inside /" '1 of its own' '/proc  proc proc rw,nosuid,nodev,noexec' 'pids 20, 1 used'
}

@test "status: as many mounts as findmnt sees in the box, its own apart" {
	needs_root
	needs jq
	mkdir m
	ct -c "unshare mnt; mount tmpfs $PWD/m; status --json; !findmnt -rnN $box_of | wc -l"
	assert_status 0
	json=$(sed -n '1,/^}/p' <<<"$output")
	[ "$(get '.mounts | length')" = "$(tail -n 1 <<<"$output")" ]
	[ "$(get '[.mounts[] | select(.own) | .mount_point] | join(" ")')" = "$PWD/m" ]
	ct -c "unshare mnt; mount tmpfs $PWD/m; status"
	assert_output_has '1 of its own, ' "$PWD/m  tmpfs "
}

@test "status: after pivot_root the root is a mount of its own, or a whole file system" {
	needs_root
	ct -c "unshare mnt; pivot_root $ROOTFS; status"
	assert_status 0
	assert_output_has 'root         a mount of its own: '
	ct -c "unshare mnt; mount tmpfs /mnt; mkdir /mnt/d; pivot_root /mnt; status"
	assert_output_has 'root         a file system of its own: tmpfs tmpfs '
}

@test "status: maps, setgroups and capabilities of a user namespace" {
	needs_root
	needs_userns
	user -c 'unshare user uts; map root; status'
	assert_status 0
	assert_stderr ''
	assert_output_has '0 is 65534 outside' 'setgroups is denied' 'capabilities all' 'in its own user namespace'
	user -c 'unshare user; status'
	assert_output_has 'no ID is mapped'
}

@test "status: capabilities, no_new_privs and limits change when they do" {
	needs_root
	ct -c 'caps keep bounding chown; no_new_privs; rlimit nofile 33; status'
	assert_status 0
	assert_output_has 'bounding: chown' 'no_new_privs on; seccomp off' 'rlimit nofile 33'
}

@test "status: processes with both PIDs, and a zombie is called one" {
	needs_root
	ct -c "unshare pid; run sh -c 'sleep 1000 >/dev/null 2>&1 & echo \$!'${settled}status" # sleep-ok: a process that stays
	assert_status 0
	[[ $output =~ \ +1\ +[0-9]+\ +\(a\ box\ of\ ctrsh\) ]]
	[[ $output =~ \ +${lines[0]}\ +[0-9]+\ +sleep\ 1000 ]]
	assert_output_has 'processes    2 (PID inside, PID outside)'
}

@test "status: of many processes the first, and how many more there are" {
	needs_root
	ct -c "unshare pid; run sh -c 'for i in 1 2 3 4 5 6 7 8 9 10 11; do sleep 1000 >/dev/null 2>&1 & done'; status" # sleep-ok: processes that stay
	assert_status 0
	assert_output_has 'processes    12' 'and 4 more: peek processes'
}

@test "status: no escape codes in a pipe, and --json is one object" {
	needs jq
	ct -c 'status; !true'
	[[ $output != *$'\033'* ]]
	ct -c 'status --json'
	assert_status 0
	[ "$(jq -r 'keys | join(" ")' <<<"$output")" = 'box limits mounts namespaces privileges processes unreadable usage users' ]
	[ "$(jq -r '.box | length' <<<"$output")" = 1 ]
}

@test "status: words it does not know" {
	ct -c 'status all'
	assert_result 2 '' 'status: too many arguments'
	ct -c 'status --all'
	assert_status 2
}

@test "status: a box killed from outside is gone at once, also while it still dies" {
	needs_root
	for first in 'setenv A b' 'unshare pid' 'unshare user'; do
		for _ in 1 2 3 4 5; do
			script "$first" '!kill -9 $(pgrep -P $PPID -g 0 ctrsh)' status
			assert_result 137 '' 'status: the box ended by itself: Killed'
			[ -z "$output" ]
		done
	done
}

@test "status: of a container of bwrap the mounts that are seen, the new ones first, and the root" {
	needs_root
	needs bwrap findmnt
	target_start bwrap --ro-bind / / --proc /proc --dev /dev --tmpfs /tmp --unshare-pid
	ct -c "attach $target; status"
	mounts=$(sed -n '/^mounts /,/^user /p' <<<"$output" | grep -oE '^ +/[^ ]* +[a-z0-9]+' | tr -s ' ')
	seen=$(findmnt -N "$target" -rno TARGET,FSTYPE)
	target_end
	assert_status 0
	[[ $output =~ root\ +the\ host\'s\ directory,\ by\ a\ mount\ of\ its\ own:\ [a-z0-9]+\ .*\ ro, ]]
	[ "$(sed -n '1s/ [^ ]*$//p' <<<"$mounts")" = ' /' ]
	[ "$(head -n 5 <<<"$mounts" | tail -n 4 | sort)" = $' /dev tmpfs\n /dev/pts devpts\n /proc proc\n /tmp tmpfs' ]
	[ "$(grep -c ' /dev [a-z]' <<<"$mounts")" = 1 ]
	[ "$(grep -c '^/dev ' <<<"$seen")" = 2 ]
}
