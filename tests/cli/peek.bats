#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# peek: a fact on both sides, as the kernel tells it there.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

# row KEY - its line: sign, key, outside, inside.
row() { grep -E "^[*+-]? +$1 " <<<"$output" | tr -s ' '; }

@test "peek: hostname, before and after" {
	needs_root
	ct -c 'peek hostname; unshare uts; hostname box; peek hostname'
	assert_status 0
	[ "$(row hostname)" = " hostname $(uname -n) $(uname -n)"$'\n'"* hostname $(uname -n) box" ]
}

@test "peek: namespaces, with the numbers that the kernel gives both" {
	needs_root
	ct -c 'unshare uts net; run readlink /proc/self/ns/net; peek namespaces'
	assert_status 0
	own=$(head -n 1 <<<"$output" | tr -dc 0-9)
	[ "$(row net)" = "* net $(readlink /proc/self/ns/net | tr -dc 0-9) $own" ]
	ours=$(readlink /proc/self/ns/mnt | tr -dc 0-9)
	[ "$(row mnt)" = " mnt $ours $ours" ]
}

@test "peek: mounts, those only inside, those only outside" {
	needs_root
	mkdir dir
	ct -c "unshare mnt; mount tmpfs $PWD/dir; peek mounts; chroot $PWD/dir; peek mounts"
	assert_status 0
	[[ $(row "$PWD/dir") == "+ $PWD/dir tmpfs tmpfs rw,"* ]]
	assert_output_has 'more, only outside: peek --all mounts'
	ct -c "unshare mnt; chroot $PWD/dir; peek --all mounts"
	[ "$(grep -c '^-' <<<"$output")" = "$(wc -l </proc/self/mountinfo)" ]
}

@test "peek: blanks and control characters in a mount point are shown as what they are" {
	needs_root
	dir=$PWD/$'a b\ec'
	mkdir "$dir"
	printf 'unshare mnt\nmount tmpfs "%s"\npeek mounts\n' "$dir" >t.ctr
	ct t.ctr
	assert_status 0
	assert_output_has "$PWD/a b\\033c"
	refute grep -q $'\e' <<<"$output"
}

@test "peek: mounts, with the options that findmnt tells, and whatever the source is called" {
	needs_root
	mkdir a b c
	cat >t.sh <<-'END'
		mount -t tmpfs 'one two' a && mount -t tmpfs -o size=64k '' b && mount -t tmpfs -o ro,mode=700 tmpfs c &&
			findmnt -rno TARGET,OPTIONS | grep "^$PWD/" >said && "$CTRSH" -c 'peek mounts'
	END
	run --separate-stderr unshare -m sh t.sh
	assert_status 0
	options() { sed -n "s:^$PWD/$1 ::p" said; }
	assert_output_has " tmpfs one two $(options a) (" " tmpfs  $(options b) (" " tmpfs tmpfs $(options c) ("
	[[ $(options b) == *size=64k* ]]
	[[ $(options c) == ro,* ]]
}

@test "peek: what is empty is not what is missing" {
	needs_root
	ct -c 'unshare uts; groups none; run python3 -c "import ctypes; ctypes.CDLL(None).sethostname(b\"\", 0)"; peek hostname; peek --json hostname; peek users'
	assert_status 0
	[ "$(row hostname)" = "* hostname $(uname -n) (empty)" ]
	assert_output_has '"inside": "(empty)"'
	[[ $(row groups) == *' none' ]]
}

@test "peek: users of a plain user, the maps" {
	needs_userns
	user -c 'unshare user; map root; peek users'
	assert_status 0
	id=65534
	[[ $(row uid_map) == "* uid_map 0 0 4294967295 0 $id 1" ]]
	[ "$(row uid)" = " uid $id $id" ]
}

@test "peek: the hostname of a rootless box, which only its user namespace lets in" {
	needs_userns
	user -c 'unshare user uts; map root; hostname inside; peek hostname'
	assert_status 0
	[ "$(row hostname)" = "* hostname $(uname -n) inside" ]
}

@test "peek: every fact, as a table and as JSON with the same rows" {
	for fact in $(grep -oE '^	X\([a-z]+\)' "$TOP/ops/facts/fact.c" | tr -d '\tX()'); do
		ct -c "peek --all --json $fact"
		assert_status 0
		rows=$(python3 -c 'import json,sys; d=json.load(sys.stdin); [(r["key"], r["outside"], r["inside"], r["differs"]) for r in d[sys.argv[1]]]; print(len(d[sys.argv[1]]))' "$fact" <<<"$output")
		ct -c "peek --all $fact"
		assert_status 0
		assert_stderr ''
		[ "$rows" -gt 0 ] || [[ $fact == @(ipc|usage|routes) ]] # there may be none
		[ -n "$output" ]
	done
}

@test "peek: of what there is none on either side, that is said" {
	needs_root
	run --separate-stderr unshare --net "$CTRSH" -c 'unshare net; peek routes; peek --json routes'
	assert_status 0
	[ "${lines[0]}" = 'routes: none, neither outside nor inside' ]
	[ "$(sed 1d <<<"$output" | jq -c .routes)" = '[]' ]
}

@test "peek: there is no such fact, or none is named" {
	ct -c 'peek hostnames'
	assert_result 2 '' 'peek: there is no fact "hostnames"'
	ct -c 'peek'
	assert_result 2 '' 'peek: too few arguments'
	ct -c 'peek --loud hostname'
	assert_result 2 '' 'peek: unknown option: --loud'
}

@test "peek: nothing is left behind, nothing changes" {
	needs_root
	ct -c 'unshare uts mnt; peek hostname; peek mounts; save -; run ps -o comm='
	assert_status 0
	assert_output_has 'unshare uts mnt'
	refute grep -qx 'ctrsh-look' <<<"$output"
	refute grep -q '^peek' <<<"$output"
}

@test "peek: of the host's processes kernel threads are counted, and long lines are cut" {
	needs_root
	grep -q kthreadd /proc/2/comm || skip "no kernel threads are seen here"
	long=$(printf 'x%.0s' {1..300})
	sh -c 'exec sh -c "sleep 1000; : $1"' sh "$long" 3>&- & # sleep-ok: a process that stays
	pid=$!
	poll 10 eval 'inside=$(pgrep -P "$pid" -x sleep)'
	script 'unshare pid' 'peek processes' 'peek --all processes' # in a file: they are in no command line
	kill -KILL "$inside"
	end "$pid"
	assert_status 0
	few=${output%%peek --all*}
	[[ $few != *'a kernel thread'* ]]
	[[ $few =~ more,\ only\ outside,\ [0-9]+\ of\ them\ kernel\ threads ]]
	assert_output_has '[kthreadd], a kernel thread' "$pid: sh -c "
	[[ $output != *"$long"* ]]
	ct -c 'unshare pid; peek --json processes'
	assert_output_has '[kthreadd], a kernel thread'
}
