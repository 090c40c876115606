#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A program that failed: what the kernel counted meanwhile is told, and what nothing tells is no cause.

# Lines of ctrsh stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154,SC2317

load ../lib/common

setup() {
	common_setup
	needs_root
}

@test "a program: forks that its limit of processes refused" {
	needs_pids
	ct -c 'cgroup pids 3; run sh -c "sleep 60 & sleep 60 & sleep 60 & wait"' # sleep-ok: they hold the places
	[ "$status" -ne 0 ]
	assert_stderr 'why: while it ran the kernel refused 1 fork' '; at most 3 processes may be in it, the box itself counted'
	# A failure without a refused fork, before and after one with.
	ct -c 'cgroup pids 3; -run false; -run sh -c "sleep 60 & sleep 60 & sleep 60 & wait"; run false' # sleep-ok: as above
	assert_status 1
	[ "$(grep -c 'the kernel refused' <<<"$stderr")" = 1 ]
}

@test "a program: SIGSEGV where a limit was lowered, and where none was" {
	[ -z "${CTRSH_SAN-}" ] || skip "the sanitizer needs its memory"
	ct -c 'rlimit stack 1K; run /bin/true'
	assert_result 139 '' 'why: a program that needs more memory than such a limit leaves it is sent this signal (setrlimit(2)), as is one with a fault of its own; the box has rlimit stack 1024'
	ct -c 'run sh -c "kill -SEGV \$\$"'
	assert_result 139 '' 'killed by signal 11'
	[[ $stderr != *why:* ]] || explain 'no cause'
}

@test "a program: why shows the box's own network" {
	ct -c 'unshare net; -run false; why'
	assert_output_has 'links in the box         lo down, loopback' 'routes in the box        none'
	ct -c '-run false; why'
	[[ $output != *'links in the box'* ]] || explain "not the host's"
}

# program_file NAME [LINE] - an executable file of this line in the root file system that a test has of its own.
program_file() {
	printf '%s' "${2+$2$'\n'}" >"root/bin/$1"
	chmod 755 "root/bin/$1"
}

@test "a program: the file in a chain of interpreters that is to blame, whatever it is" {
	cp -r "$ROOTFS" root
	mkfifo -m 755 root/bin/fifo
	mkdir root/bin/dir
	ln -s loop root/bin/loop
	program_file tofifo '#!/bin/fifo'
	program_file two '#!/bin/tofifo'
	program_file toplain '#!/bin/plain'
	program_file plain x && chmod 644 root/bin/plain
	program_file todir '#!/bin/dir'
	program_file toloop '#!/bin/loop'
	program_file self '#!/bin/self'
	program_file long "#!/$(printf '%0300d' 0)"
	program_file hollow '#!'
	program_file tonothing '#!/bin/nothing'
	program_file nothing
	while IFS='|' read -r name status why; do
		ct -c "chroot root; run /bin/$name"
		assert_result "$status" '' "why: $why" || { echo "$name" && return 1; }
	done <<-'END'
		tofifo|126|/bin/fifo is not a regular file; it is what /bin/tofifo asks for
		two|126|/bin/fifo is not a regular file; it is what /bin/tofifo asks for
		toplain|126|/bin/plain has no x permission for this user (mode 0644); it is what /bin/toplain asks for
		todir|126|/bin/dir is a directory; it is what /bin/todir asks for
		toloop|126|on the way to /bin/loop symbolic links lead in a circle
		self|126|the interpreter in the #! line of /bin/self is a script itself, and so on
		long|126|the #! line of /bin/long is longer than the 256 bytes that the kernel reads of it
		hollow|126|the #! line of /bin/hollow names no interpreter
		tonothing|126|/bin/nothing is empty; it is what /bin/tonothing asks for
	END
}

@test "a program: an ELF file whose headers lie, and a loader that is none" {
	cp -r "$ROOTFS" root
	at=$(LC_ALL=C grep -abo -m 1 '/lib[a-z0-9/_.-]*ld-[a-z0-9._-]*' root/bin/bash | head -n 1)
	[ -n "$at" ] || skip "bash is a static program here"
	mkfifo -m 755 root/bin/fifo
	printf 'no program\n' >root/bin/text && chmod 755 root/bin/text
	for name in fifo text; do
		cp root/bin/bash "root/bin/by$name"
		printf '/bin/%s\0' "$name" | dd of="root/bin/by$name" bs=1 seek="${at%%:*}" conv=notrunc status=none
	done
	cp root/bin/bash root/bin/headers
	printf '\377\377' | dd of=root/bin/headers bs=1 seek=56 conv=notrunc status=none # e_phnum (elf(5))
	printf '\377\377\377\377\377\377\377\177' | dd of=root/bin/headers bs=1 seek=32 conv=notrunc status=none
	ct -c 'chroot root; -run byfifo; -run bytext; run headers'
	assert_status 126
	assert_stderr 'why: /bin/fifo is not a regular file; it is what /' 'why: /bin/text is no ELF program; it is what /' \
		'/headers is an ELF program whose program headers (65535 at byte 9223372036854775807) do not lie within it'
}

