#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# why: what it tells of the last failure, and what becomes of a failure that no
# diagnosis explains. The situations themselves are in the files why*.bats.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

@test "why: before any failure" {
	ct -c 'cd /; why'
	assert_result 2 '' '-c:1: why: nothing failed so far'
}

@test "why: the line, the call, the cause, what is checked, the man page, the fix, the facts" {
	needs_userns
	printf '%s\n' 'unshare user' '-mount --host proc' 'why' >t.ctr
	user t.ctr
	assert_status 0
	# shellcheck disable=SC1011 # the quotes end where they should
	[[ $output =~ ^t.ctr:2:\ +mount\ proc\ --host$'\n'failed:\ +mount\(\"proc\".*\ =\ EPERM\ \(Operation\ not\ permitted\)$'\n' ]]
	assert_output_has 'why:      proc shows the PID namespace' 'checked:  CAP_SYS_ADMIN in the user namespace that owns' \
		'man:      mount(2), mount_namespaces(7)' 'fix:      unshare pid; mount proc'
	[[ $output =~ $'\n'\ +CapEff\ +[0-9a-f]{16}\ +\(/proc/[0-9]+/status\) ]]
}

@test "why: the facts are those of the moment, and the kernel's" {
	needs_root
	ct -c 'unshare uts mnt; -mount nosuchtype none /mnt; why; unshare pid; why'
	assert_status 0
	[ "$(grep -c 'namespaces of its own *uts mnt  (' <<<"$output")" = 2 ]
	[ "$(grep -c 'nosuchtype *not in it  (/proc/filesystems)' <<<"$output")" = 2 ]
}

@test "why: the last failure stays when the box ends, and what why and fix say of themselves is none" {
	ct -c '-cd /nowhere; reset; why'
	assert_status 0
	assert_output_has 'why:      there is no /nowhere' 'line:     cd /nowhere' || assert_output_has '-c:1:     cd /nowhere'
}

@test "why: a cause that is not known is said to be none, with the facts" {
	needs strace
	needs_root
	[ -z "${CTRSH_SAN-}" ] || skip "the sanitizer does not work under strace"
	run --separate-stderr strace -f -qq -o /dev/null -e inject=sethostname:error=EIO timeout -s KILL 360 "$CTRSH" -c 'unshare uts; -hostname x; why'
	assert_status 0
	assert_stderr 'hostname: sethostname("x", 1) = EIO (Input/output error)' 'why: not known; of the box: ' ', Uid 0 0 0 0, CapEff 0'
	[[ $stderr != *fix:* ]]
	assert_output_has 'why:      not known: none of what was looked at explains it' 'namespaces of its own    uts' 'RLIMIT_NPROC'
}

@test "why: order errors were checked by ctrsh alone; a usage error has no facts" {
	ct -c '-hostname x; why'
	assert_status 0
	assert_output_has 'checked:  by ctrsh itself' 'fix:      unshare '
}

@test "why: what was looked at for one failure is not shown for another" {
	# One of an op, which looks; then one of another word, and one of an op that is refused before anything is asked.
	ct -c "-chroot /nonexist; why; -detach; why; attach $$; -chroot /elsewhere; why"
	assert_status 0
	[ "$(grep -c '^looked at, when it failed:' <<<"$output")" = 1 ]
	[ "$(grep -c '/nonexist  *No such file' <<<"$output")" = 1 ]
	assert_output_has 'failed:   detach: nothing is attached' 'chroot /elsewhere'
}

@test "why: names of files are shown without what a terminal would obey" {
	mkdir r
	printf -- '-chroot "r/\\x1b[2Jx"\nwhy\n' >$'a\e[2J.ctr'
	ct $'a\e[2J.ctr'
	assert_status 0
	assert_output_has 'a\033[2J.ctr:1:' 'r/\033[2Jx'
	[[ $output$stderr != *$'\e'* ]] || explain 'no escape'
}

@test "fix: in a file it is a mistake, found before anything is done" {
	script 'run touch done' 'fix'
	assert_result 2 '' 't.ctr:2:1: fix: only at a prompt'
	[ ! -e done ]
}

@test "fix: words in it are quoted, so that a name stays a name" {
	needs_root
	mkdir 'a; reset'
	ct -c 'unshare mnt; -remount "a; reset" ro; why'
	assert_status 0
	assert_output_has "fix:      mount bind 'a; reset' 'a; reset'; remount 'a; reset' ro"
	ct -c "unshare mnt; $(sed -n 's/^fix: *//p' <<<"$output"); -run sh -c '>\"a; reset/x\"'"
	assert_status 0
	assert_stderr 'Read-only file system'
}

@test "fix: each remedy that the sources hold as lines is read as lines" {
	local line word found n=0
	# The text of err_first, err_instead and err_first_names, on one line or the next.
	while read -r line; do
		n=$((n + 1))
		line=${line//%llu/1} line=${line//%ld/1} line=${line//%d/1} line=${line//%u/1}
		[[ $line == !* || $line == %s ]] && continue # it is sh's; it is a table's
		found=''
		for word in uts:uts /x:/x nproc:5 lo:lo 64M:64M kill:kill " read: read" 0:0 bind:0; do
			# With - in front no order of steps is asked for.
			ctrsh -n -c "-$(sed "s|%s|${word%:*}|; s|%s|${word#*:}|g; s/; /; -/g" <<<"$line")" >/dev/null 2>&1 && found=1 && break
		done
		[ -n "$found" ] || { echo "no lines: $line" && return 1; }
	done < <(cat "$TOP"/ops/*.c "$TOP"/ops/*/*.c "$TOP"/repl/*.c | tr -d '\n\t' | grep -oE 'err_(first|instead|first_names)\([a-z>-]+, *"[^"]*"' | sed -E 's/.*, *"(.*)"/\1/; s/user%s/user uts/')
	[ "$n" -ge 40 ]
}
