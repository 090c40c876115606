#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# caps and no_new_privs: what is in /proc/PID/status is what was asked for, and
# the same that setpriv and bubblewrap make of the same request.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

setup() {
	common_setup
	needs_root # to hold them, and to become a user whom nothing belongs to
	needs setpriv
}

sets='^(Cap...|NoNewPrivs):'

# same_as COMMAND... - the last ct printed the sets that a program of COMMAND has.
same_as() {
	assert_status 0
	assert_stderr ''
	[ "$output" = "$("$@" grep -E "$sets" /proc/self/status)" ] || explain "the sets of $*"
}

look="run grep -E '$sets' /proc/self/status"

@test "caps drop: out of all five sets, as setpriv does it" {
	ct -c "caps drop net_raw CAP_Sys_Time; $look"
	same_as setpriv --bounding-set -net_raw,-sys_time --inh-caps -all
	ct -c "caps drop all; $look"
	same_as setpriv --bounding-set -all --inh-caps -all
}

@test "caps keep: the others go, and none of them all" {
	ct -c "caps keep chown kill; $look"
	same_as setpriv --bounding-set -all,+chown,+kill --inh-caps -all
	ct -c "caps keep none; $look"
	same_as setpriv --bounding-set -all --inh-caps -all
}

@test "caps keep: as bubblewrap --cap-drop ALL --cap-add" {
	needs bwrap
	bwrap --bind / / --cap-drop ALL --cap-add CAP_CHOWN true 2>/dev/null || skip "bwrap does not run here"
	ct -c "caps keep chown; run grep -E '^Cap(Prm|Eff):' /proc/self/status"
	assert_result 0 "$(bwrap --bind / / --cap-drop ALL --cap-add CAP_CHOWN grep -E '^Cap(Prm|Eff):' /proc/self/status)" ''
}

@test "caps default: the fourteen that engines keep, in three sets, none in two" {
	ct -c "caps default; run grep ^Cap /proc/self/status"
	assert_result 0 $'CapInh:\t0000000000000000\nCapPrm:\t00000000a80425fb\nCapEff:\t00000000a80425fb\nCapBnd:\t00000000a80425fb\nCapAmb:\t0000000000000000' ''
}

@test "caps default: what the box does not hold is not added" {
	ct -c 'caps drop chown kill; caps default; caps show'
	assert_status 0
	assert_output_has 'permitted     dac_override fowner fsetid setgid' 'ambient       none'
	[[ $output != *chown* && $output != *kill* ]]
}

@test "caps drop: one set only; and a program of root gets back what is bounding" {
	ct -c "caps drop bounding net_raw; caps drop effective kill; caps show; run grep -E '^Cap(Eff|Bnd)' /proc/self/status"
	assert_status 0
	all=$(sed -nE 's/^CapBnd:\s+//p' /proc/self/status)
	bnd=$(printf %016x $((0x$all & ~(1 << 13))))
	[[ $output == *$'\n'CapEff:$'\t'"$bnd"$'\n'CapBnd:$'\t'"$bnd" ]] || explain "CapEff and CapBnd $bnd"
	[[ $(grep ^permitted <<<"$output") != *net_raw* && $(grep ^effective <<<"$output") == *kill* ]] ||
		explain 'kill not effective, net_raw permitted'
}

@test "caps show: all, none, all but some, some" {
	ct -c 'caps drop bounding kill; caps keep chown kill setpcap; caps drop effective chown; no_new_privs; caps show'
	assert_result 0 'permitted     chown kill setpcap
effective     kill setpcap
inheritable   none
bounding      chown setpcap
ambient       none
no_new_privs  1
securebits    none' ''
	[ -n "$(setpriv --bounding-set -kill grep 'CapBnd:.*1ff' /proc/self/status)" ] || skip 'root holds few capabilities here'
	ct -c 'caps drop bounding kill; caps show'
	[[ $(grep ^bounding <<<"$output") == 'bounding      all but kill'* ]] || explain 'all but kill'
}

@test "caps: a step that needs what was dropped says that it was given up" {
	ct -c 'caps drop sys_admin; unshare uts'
	assert_result 1 '' 'unshare(CLONE_NEWUTS) = EPERM'
	assert_stderr 'why: the box does not hold CAP_SYS_ADMIN' 'do: it was given up (caps show), and does not come back: reset'
	ct -c 'caps keep kill; -caps drop kill; caps drop permitted effective kill; run grep ^CapEff /proc/self/status'
	assert_status 0
	assert_stderr 'prctl(PR_CAPBSET_DROP, CAP_KILL) = EPERM' 'why: the box does not hold CAP_SETPCAP' 'do: only the bounding set takes it'
}

@test "caps: without any the box still runs programs, and changes its user namespace" {
	ct -c 'caps drop all; run echo one; unshare user; unshare uts; hostname x; run uname -n; exec echo two'
	assert_result 0 $'one\nx\ntwo' ''
}

