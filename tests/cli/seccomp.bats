#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# seccomp: programs are bound by what was asked for, the box is not; as root
# and as a plain user; from 32-bit system calls, too.
# vm: short 6.12

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

setup_file() {
	CALL=$BATS_FILE_TMPDIR/call
	cc -D_GNU_SOURCE -O1 -o "$CALL" "$BATS_TEST_DIRNAME/../lib/call.c" || CALL=
	export CALL
	[ -z "$CALL" ] || chmod -R a+rX "$BATS_FILE_TMPDIR"
}

# needs_call - the program that makes one system call.
needs_call() { [ -n "$CALL" ] || skip 'no C compiler'; }

# needs_i386 - system calls of 32-bit programs of x86.
needs_i386() {
	needs_call
	[ "$("$CALL" -32 20)" -gt 0 ] 2>/dev/null || skip 'this machine makes no 32-bit system calls'
}

@test "seccomp deny: the call fails with EPERM, or with the errno that was chosen" {
	needs_root
	ct -c 'seccomp deny mkdir mkdirat; -run mkdir a; run grep ^Seccomp: /proc/self/status'
	assert_result 0 $'Seccomp:\t2' 'Operation not permitted'
	ct -c 'seccomp deny mkdir mkdirat errno=ENOSPC; run mkdir a'
	assert_result 1 '' 'No space left on device'
	[ ! -e a ]
}

@test "seccomp deny: the box itself is not bound, nor the programs before" {
	needs_root
	ct -c 'run mkdir a; seccomp deny mkdir mkdirat unshare mount sethostname sendmsg write socket; -run mkdir b; unshare mnt uts; mount tmpfs a; hostname x'
	assert_result 0 '' 'run: mkdir ended with status 1'
	[ -d a ]
	[ ! -e b ]
}

@test "seccomp: one filter in a program, none in the box, however often it is asked for" {
	needs_root
	ct -c 'seccomp deny mkdir; run true; seccomp deny rmdir; run grep ^Seccomp_filters /proc/self/status; exec grep ^Seccomp_filters /proc/self/status'
	filters=$(sed -nE 's/^Seccomp_filters:\s+//p' /proc/self/status)
	assert_result 0 $'Seccomp_filters:\t'"$((filters + 1))"$'\nSeccomp_filters:\t'"$((filters + 1))" ''
	ct -c 'seccomp deny mkdir; run true; !grep ^Seccomp: /proc/$(pgrep -P $PPID -g 0 ctrsh)/status'
	assert_result 0 $'Seccomp:\t'"$(sed -nE 's/^Seccomp:\s+//p' /proc/self/status)" ''
}

@test "seccomp allow: all others are denied, and a program still starts and ends" {
	needs_root
	needs_call
	cc -static -D_GNU_SOURCE -o still "$TOP/tests/lib/call.c" || skip 'no static C library'
	ct -c 'seccomp allow write fstat newfstatat ioctl mmap brk arch_prctl set_tid_address set_robust_list rseq prlimit64 readlink readlinkat getrandom mprotect; run ./still 39'
	assert_result 1 EPERM 'ended with status 1'
	ct -c 'seccomp allow write fstat newfstatat ioctl mmap brk arch_prctl set_tid_address set_robust_list rseq prlimit64 readlink readlinkat getrandom mprotect getpid errno=ENOTTY; -run ./still 39; run ./still 102'
	assert_result 1 "${output%%$'\n'*}"$'\nENOTTY' 'ended with status 1'
	[ "${output%%$'\n'*}" -gt 0 ]
}

@test "seccomp kill: the program dies of SIGSYS" {
	needs_root
	ct -c 'seccomp kill mkdir mkdirat; run mkdir a'
	assert_result 159 '' 'run: mkdir was killed by signal 31 (Bad system call)'
	[ ! -e a ]
}