# needs_shared PROGRAM - it has a loader of shared libraries, and the machine's C library is known.
needs_shared() {
	[ -z "${CTRSH_SAN-}" ] || skip "the sanitizer's box needs other calls"
	[ "$(uname -m)" = x86_64 ] || skip 'for x86_64'
	needs ldd
	ldd "$(type -P echo)" 2>/dev/null | grep -q 'libc\.so\.6' || skip 'a static echo, or of another C library'
}

@test "a program: a filter that refuses what comes before its first line; the remedy leads on" {
	needs_shared
	ct -c 'seccomp allow write; run echo hi'
	assert_result 139 '' 'why: the seccomp filter refuses mmap, mprotect, ' ' (EPERM), which programs call before their first line'
	fix=$(sed -n 's/^  fix: //p' <<<"$stderr")
	[[ $fix == 'seccomp allow mmap '*'; run echo hi' ]] || explain 'a line'
	ct -c "seccomp allow write; $fix"
	assert_result 0 hi ''
	ct -c 'seccomp allow write; exec echo hi'
	assert_result 139 '' 'the seccomp filter refuses mmap, '
	for line in 'seccomp deny mmap errno=EACCES' 'seccomp deny openat errno=EACCES' 'seccomp deny openat errno=EACCES; seccomp load'; do
		ct -c "$line; run echo hi"
		[ "$status" -gt 1 ] || explain "no program after $line"
		assert_stderr 'why: the seccomp filter refuses ' ' (EACCES), which programs call before' 'do: undo that line'
	done
	# What a program does later is no such cause.
	ct -c 'seccomp deny mkdir; seccomp default; run sh -c "exit 127"'
	assert_status 127
	[[ $stderr != *filter* ]] || explain 'no filter'
}

@test "a program: the call that the filter kills for" {
	ct -c 'seccomp kill mkdir mkdirat; run mkdir a'
	assert_result 159 '' 'why: it called one of these, for which the seccomp filter kills (SIGSYS): mkdir, mkdirat'
	ct -c 'seccomp kill uname; run uname'
	assert_result 159 '' 'why: it called uname, for which alone the seccomp filter kills'
	ct -c 'seccomp kill uname; exec uname'
	assert_result 159 '' 'it called uname, for which alone the seccomp filter kills'
	needs_shared
	ct -c 'seccomp kill mmap; run echo hi'
	assert_result 159 '' 'why: the seccomp filter kills for mmap, which programs call before their first line'
	ct -c 'seccomp allow write otherwise=kill; run echo hi'
	assert_result 159 '' 'why: the seccomp filter kills for mmap, mprotect, ' 'fix: seccomp allow mmap '
	ct -c "seccomp allow write otherwise=kill; $(sed -n 's/^  fix: //p' <<<"$stderr")"
	assert_result 159 '' 'why: it made a call that no seccomp allow line names'
	# Not one of an earlier program.
	ct -c 'seccomp kill uname; -run uname; run sh -c "kill -SYS \$\$"'
	assert_status 159
}

@test "a program: a limit of memory that it does not even start with, after exec as well" {
	[ -z "${CTRSH_SAN-}" ] || skip "the sanitizer needs its memory"
	ct -c 'rlimit stack 4K; exec echo hi'
	assert_result 139 '' 'a program that needs more memory than such a limit leaves it' 'the box has rlimit stack 4096'
	ct -c 'rlimit as 100K; exec echo hi'
	assert_result 139 '' 'the box has rlimit as 102400'
	ct -c 'exec sh -c "kill -SEGV \$\$"'
	assert_result 139 '' 'killed by signal 11'
	[[ $stderr != *'the box has'* ]] || explain 'no limit'
	needs_shared
	ct -c 'rlimit as 1M; run echo hi'
	assert_result 127 '' 'why: so ends a program whose libraries find no memory (ld.so(8))' 'the box has rlimit as 1048576'
}
