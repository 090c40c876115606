#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# System calls made to fail, one at a time: the error names the call, the
# status is right, nothing is left. strace counts calls for each process.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

setup() {
	strace_setup
	printf '%s\n' 'unshare uts pid mnt' 'hostname box' "chroot $ROOTFS" 'mount proc' 'run true' 'exec sh -c "exit 3"' >t.ctr
}

# fails_at CALL:ERROR:WHEN LINE TEXT - with this failure the script ends at that line, with the error as text.
fails_at() {
	local call error when
	IFS=: read -r call error when <<<"$1"
	inject "$call:error=$error:when=$when" t.ctr
	assert_result 1 '' "t.ctr:$2: $3" && assert_stderr "= $error (" &&
		as_it_was
}

@test "inject: without a failure the script works" {
	inject unshare:error=EPERM:when=9 t.ctr
	assert_result 3 '' ''
}

@test "inject: unshare" { fails_at unshare:EPERM:1 1 'unshare: unshare(CLONE_NEW'; }

@test "inject: the mount that makes mounts private" { fails_at mount:EPERM:1 1 'unshare: mount(NULL, "/", NULL, MS_REC|MS_PRIVATE, NULL)'; }

@test "inject: the fork of unshare pid" { fails_at clone:EAGAIN:1 1 'unshare: '; }

@test "inject: the pipe of unshare pid" { fails_at pipe2:EMFILE:1 1 'unshare: pipe2()'; }

@test "inject: sethostname" { fails_at sethostname:EPERM:1 2 'hostname: sethostname("box", 3)'; }

@test "inject: chroot, and the chdir after it" {
	fails_at chroot:EPERM:1 3 "chroot: chroot(\"$ROOTFS\")"
	fails_at chdir:EACCES:1 3 'chroot: chdir("/")'
}

@test "inject: the mount of proc" {
	printf '%s\n' "unshare pid" "chroot $ROOTFS" 'mount --host proc' >t.ctr
	run --separate-stderr outer timeout -s KILL 360 strace -f -qq -o /dev/null -e inject=mount:error=EBUSY:when=1 "$CTRSH" t.ctr
	assert_result 1 '' 't.ctr:3: mount proc: mount("proc", "/proc", "proc", MS_NOSUID|MS_NODEV|MS_NOEXEC, NULL) = EBUSY ('
}

@test "inject: umount2 and setns" {
	mkdir dir
	printf '%s\n' 'unshare mnt' 'mount tmpfs dir' 'umount dir' >t.ctr
	fails_at umount2:EBUSY:1 3 'umount: umount2("dir", UMOUNT_NOFOLLOW)'
	printf '%s\n' "chroot $ROOTFS" 'unshare mnt' >t.ctr
	fails_at setns:EPERM:1 2 'unshare: setns('
}

@test "inject: the socket and the fork of the box" {
	fails_at socketpair:EMFILE:1 1 'unshare: socketpair(AF_UNIX, SOCK_SEQPACKET)'
	echo 'cd /' >t.ctr
	fails_at clone:EAGAIN:1 1 'cd: fork()'
}

@test "inject: fork and pipe of run; the box lives on" {
	printf '%s\n' '-run echo one' 'run echo two' >t.ctr
	inject pipe2:error=EMFILE:when=1 t.ctr
	assert_result 0 two 't.ctr:1: run: pipe2() = EMFILE'
}

@test "inject: mkdir of the group, and the writes to its files" {
	needs_pids
	printf '%s\n' 'cgroup pids 20' 'run true' >t.ctr
	fails_at mkdir:ENOSPC:1 1 'cgroup pids: mkdir("/sys/fs/cgroup/'
	for error in EACCES EBUSY; do
		# The message that says so is written by another process, so it cannot be the second to fail.
		for n in 1 2 3; do
			inject "write:error=$error:when=$n" -c 'unshare uts; cgroup pids 20; run true'
			[ "$status" -le 1 ] && { [ "$status" -eq 1 ] || [ "$n" -gt 1 ]; } || explain "a failure at write $n"
			as_it_was
		done
	done
}

@test "inject: execve, in run and exec" {
	printf '%s\n' 'run /bin/true' 'run echo never' >t.ctr
	# The first execve of the child of the box; strace's own of ctrsh is made by another process.
	run --separate-stderr timeout -s KILL 360 strace -f -qq -o /dev/null -e inject=execve:error=ENOMEM:when=1 -P /bin/true "$CTRSH" t.ctr
	assert_result 126 '' 't.ctr:1: run: execve("/bin/true", ["/bin/true"], '
	assert_stderr '= ENOMEM ('
	echo 'exec /bin/true' >t.ctr
	run --separate-stderr timeout -s KILL 360 strace -f -qq -o /dev/null -e inject=execve:error=ENOMEM:when=1 -P /bin/true "$CTRSH" t.ctr
	assert_result 126 '' 't.ctr:1: exec: execve("/bin/true", ["/bin/true"], '
}

@test "inject: a message that cannot be sent or received ends the script, with a word, and nothing is left" {
	for call in sendmsg recvmsg; do
		for error in ENOBUFS ENOMEM ECONNRESET; do
			for n in {1..6}; do
				inject "$call:error=$error:when=$n" t.ctr
				[ "$status" -ne 0 ] && [ "$status" -ne 3 ] && [ "$status" -lt 140 ] || explain "a failure at $call $n"
				assert_stderr 't.ctr:'
				as_it_was
			done
		done
	done
}

@test "inject: a message that was interrupted is sent and received again" {
	for call in sendmsg recvmsg waitid; do
		inject "$call:error=EINTR:when=1" t.ctr
		assert_result 3 '' ''
	done
}

@test "inject: without pidfd_open, close_range or openat2, as on an older kernel" {
	for call in close_range openat2 pidfd_open; do
		run --separate-stderr timeout -s KILL 360 strace -f -qq -o /dev/null -e "inject=$call:error=ENOSYS" "$CTRSH" t.ctr
		assert_result 3 '' ''
	done
}

@test "inject: a slow kernel changes nothing" {
	inject mount:delay_enter=200000 t.ctr
	assert_result 3 '' ''
}

@test "inject: a mount namespace whose mounts could not be made private lets no mount reach the host" {
	mkdir dir
	run --separate-stderr outer sh -c '
		timeout -s KILL 360 strace -f -qq -o /dev/null -e inject=mount:error=EPERM:when=1 "$CTRSH" -c "-unshare mnt; -mount tmpfs dir"
		grep -c "/dir " /proc/self/mountinfo; true'
	assert_result 0 0 'unshare: mount(NULL, "/", NULL, MS_REC|MS_PRIVATE, NULL) = EPERM'
}
