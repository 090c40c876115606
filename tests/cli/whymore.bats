#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A cause is said when it was seen: what a filter answers has none of the causes that its errno has elsewhere.

# Lines of ctrsh stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154,SC2317

load ../lib/common

setup() {
	common_setup
	needs_root
}

# filtered CALL ERRNO LINE [BEFORE] - LINE fails by a filter of the box, and no other cause is made up.
filtered() {
	ct -c "${4-}unshare mnt; seccomp deny $1 errno=$2; seccomp load; $3"
	assert_result 1 '' "$2" || return
	assert_stderr 'why: not known; a seccomp filter is in force in the box, and it may have answered' || return
}

@test "a filter's errno: chroot, mkdir, remount" {
	mkdir dir
	filtered chroot EACCES "chroot $WORK/dir"
	filtered mkdirat EACCES "mkdir $WORK/dir/new"
	filtered mount_setattr ENOSYS 'remount / ro'
	filtered mount_setattr EBUSY 'remount / ro'
}

@test "a filter's errno: umount of what nobody uses" {
	filtered umount2 EBUSY 'umount /mnt' 'unshare mnt; mount tmpfs /mnt; '
	[[ $stderr == *'no process that is seen from here'* ]]
	[[ $stderr != *fix:* ]]
}

@test "umount, remount: who uses it is named" {
	ct -c 'unshare mnt; mount tmpfs /mnt; run sh -c "exec 9>/mnt/f; sleep 60 & echo \$! >pid"; umount /mnt' # sleep-ok: it holds the file
	local pid
	pid=$(<pid)
	assert_result 1 '' "why: something uses it: process $pid has an open file there"
	assert_stderr 'fix: umount --lazy /mnt'
}

@test "a filter's errno: no control group" {
	ct -c "seccomp deny mkdir mkdirat errno=EACCES; run $CTRSH -c 'cgroup pids 5'"
	assert_result 1 '' '= EACCES'
	assert_stderr 'why: not known; '
	[[ $stderr != *'may make no group'* ]]
}

@test "a directory that root without its capabilities may not enter" {
	install -d -m 0700 -o 65534 dir
	ct -c "caps drop dac_override dac_read_search; chroot $WORK/dir"
	assert_result 1 '' "why: $WORK/dir has no x permission for user 0"
	ct -c "caps drop dac_override; mkdir $WORK/dir/new"
	assert_result 1 '' 'the box may not write there'
}

# inside LINE... - ctrsh in a user namespace that it did not make.
inside() { run --separate-stderr timeout -s KILL 360 unshare --user --map-root-user "$CTRSH" -c "$*"; }

@test "started in a user namespace: what shows a namespace from outside" {
	needs unshare
	for pair in proc:PID:pid sysfs:network:net mqueue:IPC:ipc cgroup2:cgroup:cgroup; do
		IFS=: read -r type title name <<<"$pair"
		inside "unshare mnt; mount tmpfs /mnt; mount $type /mnt"
		assert_result 1 '' "why: $type shows the $title namespace that its mounter is in, and the box still uses the host's" || return
		assert_stderr "fix: unshare $name; mount $type /mnt" || return
	done
}

@test "started in a user namespace: a locked mount, a device, a real-time policy" {
	needs unshare
	inside 'unshare mnt; umount /proc'
	assert_result 1 '' 'why: the mount came with the namespace from a more privileged one, and is locked'
	inside "mknod $WORK/null c 1 3"
	assert_result 1 '' 'why: the box holds CAP_MKNOD in its own user namespace only'
	inside 'sched fifo 5'
	assert_result 1 '' '= EPERM'
	assert_stderr 'why: '
	[[ $stderr != *'not known'* ]]
}

@test "proc partly covered, and behind chroot" {
	needs unshare
	mkdir -p root/proc
	run --separate-stderr outer sh -c "mount -t tmpfs none /proc/irq && exec timeout -s KILL 360 $CTRSH -c 'unshare user pid mnt; map root; chroot root; mount proc /proc'"
	assert_result 1 '' "why: the box's root shows no proc, and that of the host, at /proc, is partly covered (/proc/"
	assert_stderr 'do: reset, and before the root changes: mount rbind /proc'
}

@test "a limit of descriptors ends unshare pid: it is named, and no line of the ended box" {
	ct -c 'rlimit nofile 3; unshare pid mnt'
	assert_result 1 '' '= EMFILE'
	assert_stderr 'why: the limit works: RLIMIT_NOFILE is 3' 'do: unshare before the limit is set'
}

@test "a capability that only the effective set lost; a chroot of somebody else" {
	needs unshare
	ct -c 'caps drop effective sys_admin; unshare uts'
	assert_result 1 '' 'the permitted one (CapPrm ' 'reset, and take this step before the effective set loses it'
	[[ $stderr != *'does not come back'* ]]
	mkdir bound
	run --separate-stderr unshare --mount sh -c "mount --rbind / bound && exec timeout -s KILL 360 chroot bound $CTRSH -c 'unshare user'"
	assert_result 1 '' 'why: ctrsh was started after a chroot'
	ct -c 'seccomp deny unshare; seccomp load; unshare user'
	[[ $stderr != *'after a chroot'* ]]
}

@test "programs: a truncated ELF file, a file on the way, a name that is too long" {
	printf '\177ELF\1garbage' >elf
	chmod +x elf
	ct -c "run $WORK/elf"
	assert_result 126 '' 'begins with the mark of an ELF program, but ends within its header: it has 12 bytes, the header alone has 64'
	ct -c "run $WORK/elf/x"
	assert_result 126 '' "why: the part above $WORK/elf/x is not a directory"
	ct -c "run /$(printf 'a%.0s' {1..300})"
	assert_result 126 '' 'why: a name in it has 300 bytes, and 255 are the most'
}

@test "no proc at all: a control group" {
	run --separate-stderr outer sh -c "umount -l /proc && exec timeout -s KILL 360 $CTRSH -c 'cgroup pids 5'"
	assert_result 1 '' 'why: there is no /proc/mounts'
}