@test "caps keep: nothing can be kept that is not there" {
	# It is the box that lacks it, not the words that are wrong.
	ct -c 'caps drop net_raw; caps keep chown permitted net_raw'
	assert_result 1 '' 'caps keep: the box does not hold net_raw' 'fix: caps keep chown permitted'
	ct -c "caps drop net_raw; $(sed -n 's/^  fix: //p' <<<"$stderr")"
	assert_result 0 '' ''
	ct -c 'caps drop net_raw; caps keep net_raw'
	assert_result 1 '' 'caps keep: the box does not hold net_raw' 'do: name those that it has: caps show'
}

@test "caps ambient: inheritable and ambient, for programs, and taken back" {
	ct -c "caps ambient kill chown; run grep -E '^Cap(Inh|Amb)' /proc/self/status; caps ambient none; run grep -E '^Cap(Inh|Amb)' /proc/self/status"
	assert_result 0 $'CapInh:\t0000000000000021\nCapAmb:\t0000000000000021\nCapInh:\t0000000000000000\nCapAmb:\t0000000000000000' ''
	ct -c "caps ambient kill chown; caps drop chown; run grep -E '^Cap(Inh|Amb)' /proc/self/status"
	assert_result 0 $'CapInh:\t0000000000000020\nCapAmb:\t0000000000000020' ''
}

@test "caps ambient: programs of a user who is not root hold them, as with setpriv" {
	plain=(setpriv --reuid 65534 --regid 65534 --clear-groups)
	run --separate-stderr "${plain[@]}" --inh-caps +kill,+chown --ambient-caps +kill,+chown "$CTRSH" -c "caps ambient kill; caps drop inheritable chown; $look"
	same_as "${plain[@]}" --inh-caps -all,+kill --ambient-caps -all,+kill
}

@test "caps ambient: what the box does not hold cannot be" {
	ct -c 'caps drop kill; caps ambient kill'
	assert_result 1 '' '= EPERM'
	assert_stderr 'why: the box itself does not hold kill'
}

@test "caps: names are checked while reading" {
	for bad in net_rwa CAP_ 13 '' CAP_NET_RAW_; do
		ct -c "run echo done; caps drop '$bad'"
		assert_result 2 '' "caps drop: no such capability: \"$bad\""
	done
	ct -c 'caps drop net_rwa'
	assert_stderr 'did you mean net_raw?'
	ct -c 'caps drop bounding'
	assert_result 2 '' 'caps drop: which capabilities? Their names, or all'
	ct -c 'caps keep none chown'
	assert_result 2 '' 'caps keep: either none or names'
	ct -c 'caps ambient effective chown'
	assert_result 2 '' 'caps ambient: takes names, no other set'
}

@test "caps: libcap and the kernel name the same, and all of them can be named" {
	for ((cap = 0; cap <= $(</proc/sys/kernel/cap_last_cap); cap++)); do
		name=$(setpriv --list-caps | sed -n "$((cap + 1))p")
		ct -c "caps drop effective $name; caps show"
		assert_status 0
		[[ $(grep ^effective <<<"$output") == *"$name"* ]] || explain "$name among what is missing"
	done
}

@test "no_new_privs: it is set, at once and for programs" {
	user -c 'no_new_privs; caps show; run grep NoNewPrivs /proc/self/status'
	assert_status 0
	assert_stderr ''
	assert_output_has 'no_new_privs  1' $'NoNewPrivs:\t1'
	user -c 'run grep NoNewPrivs /proc/self/status'
	assert_result 0 $'NoNewPrivs:\t0' ''
}

@test "no_new_privs: a set-user-ID program has no effect" {
	cp "$(command -v id)" id && chmod 4755 id
	[ "$(as_user ./id -u)" = 0 ] || skip "set-user-ID programs have no effect here"
	user -c "run $PWD/id -u; no_new_privs; run $PWD/id -u"
	assert_result 0 $'0\n65534' ''
}

@test "caps: rootless, in a user namespace of its own" {
	needs_userns
	user -c 'unshare user; caps keep sys_admin setpcap; caps show; unshare uts; hostname x; caps drop sys_admin; -hostname y; run uname -n'
	assert_status 0
	assert_output_has 'effective     setpcap sys_admin' 'bounding      setpcap sys_admin'
	assert_stderr 'sethostname("y", 1) = EPERM' 'it was given up'
	[ "${output##*$'\n'}" = x ]
}

@test "caps: a plain user holds none, and cannot limit what set-user-ID programs get" {
	user -c 'caps show; caps drop effective permitted all; caps drop kill'
	assert_status 1
	assert_output_has 'permitted     none' 'bounding      all'
	assert_stderr 'prctl(PR_CAPBSET_DROP, CAP_KILL) = EPERM' 'do: only the bounding set takes it' 'or unshare user first'
}