@test "seccomp log: the call is carried out, and the filter asks for the log" {
	needs_root
	needs_strace
	run --separate-stderr timeout -s KILL 360 strace -f -qq -v -o log -e trace=seccomp "$CTRSH" -c 'seccomp log mkdir mkdirat; run mkdir a'
	assert_result 0 '' ''
	[ -d a ]
	grep -q 'BPF_RET|BPF_K, SECCOMP_RET_LOG)' log
}

@test "seccomp deny: programs of other word sizes are bound, too, and by the older forms" {
	needs_root
	needs_i386
	ct -c "-run $CALL -32 39 0; -run $CALL -32 22 0; seccomp deny mkdir umount2 errno=EXDEV; -run $CALL -32 39 0; -run $CALL -32 22 0; -run $CALL -32 52 0"
	[ "$output" = $'EFAULT\nEFAULT\nEXDEV\nEXDEV\nEXDEV' ] || explain 'mkdir, umount and umount2 denied'
}

@test "seccomp: names and errnos are checked while reading" {
	ct -c 'run echo done; seccomp deny mkdirr'
	assert_result 2 '' 'seccomp deny: no such system call: "mkdirr"'
	assert_stderr 'did you mean mkdir?'
	ct -c 'seccomp allow ""'
	assert_result 2 '' 'no such system call: ""'
	ct -c 'seccomp kill breakpoint'
	assert_result 2 '' 'seccomp kill: no system call of '
	ct -c 'seccomp deny mkdir errno=EACESS'
	assert_result 2 '' 'did you mean errno=EACCES?'
	ct -c 'seccomp deny errno=EACCES'
	assert_result 2 '' 'seccomp deny: which system calls?'
	ct -c 'seccomp deny mkdir errno=EIO errno=EPERM'
	assert_result 2 '' 'seccomp deny: one errno only'
	ct -c 'seccomp log mkdir errno=EIO'
	assert_result 2 '' 'no such system call: "errno=EIO"'
	ct -c 'seccomp default mkdir'
	assert_result 2 '' 'seccomp default: too many arguments'
	for needed in execve exit exit_group rt_sigreturn; do
		ct -c "seccomp deny $needed"
		assert_result 2 '' "seccomp deny: $needed cannot be denied"
		assert_stderr 'why: without execve, '
	done
}

@test "seccomp: what only 32-bit programs call so is named by its other name" {
	[ "$(uname -m)" = x86_64 ] || skip 'for x86_64'
	ct -c 'seccomp deny umount'
	assert_result 2 '' 'seccomp deny: no system call of x86_64: "umount"'
	assert_stderr 'only 32-bit programs have it, and for them it goes with umount2' 'do: umount2'
	needs_root
	ct -c 'seccomp deny socketcall vm86; run true'
	assert_result 0 '' ''
}

@test "seccomp: contradictions are refused, whatever the order, and change nothing" {
	needs_root
	ct -c 'seccomp deny mkdir; -seccomp allow getpid mkdir; -seccomp deny rmdir mkdir errno=EIO; seccomp deny mkdir; run true; -run mkdir a; run rmdir /nowhere/x'
	assert_status 1
	assert_stderr 'seccomp allow: mkdir is denied with EPERM already' 'seccomp deny: mkdir is denied with EPERM already' \
		'why: a call has one rule' 'mkdir: cannot create directory' 'No such file or directory'
	ct -c 'seccomp allow read errno=EIO; seccomp allow write errno=ENOSYS'
	assert_result 2 '' 'seccomp allow: what is not named is denied with EIO already'
	ct -c 'seccomp allow read errno=EIO; seccomp default'
	assert_result 2 '' 'seccomp default: what is not named is denied with EIO already'
	ct -c 'seccomp default; seccomp allow mount errno=EIO'
	assert_result 2 '' 'seccomp allow: what is not named is denied with EPERM already'
}

