#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run and exec: programs in the box, their status, and what they find.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

@test "run: comes back, and the box lives on" {
	ct -c 'cd /; run echo one; run echo two "three  four"; run pwd'
	assert_result 0 $'one\ntwo three  four\n/' ''
}

@test "exec: the box becomes the program" {
	ct -c 'exec echo hi'
	assert_result 0 hi ''
}

@test "exec: a path and arguments that look like options are the program's" {
	ct -c 'exec /bin/sh -c "echo \$0 \$1" --host -x'
	assert_result 0 '--host -x' ''
}

@test "run: a program that is not there" {
	ct -c 'run no-such-program'
	assert_result 127 '' "-c:1: run: no-such-program: no such program in the box's PATH"
	assert_stderr 'why: PATH is '
	ct -c 'run /no/such/program'
	assert_result 127 '' '-c:1: run: execve("/no/such/program"'
	assert_stderr '= ENOENT' 'why: there is no /no/such/program in the box'
}

@test "run: a program that may not be executed" {
	echo text >file
	ct -c 'run ./file'
	assert_result 126 '' '= EACCES'
	assert_stderr 'why: ./file has no x permission'
	ct -c "run $WORK"
	assert_result 126 '' "why: $WORK is a directory"
	chmod +x file
	ct -c 'run ./file'
	assert_result 126 '' '= ENOEXEC'
	assert_stderr 'why: ./file begins with neither #! nor the mark of an ELF program'
}

@test "run: the interpreter or the loader is what is missing" {
	printf '#!/no/such/sh\n' >prog && chmod +x prog
	ct -c 'run ./prog'
	assert_result 127 '' 'why: ./prog is there, but the interpreter in its #! line is not: /no/such/sh'
	printf '#!/bin/sh\r\n' >prog
	ct -c 'run ./prog'
	assert_result 127 '' 'why: ./prog has CRLF line ends'
}

@test "run: in a root without the loader" {
	needs_root
	mkdir -p root/bin && cp -L /bin/bash root/bin/bash
	ct -c 'chroot root; run /bin/bash'
	assert_result 127 '' 'why: /bin/bash is there, but the loader it asks for is not: /lib'
}

@test "exec: a failure leaves the box as it was, and -exec goes on" {
	ct -c 'cd /; -exec no-such-program; -exec /etc/passwd; run pwd; exec echo last'
	assert_result 0 $'/\nlast' 'exec: no-such-program: no such program'
	assert_stderr 'exec: execve("/etc/passwd"'
}

@test "exec: a failure in a PID namespace leaves PID 1 alive" {
	needs_root
	ct -c "unshare pid; -exec /nowhere; run sh -c 'echo \$PPID'; exec sh -c 'echo \$\$'"
	assert_result 0 $'1\n1' '= ENOENT'
}

@test "run: three descriptors and no more" {
	ct -c 'run ls /proc/self/fd; exec ls /proc/self/fd' 7</dev/null 9</dev/null
	# ls itself opens the directory as the fourth.
	assert_result 0 $'0\n1\n2\n3\n0\n1\n2\n3' ''
}

@test "run: signals are as at the start of a program, whatever the caller ignored" {
	run --separate-stderr sh -c 'trap "" CHLD PIPE; exec "$@"' sh "$CTRSH" -c 'run grep -E "Sig(Blk|Ign)" /proc/self/status; exec grep -E "Sig(Blk|Ign)" /proc/self/status'
	assert_result 0 "$(printf 'SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n%.0s' 1 2)" ''
}

@test "run: orphans are waited for, none stays a zombie" {
	needs_root
	ct -c "unshare pid mnt; chroot $ROOTFS; mount proc
		run sh -c 'i=0; while [ \$i -lt 200 ]; do (true &); i=\$((i+1)); done'
		run sh -c 'while grep -qs \"^State:.Z\" /proc/[0-9]*/status; do :; done; echo none'"
	assert_result 0 none ''
}

@test "run: many and long arguments arrive whole" {
	long=$(printf 'x%.0s' {1..20000})
	ct -c 'exec sh -c "echo \$# \${#1}" sh "$@"' "$long" $(seq 1 200)
	assert_result 0 '201 20000' ''
}

@test "run: more arguments than ctrsh can pass on is an error of its own" {
	ct -c 'exec echo "$@"' $(seq 1 5000)
	assert_result 2 '' 'exec: more than '
}

@test "run, exec: a session of its own, whose /dev/tty is nobody's" {
	ct -c 'run sh -c "[ \$(ps -o sid= \$\$) = \$\$ ] && ! (: </dev/tty)"; exec sh -c "[ \$(ps -o sid= \$\$) = \$\$ ]"'
	assert_result 0 '' 'No such device or address'
}

@test "run: what a program sends to its process group is its own affair" {
	ct -c '-run sh -c "kill -TERM 0"; !echo on'
	assert_result 0 on 'was killed by signal 15'
}
