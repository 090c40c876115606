#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tree: the box with its namespaces and processes below the host, nested ones below it, with the numbers of lsns.

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

# mine FILTER - from the row of this session's box.
mine() { jq -r "[.tree[0].children[] | select(.what == \"this session's box\")][0] | $1" <<<"$json"; }

@test "tree: a fresh box shares everything" {
	ct -c tree
	assert_status 0
	assert_stderr ''
	assert_output_has host "this session's box" '(nothing is unshared)' '(a box of ctrsh)'
	[[ $output != *$'\033'* ]]
}

@test "tree: the namespaces of the box, and the process with both PIDs, as lsns has them" {
	ct -c "unshare uts pid mnt; run sh -c 'sleep 1000 >/dev/null 2>&1 & echo \$!'${settled}tree --json; !lsns -rno NS,TYPE -p \$(pgrep -P \$PPID -g 0 ctrsh)" # sleep-ok: a process that stays
	assert_status 0
	json=$(sed -n '2,/^}/p' <<<"$output")
	[ "$(mine '[.children[] | select(.type == "namespace") | .what] | join(" ")')" = 'uts pid mnt' ]
	for ns in uts pid mnt; do
		number=$(sed '1,/^}/d' <<<"$output" | sed -n "s/ $ns\$//p")
		[ "$(mine ".children[] | select(.what == \"$ns\") | .number")" = "$number" ]
	done
	[ "$(mine '.children[] | select(.type == "process") | .pid_inside')" = 1 ]
	[ "$(mine '.children[] | select(.type == "process") | .children[0] | "\(.pid_inside) \(.what)"')" = "${lines[0]} sleep 1000" ] # sleep-ok: a name
}

@test "tree: what a user namespace owns is below it" {
	ct -c 'unshare user uts net; tree --json'
	assert_status 0
	json=$output
	[ "$(mine '[.children[] | select(.type == "namespace") | .what] | join(" ")')" = user ]
	[ "$(mine '[.children[] | select(.what == "user") | .children[].what] | join(" ")')" = 'uts net' ]
	ct -c 'unshare uts; unshare user; tree --json'
	json=$output
	[ "$(mine '[.children[] | select(.type == "namespace") | .what] | sort | join(" ")')" = 'user uts' ]
}

@test "tree: a box made inside the box is below it, with its PID in each namespace" {
	mark=$((200000 + $$)) # nobody else's
	ct -c "unshare pid; run sh -c 'unshare -fpu sleep $mark >/dev/null 2>&1 & until pgrep -fx \"sleep $mark\" >/dev/null; do :; done'; tree" # sleep-ok: a process that stays
	assert_status 0
	assert_output_has 'inside it: '
	[[ $output =~ [0-9]+/1\ .*sleep\ $mark ]]
}

@test "tree: others' namespaces with --all, or when they are attached" {
	target_start unshare -u
	number=$(readlink "/proc/$target/ns/uts" | tr -dc 0-9)
	ct -c tree
	assert_status 0
	[[ $output != *"$number"* ]]
	assert_output_has 'not of ctrsh: tree --all'
	ct -c 'tree --all'
	assert_output_has "$number"
	ct -c "attach $target; tree"
	assert_output_has "$number"
}

@test "tree: twelve processes of a box, and how many more there are" {
	mark=$((100000 + $$))
	ct -c "unshare pid; run sh -c 'for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do sleep $mark >/dev/null 2>&1 & done'
		!until [ \$(pgrep -P \$(pgrep -P \$PPID -g 0 ctrsh) -xc sleep) = 14 ]; do :; done
		tree; tree --all" # sleep-ok: processes that stay
	assert_status 0
	assert_output_has 'and 3 more: tree --all'
	[ "$(grep -c "sleep $mark\$" <<<"$output")" = $((11 + 14)) ] # sleep-ok: a name
}

@test "tree, attach: ctrsh among others in namespaces that are not ours, who are no box" {
	needs jq
	mkfifo until
	unshare -mun sh -c "\"\$1\" -c 'status; !cat until'; :" sh "$CTRSH" >out 3>&- &
	target_top=$!
	poll 10 grep -q ^processes out
	poll 10 eval 'inner=$(pgrep -P "$target_top" -x ctrsh)'
	number=$(readlink "/proc/$inner/ns/mnt" | tr -dc 0-9)
	ct -c 'tree --json'
	assert_status 0
	json=$output
	ct -c 'attach --json'
	echo >until
	[ "$(jq -r "[.. | objects | select(.what == \"box of ctrsh $inner\")] | length" <<<"$json")" = 1 ]
	[ "$(jq -r "[.. | objects | select(.what == \"box of ctrsh $inner\") | .. | objects | select(.type == \"process\")] | length" <<<"$json")" = 1 ]
	[ "$(jq -r "[.. | objects | select(.type == \"processes\" and ([.children[]?.pid] | index($target_top))) | .. | objects | .pid] | index($inner) != null" <<<"$json")" = true ]
	[ "$(jq -r "[.. | objects | select(.number == $number)] | length" <<<"$json")" = 1 ]
	[ "$(jq -r ".processes[] | select(.pid == $target_top) | \"\(.box) \(.own)\"" <<<"$output")" = 'false uts mnt net' ]
}

@test "tree: where /proc shows the numbers of the namespace above" {
	run --separate-stderr unshare -pf "$CTRSH" -c tree
	assert_status 0
	assert_output_has "this session's box" '(a box of ctrsh)'
}