@test "seccomp default: what engines deny, by the capabilities that the program holds" {
	needs_root
	ct -c 'caps default; no_new_privs; seccomp default; -run unshare -m true; -run unshare -U true; -run dmesg; run chroot / true; run bash -c "(:) | :; mkdir a"; exec ls'
	assert_result 0 a 'unshare: unshare failed: Operation not permitted'
	[ "$(grep -c 'unshare failed: Operation not permitted' <<<"$stderr")" = 2 ]
	ct -c 'seccomp default; run unshare -m true'
	assert_result 0 '' ''
	ct -c 'caps drop sys_chroot; seccomp default; run chroot / true'
	assert_result 125 '' 'Operation not permitted'
	ct -c 'caps drop effective permitted sys_admin setuid; no_new_privs; seccomp default; run unshare -m true'
	assert_result 1 '' 'Operation not permitted'
}

@test "seccomp default: clone without namespaces only, clone3 not at all, unknown calls do not exist" {
	needs_root
	needs_call
	[ "$(uname -m)" = x86_64 ] || skip 'numbers of x86_64'
	ct -c "caps default; no_new_privs; seccomp default; -run $CALL 56 0x10000000; -run $CALL 435 0 0; -run $CALL 1000; -run $CALL 425 0 0; -run $CALL 248; -run $CALL -32 1000; -run $CALL -32 425 0 0"
	[ "$output" = $'EPERM\nENOSYS\nENOSYS\nEPERM\nEPERM\nENOSYS\nEPERM' ] || explain 'clone clone3 1000 io_uring_setup add_key 1000 io_uring_setup'
}

@test "seccomp default: socket families and personalities" {
	needs_root
	needs_call
	[ "$(uname -m)" = x86_64 ] || skip 'numbers of x86_64'
	ct -c "seccomp default; -run $CALL 41 38 5 0; -run $CALL 41 40 1 0; -run $CALL 41 0x100000026 5 0; -run $CALL 135 4; run $CALL 135 0xffffffff; run $CALL 41 1 1 0; run $CALL 41 16 3 0"
	[ "$output" = $'EPERM\nEPERM\nEPERM\nEPERM\n0\n3\n3' ] || explain 'AF_ALG, AF_VSOCK, AF_ALG, a personality; then allowed'
}

@test "seccomp default: the other seccomp lines change it, before or after" {
	needs_root
	for line in 'seccomp default; seccomp allow unshare; seccomp deny chmod fchmodat errno=EIO' 'seccomp deny chmod fchmodat errno=EIO; seccomp allow unshare; seccomp default'; do
		ct -c "caps default; no_new_privs; $line; run unshare -U true; run chmod 600 ."
		assert_result 1 '' 'chmod: changing permissions'
		assert_stderr 'Input/output error'
	done
}

@test "seccomp: as a plain user with no_new_privs" {
	needs_root
	user -c 'no_new_privs; seccomp default; seccomp deny mkdir mkdirat; -run mkdir /tmp/never; -run unshare -U true; exec grep -E "^(NoNewPrivs|Seccomp):" /proc/self/status'
	assert_result 0 $'NoNewPrivs:\t1\nSeccomp:\t2' 'mkdir: cannot create directory'
	assert_stderr 'unshare failed: Operation not permitted'
}

@test "seccomp: without CAP_SYS_ADMIN and no_new_privs it is refused at once" {
	needs_root
	for line in 'seccomp default' 'seccomp deny mkdir' 'seccomp allow mkdir' 'seccomp log mkdir' 'seccomp kill mkdir'; do
		user -c "$line; run echo never"
		assert_result 2 '' 'the kernel would take no filter from this box'
		assert_stderr 'why: it neither holds CAP_SYS_ADMIN nor has no_new_privs set' "fix: no_new_privs; $line"
	done
}

@test "seccomp: the capability given up afterwards: the program does not start, and why" {
	needs_root
	ct -c 'seccomp default; caps default; -run echo never; no_new_privs; run echo ever'
	assert_result 0 ever 'run: seccomp(SECCOMP_SET_MODE_FILTER, 0, {len='
	assert_stderr '= EACCES' 'why: the box does not hold CAP_SYS_ADMIN any more' 'fix: no_new_privs'
}