@test "caps: the box dies with ctrsh afterwards, too" {
	ctrsh -c 'caps default; no_new_privs; run sh -c "echo \$PPID >box; exec sleep 1000"' & # sleep-ok: a program that stays
	poll 10 test -s box
	box=$(<box)
	kill -KILL "$(ps -o ppid= "$box" | tr -d ' ')"
	ended 137 "$!"
	poll 10 refute is_alive "$box"
}

@test "caps: the trace is true" {
	needs_strace
	run --separate-stderr timeout -s KILL 360 strace -f -qq -X raw -o log -e trace=capset,prctl "$CTRSH" -x -c 'caps keep chown kill; caps drop kill permitted; caps ambient chown; no_new_privs; run true'
	assert_status 0
	made=$(grep -oE 'effective=(0x)?[0-9a-f]+, permitted=(0x)?[0-9a-f]+, inheritable=(0x)?[0-9a-f]+' log)
	shown=$(grep -oE 'effective=(0x)?[0-9a-f]+, permitted=(0x)?[0-9a-f]+, inheritable=(0x)?[0-9a-f]+' <<<"$stderr")
	[ -n "$shown" ] && [ "$(sort <<<"$made")" = "$(sort <<<"$shown")" ] || { echo "$made" && explain "the same sets"; }
	[ "$(grep -c 'PR_CAPBSET_DROP' <<<"$stderr")" = "$(grep -cE 'prctl\(0x18,' log)" ]
	assert_stderr 'prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_CHOWN, 0, 0) = 0' 'prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) = 0'
}

@test "caps: ALL and NONE, and names with or without cap_, in any case" {
	needs_root
	ct -c 'caps drop ALL; exec grep -E "^Cap(Eff|Bnd)" /proc/self/status'
	assert_result 0 $'CapEff:\t0000000000000000\nCapBnd:\t0000000000000000' ''
	ct -c 'caps keep Cap_Net_Raw KILL; exec grep ^CapEff /proc/self/status'
	assert_result 0 $'CapEff:\t0000000000002020' ''
}

@test "caps ambient all: what the box holds, for any user" {
	needs_root
	ct -c 'caps keep net_raw kill setuid setgid setpcap; caps ambient all; user 65534:65534; exec grep -E "^Cap(Amb|Eff)" /proc/self/status'
	assert_result 0 $'CapEff:\t00000000000021e0\nCapAmb:\t00000000000021e0' ''
}

@test "caps ambient: a plain user is told where capabilities are to be had" {
	needs_root
	user -c 'caps ambient net_raw'
	assert_result 1 '' 'why: the box itself does not hold net_raw'
	assert_stderr 'do: unshare user first'
}

@test "caps securebits: root is worth nothing; bits that are locked stay" {
	needs_root
	ct -c 'caps securebits noroot NO_SETUID_FIXUP; caps show; run grep ^CapEff /proc/self/status; caps securebits none; run grep ^CapEff /proc/self/status; caps securebits noroot noroot_locked; caps securebits none'
	assert_status 1
	assert_output_has 'noroot|no_setuid_fixup' $'CapEff:\t0000000000000000' "$(grep ^CapEff /proc/self/status)"
	assert_stderr 'prctl(PR_SET_SECUREBITS, 0) = EPERM' 'why: a bit whose _locked is set stays as it is'
	ct -n -c 'caps securebits fly'
	assert_result 2 '' 'no such bit: "fly"'
	user -c 'caps securebits noroot'
	assert_result 1 '' 'does not hold CAP_SETPCAP'
	user -c 'unshare user; map root; caps securebits noroot; exec grep ^CapEff /proc/self/status'
	assert_result 0 $'CapEff:\t0000000000000000' ''
}

@test "caps drop: a filter that forbids to ask what is in the bounding set is no success" {
	ct -c "seccomp deny prctl; run '$CTRSH' -c 'caps drop mknod'"
	[ "$status" = 1 ] || explain 'a failure'
	[[ $stderr == *"prctl(PR_CAPBSET_DROP, CAP_MKNOD) = EPERM"* ]] || explain "why not"
}

@test "caps ambient: what was named outlasts securebits and a change of the user" {
	needs_root
	ct -c 'caps ambient net_raw; caps securebits noroot; user 65534:65534; run grep ^CapEff /proc/self/status'
	assert_result 0 $'CapEff:\t0000000000002000' ''
}

@test "caps keep: what is permitted, but not in that set, and a remedy that works" {
	needs_root
	ct -c 'caps keep inheritable kill net_raw'
	assert_result 1 '' 'why: not in that set: it is permitted, but nothing made it inheritable yet'
	assert_stderr 'fix: caps ambient kill net_raw; caps keep inheritable kill net_raw'
	ct -c 'caps ambient kill net_raw; caps keep inheritable kill net_raw; caps drop ambient kill; run grep -E "^Cap(Inh|Amb)" /proc/self/status'
	assert_result 0 $'CapInh:\t0000000000002020\nCapAmb:\t0000000000002000' ''
	ct -c 'caps drop kill; caps keep ambient kill'
	assert_result 1 '' 'why: what is kept must be there'
}