@test "seccomp: rootless, in a user namespace of its own" {
	needs_root
	needs_userns
	user -c "unshare user uts mnt pid; seccomp default; hostname x; mount tmpfs /mnt; -run unshare -U true; exec sh -c 'uname -n; echo \$\$'"
	assert_result 0 $'x\n1' 'unshare failed: Operation not permitted'
}

@test "seccomp: exec that fails leaves the box as it was; then it becomes the program" {
	needs_root
	ct -c 'unshare pid mnt uts; seccomp allow read errno=EIO; -exec /nowhere; -exec /etc/passwd; hostname y; unshare user; run true'
	[[ $status =~ ^(139|127)$ ]] || explain "SIGSEGV, or 127 of a newer dynamic linker"
	assert_stderr 'execve("/nowhere", ["/nowhere"]' '= ENOENT' '= EACCES' ': run: true '
	ct -c 'unshare pid; seccomp deny mkdir; -exec /nowhere; exec sh -c "echo \$\$; mkdir a || exit 7"'
	assert_result 7 1 'Operation not permitted'
}

@test "seccomp: exec keeps its process, its children, and dies with ctrsh" {
	needs_root
	ctrsh -c 'seccomp deny mkdir; exec sh -c "echo \$\$ >box; exec sleep 1000"' & # sleep-ok: a program that stays
	poll 10 test -s box
	box=$(<box)
	[ "$(awk '/^Threads:/ { print $2 }' "/proc/$box/status")" = 1 ]
	kill -KILL "$(ps -o ppid= "$box" | tr -d ' ')"
	ended 137 "$!"
	poll 10 refute is_alive "$box"
}

@test "seccomp: in a foreign root, where nothing can be loaded" {
	needs_root
	ct -c "unshare mnt pid; chroot $ROOTFS; mount proc; caps default; no_new_privs; seccomp default; -run mount -t proc proc /proc; exec sh -c 'grep -E ^Seccomp: /proc/self/status'"
	assert_result 0 $'Seccomp:\t2' 'mount: permission denied'
}

@test "seccomp: a thread more than the limit of processes allows" {
	needs_pids
	ct -c 'seccomp deny mkdir; cgroup pids 1; -exec true; cgroup pids 5; exec echo ok'
	assert_result 0 ok 'exec: clone(CLONE_VM|CLONE_THREAD|...) = EAGAIN'
	assert_stderr 'why: the limit works: '
}

@test "seccomp: the trace is true" {
	needs_root
	needs_strace
	run --separate-stderr timeout -s KILL 360 strace -f -qq -o log -e trace=seccomp "$CTRSH" -x -c 'seccomp deny mkdir; run true; caps default; -run true; no_new_privs; seccomp default; -exec /nowhere; exec true'
	assert_status 0
	made=$(sed -nE 's/^[0-9]+ +(seccomp\(SECCOMP_SET_MODE_FILTER, 0, \{len=[0-9]+), filter=[^}]*\}\) += (-?[0-9]+).*/\1 \2/p' log)
	shown=$(sed -nE 's/^ *box +(seccomp\(SECCOMP_SET_MODE_FILTER, 0, \{len=[0-9]+), filter=[^}]*\}\) += (-?[0-9]+).*/\1 \2/p' <<<"$stderr")
	[ "$(wc -l <<<"$shown")" = 4 ] && [ "$made" = "$shown" ] || { echo "$made" && explain 'the same calls'; }
}

@test "seccomp show: the rules so far" {
	needs_root
	ct -c 'seccomp show; seccomp kill mkdir; seccomp deny rmdir errno=EIO; seccomp allow umount2; seccomp show; seccomp default; seccomp log open; seccomp show'
	assert_result 0 'all calls            allowed
mkdir                killed for
rmdir                denied with EIO
umount2              allowed
all others           denied with EPERM
mkdir                killed for
rmdir                denied with EIO
umount2              allowed
open                 logged
all others           as container engines have it' ''
}

@test "seccomp load: Docker's state: the filter, fourteen capabilities, and no no_new_privs" {
	needs_root
	ct -x -c 'unshare mnt; seccomp default; seccomp load caps=default; caps default; run grep -E "^(CapEff|NoNewPrivs|Seccomp):" /proc/self/status; -run unshare -U true; exec grep -E "^(CapEff|NoNewPrivs|Seccomp):" /proc/self/status'
	state=$'CapEff:\t00000000a80425fb\nNoNewPrivs:\t0\nSeccomp:\t2'
	assert_result 0 "$state"$'\n'"$state" 'unshare failed: Operation not permitted'
	[ "$(grep -c 'seccomp(SECCOMP_SET_MODE_FILTER, 0, {len=' <<<"$stderr")" = 1 ]
}

@test "seccomp load: later steps are subject to it, and the error says so" {
	needs_root
	ct -c 'unshare uts mnt; seccomp deny sethostname errno=EACCES; seccomp load; seccomp show; -hostname x; seccomp deny mkdir; seccomp show; run sh -c "mkdir a; grep ^Seccomp: /proc/self/status"'
	assert_result 0 "filters in force     $(($(awk '/^Seccomp_filters:/ { print $2 }' /proc/self/status) + 1)), of the box and its programs
further rules        none
filters in force     $(($(awk '/^Seccomp_filters:/ { print $2 }' /proc/self/status) + 1)), of the box and its programs
mkdir                denied with EPERM
all others           allowed
Seccomp:	2" 'hostname: sethostname("x", 1) = EACCES'
	assert_stderr 'why: the box holds CAP_SYS_ADMIN, but a seccomp filter is in force (Seccomp: 2), that of this session' 'mkdir:'
}

@test "seccomp load: refused without rules, without privilege, and where the box could not go on" {
	needs_root
	ct -c 'seccomp load'
	assert_result 2 '' 'seccomp load: there are no rules to load'
	ct -c 'seccomp allow read write; seccomp load'
	assert_result 2 '' 'seccomp load: the box itself could not go on without recvmsg'
	ct -c 'seccomp load caps=fly'
	assert_result 2 '' 'no such capability: "fly"'
	ct -c 'seccomp load now'
	assert_result 2 '' 'not understood: "now"'
	ct -c 'seccomp deny mkdir; caps drop sys_admin; seccomp load'
	assert_result 2 '' 'the kernel would take no filter from this box'
}

@test "seccomp load: as a plain user, with no_new_privs" {
	needs_root
	user -c 'no_new_privs; seccomp deny mkdir; seccomp load; -run mkdir a; exec grep ^Seccomp: /proc/self/status'
	assert_result 0 $'Seccomp:\t2' 'Operation not permitted'
}

@test "seccomp: conditions on arguments" {
	needs_root
	needs_call
	# alarm(seconds): which may not be set
	while IFS='|' read -r condition denied; do
		seen=
		for n in 98 99 100 101; do
			run --separate-stderr ctrsh -c "seccomp deny alarm $condition errno=ELOOP; run $CALL 37 $n"
			[ "$output" != ELOOP ] || seen+=" $n"
		done
		[ "${seen# }" = "$denied" ] || { echo "$condition: $seen" && return 1; }
	done <<-'END'
		arg0=100|100
		arg0==0x63|99
		arg0!=100 arg1=0|98 99 101
		arg0>99|100 101
		arg0<=99|98 99
		arg0>=101|101
		arg0&0xff=0x62|98
		arg0&1=1|99 101
	END
}

@test "seccomp: a condition goes before the rules without, and adds to what is allowed" {
	needs_root
	needs_call
	ct -c "seccomp default; seccomp deny close arg0=100 errno=13; seccomp trap close arg0=101; seccomp show; -run $CALL 3 99; -run $CALL 3 100; -run $CALL 3 101; -run $CALL 135 0x40000; seccomp allow personality arg0=0x40000; run $CALL 135 0x40000"
	assert_result 0 'close arg0=0x64: denied with EACCES
close arg0=0x65: trapped
all others           as container engines have it
EBADF
EACCES
EPERM
0' 'was killed by signal 31 (Bad system call)'
	ct -c "seccomp deny alarm errno=7; seccomp kill alarm arg0=101 arg1=1; -run $CALL 37 101 1; run $CALL 37 101"
	assert_result 1 E2BIG 'was killed by signal 31'
}

@test "seccomp: words that are no conditions, and an errno by its number" {
	while IFS='|' read -r words message; do
		ct -n -c "seccomp deny $words"
		[ "$status" = 2 ] && [[ $stderr == *"$message"* ]] || { echo "$words: $stderr" && return 1; }
	done <<-'END'
		arg0=1|a condition follows the name of its call
		mkdir arg6=1|no condition: "arg6=1"
		mkdir arg0|no condition: "arg0"
		mkdir arg0=x|no condition: "arg0=x"
		mkdir arg0&3!=1|no condition
		mkdir arg0&3=4|never so
		mkdir arg0>1 arg0<7|arg0 is compared twice
		mkdir errno=0|no such errno
		mkdir errno=4096|no such errno
	END
	ct -nq -c 'seccomp deny mkdir arg1&07777=0700 errno=4095'
	assert_result 0 '' ''
	needs_root
	ct -c 'seccomp deny mkdir errno=999; seccomp show; -seccomp deny mkdir; seccomp deny rmdir arg0=0; -seccomp allow rmdir arg0=0'
	assert_result 0 'mkdir                denied with errno 999
all others           allowed' 'seccomp deny: mkdir is denied with errno 999 already'
	assert_stderr 'seccomp allow: rmdir is denied with EPERM already'
}

@test "seccomp: a filter is made whatever limits the box has for files" {
	ct -c 'rlimit fsize 0; no_new_privs; seccomp default; run true'
	assert_result 0 '' ''
}

@test "seccomp allow: what is not named kills, is trapped or logged, as otherwise= says" {
	needs_root
	needs_call
	cc -static -D_GNU_SOURCE -o still "$TOP/tests/lib/call.c" || skip 'no static C library'
	calls='write fstat newfstatat ioctl mmap brk arch_prctl set_tid_address set_robust_list rseq prlimit64 readlink readlinkat getrandom mprotect'
	ct -c "seccomp allow $calls otherwise=kill; -run ./still 39; seccomp show; seccomp allow getpid; run ./still 39"
	assert_status 0
	assert_stderr './still was killed by signal 31'
	assert_output_has 'all others           killed for'
	[ "$(tail -n 1 <<<"$output")" -gt 0 ]
	ct -c "seccomp allow $calls otherwise=log; run ./still 39"
	assert_status 0
	ct -c "seccomp allow $calls otherwise=trap; exec ./still 39"
	assert_status 159
	ct -c 'seccomp allow read otherwise=kill; -seccomp allow write errno=EIO; -seccomp default; seccomp deny read otherwise=kill'
	assert_status 2
	ct -c 'seccomp allow read otherwise=kill; -seccomp allow write errno=EIO; -seccomp allow write otherwise=kill; -exec /nowhere; seccomp default'
	assert_result 2 '' 'seccomp allow: what is not named is killed for already'
	assert_stderr 'seccomp default: what is not named is killed for already' 'there is no /nowhere'
	ct -c 'seccomp allow read otherwise=ignore'
	assert_result 2 '' 'seccomp allow: not known: otherwise=ignore'
	ct -c 'seccomp allow read otherwise=kill errno=EIO'
	assert_result 2 '' 'seccomp allow: one errno only, or one otherwise='
}
