#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The situations that people ask about, each produced for real: what they are
# told, and that the lines behind fix: mend it. Those of cgroup v2 are in
# whycgroup.bats.
# vm: short 6.12

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

setup() {
	common_setup
	needs_root
	needs setpriv
}

# mended WHO BEFORE LINE - after BEFORE, LINE fails; with the lines behind fix: in its place all succeeds. What is left
# in $stderr is what the failure said.
mended() {
	local fix said
	"$1" -c "$2; $3"
	[ "$status" -ne 0 ] || explain "a failure of $3" || return
	said=$stderr
	fix=$(sed -n 's/^  fix: //p' <<<"$said")
	[ -n "$fix" ] || explain "a fix" || return
	"$1" -c "$2; $fix"
	[ "$status" -eq 0 ] || { echo "the fix: $fix" && explain "success with the fix"; } || return
	stderr=$said
}

@test "why 1: no privilege: unshare, hostname, chroot, mount" {
	needs_userns
	for line in 'unshare uts' 'hostname --host x' 'hostname x' "chroot $ROOTFS" 'mount tmpfs /mnt'; do
		mended user 'cd /' "$line" || return
		assert_stderr 'fix: unshare user' || return
		[[ $stderr == *'the box does not hold CAP_SYS_'*'user namespace of his own, or with sudo'* || $stderr == *'still shares'* ]] || explain "why" || return
	done
}

@test "why 2: the limit of user namespaces, and their depth" {
	needs_userns
	as_user unshare -U --map-root-user sh -c 'echo 0 >/proc/sys/user/max_user_namespaces && exec "$0" -c "unshare user"' "$CTRSH" 2>err && return 1
	grep -q 'ENOSPC' err
	grep -q 'why: not the disk: /proc/sys/user/max_user_namespaces is 0' err
	grep -q 'fix: !sysctl -w user.max_user_namespaces=1000' err
	mended user 'unshare user; map root; unshare uts; sysctl user.max_uts_namespaces 0' 'unshare uts'
	assert_stderr "why: not the disk: in the box's user namespace /proc/sys/user/max_uts_namespaces is 0 (outside " 'fix: sysctl user.max_uts_namespaces 1000; unshare uts'
	user -c "$(for _ in {1..34}; do printf 'unshare user; map root; '; done)"
	assert_status 1
	assert_stderr 'why: not the disk: the box is ' ' user namespaces deep, and the kernel allows no more'
}

@test "why 4: started under a seccomp filter, or without capabilities" {
	needs_userns
	ct -c "seccomp deny unshare; run setpriv --reuid 65534 --regid 65534 --clear-groups $CTRSH -c 'unshare user'"
	assert_stderr 'why: ctrsh was started under a seccomp filter that refuses unshare' 'even unshare(0), which asks for nothing, gives EPERM' 'do: start ctrsh outside of that container'
	ct -c "seccomp deny chroot mount; run $CTRSH -c 'chroot /'"
	assert_stderr 'refuses chroot' 'even chroot(NULL)'
	ct -c "unshare mnt; seccomp deny mount; run $CTRSH -c 'mount --host tmpfs /mnt'"
	assert_stderr 'refuses mount' 'even mount(NULL, NULL, NULL, 0, NULL)'
	ct -c "caps drop sys_admin; run $CTRSH -c 'unshare uts'"
	assert_stderr 'why: the box does not hold CAP_SYS_ADMIN (its user ID is 0' 'do: run ctrsh where root has its capabilities (a container takes them away)'
}

@test "why 4: a filter that is there but lets the call pass is not blamed" {
	needs_userns
	ct -c "seccomp deny reboot; run setpriv --reuid 65534 --regid 65534 --clear-groups $CTRSH -c 'unshare uts'"
	assert_stderr 'why: the box does not hold CAP_SYS_ADMIN'
	[[ $stderr != *filter* ]]
}

@test "why 5, 6, 7: maps: twice, others' IDs, groups before setgroups" {
	needs_userns
	user -c 'unshare user; map root; map root'
	assert_result 1 '' 'why: a map is written once, and uid_map of the box says: 0 65534 1'
	user -c 'unshare user; map uid 0 0 10'
	assert_result 1 '' 'one may map only oneself: one range, of one ID, 65534'
	assert_stderr '/etc/subuid'
	mended user 'unshare user; map uid 0 65534 1' 'map gid 0 65534 1'
	assert_stderr 'why: setgroups is still allowed' 'fix: map setgroups deny; map gid 0 65534 1'
}

@test "why 8: an ID that is not mapped" {
	needs_userns
	user -c 'unshare user; map root; setuid 5'
	assert_result 1 '' 'setuid(5) = EINVAL'
	assert_stderr 'why: this ID is not mapped' 'is 0 65534 1'
}

@test "why 9: a user namespace after chroot, or where the IDs are not mapped" {
	ct -c "chroot $ROOTFS; unshare user"
	assert_result 1 '' 'why: the box has another root: after chroot'
	assert_stderr 'do: reset, and unshare user before chroot'
	mended ct 'unshare user' 'unshare user'
	assert_stderr 'has no uid_map' 'fix: map root; unshare user'
}

@test "why 10, 23: no error, so the trace and the guard tell: the box is the child; the working directory" {
	ct -x -c 'unshare pid; run sh -c "echo \$PPID"'
	assert_result 0 1 'clone(CLONE_PARENT|SIGCHLD) = '
	ct -x -c "chroot $ROOTFS; run pwd"
	assert_result 0 / 'chdir("/") = 0'
}

@test "why 11: a PID namespace without its init is not memory" {
	needs unshare
	ct -c "unshare pid; keep pid $WORK/kept; reset; join $WORK/kept"
	local said=$stderr
	umount "$WORK/kept"
	[ "$status" -eq 1 ]
	stderr=$said
	assert_stderr '= ENOMEM' 'why: not memory: the PID namespace has lost its init'
}

@test "why 12, 14: what shows a namespace that is the host's" {
	needs_userns
	local pair
	for pair in proc:pid sysfs:net mqueue:ipc cgroup2:cgroup; do
		mended user "unshare user mnt; mount tmpfs /mnt" "mount ${pair%:*} /mnt" || return
		assert_stderr "why: ${pair%:*} shows the " "fix: unshare ${pair#*:}; mount ${pair%:*} /mnt" || return
	done
}

@test "why 13: proc where the one that is there is partly covered" {
	needs_userns
	run --separate-stderr outer sh -c "mount -t tmpfs none /proc/irq && exec setpriv --reuid 65534 --regid 65534 --clear-groups timeout -s KILL 360 $CTRSH -c 'unshare user pid mnt; mount proc /mnt'"
	assert_result 1 '' 'why: the proc that the box has, at /proc, is partly covered (/proc/'
	assert_stderr 'do: mount rbind /proc, or run ctrsh outside of this container'
}

@test "why 15: mounts that would reach the host" {
	run --separate-stderr outer timeout -s KILL 360 "$CTRSH" -c 'unshare mnt --propagation shared; mount tmpfs /mnt'
	assert_result 2 '' 'why: the mount at / is shared with the host'
	assert_stderr 'fix: propagation --recursive private; mount tmpfs /mnt'
	run --separate-stderr outer timeout -s KILL 360 "$CTRSH" -c 'unshare mnt --propagation shared; propagation --recursive private; mount tmpfs /mnt'
	assert_status 0
}

@test "why 16: a mount that came locked; a bind without what is mounted below" {
	needs_userns
	user -c 'unshare user mnt; umount /proc'
	assert_result 1 '' 'is locked (mount_namespaces(7)); mount something over it instead'
	mended user 'unshare user mnt' 'mount bind / /mnt'
	assert_stderr 'locked: a copy without it would show what it covers' 'fix: mount rbind / /mnt'
}

@test "why 17: devpts for a group that is not mapped" {
	needs_userns
	user -c 'unshare user mnt; map root; mount devpts /mnt gid=5'
	assert_result 1 '' "why: gid=5: that ID does not exist in the box's user namespace"
	user -c 'unshare user mnt; map root; mount devpts /mnt'
	assert_status 0
}

@test "why 18: a device file in a user namespace" {
	needs_userns
	mended user 'unshare user mnt; map root; mount tmpfs /mnt mode=755' 'mknod /mnt/null c 1 3'
	assert_stderr 'why: the box holds CAP_MKNOD in its own user namespace only' 'fix: run touch /mnt/null; mount bind /dev/null /mnt/null'
	user -c 'unshare user mnt; map root; mount tmpfs /mnt; mknod /mnt/nvram c 10 144'
	assert_result 1 '' "do: bind the host's device file onto an empty file"
}

@test "why 19: pivot_root to a plain directory: EBUSY on the mount of the root, EINVAL on another" {
	local error=EINVAL
	[ "$(findmnt -no TARGET -T .)" != / ] || error=EBUSY
	mkdir new new/old
	chmod 777 new new/old
	mended ct "cd $WORK; unshare mnt" 'pivot_root new new/old'
	assert_stderr "= $error" 'why: new is a directory, but no mount point' 'fix: mount bind new new; pivot_root new new/old'
	needs_userns
	user -c "cd $WORK; unshare user mnt; pivot_root new new/old"
	assert_result 1 '' 'pivot_root("new", "new/old") = E'
	assert_stderr 'why: new is a directory, but no mount point' 'fix: mount '
}

@test "why 20: overlay: no workdir, one on another file system" {
	local before='unshare mnt; mount tmpfs /mnt; mkdir /mnt/u; mkdir /mnt/l; mkdir /mnt/m'
	mended ct "$before" 'mount overlay /mnt/m lower=/mnt/l upper=/mnt/u work=/mnt/w'
	assert_stderr 'why: there is no /mnt/w' 'fix: mkdir --parents /mnt/w; mount overlay'
	ct -c "$before; mkdir /mnt/w; mount tmpfs /mnt/w; mount overlay /mnt/m lower=/mnt/l upper=/mnt/u work=/mnt/w"
	assert_result 1 '' 'why: upper and work are on different file systems'
}

@test "why 21, 22: a program that is there and is none" {
	printf '#!/bin/sh\r\ntrue\r\n' >crlf
	printf '#!/no/such\n' >interpreter
	sed 's#/lib64/ld-linux#/lib64/lx-linux#' /bin/true >loader
	echo junk >junk
	printf '#!/bin/sh\n' >nox
	chmod 755 crlf interpreter loader junk
	chmod 644 nox
	for pair in 'crlf=has CRLF line ends' 'interpreter=the interpreter in its #! line is not: /no/such' \
		'loader=the loader it asks for is not: /lib64/lx-linux' 'junk=begins with neither #! nor the mark of an ELF program' 'nox=has no x permission'; do
		ct -c "run ./${pair%%=*}"
		[ "$status" -ne 0 ] || return
		assert_stderr "why: ./${pair%%=*} " "${pair#*=}" || return
	done
	printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000\267\000\001\000\000\000' >arm
	head -c 200 /dev/zero >>arm
	: >empty
	chmod 755 arm empty
	ct -c 'run ./arm'
	assert_stderr '= ENOEXEC' 'why: ./arm is an ELF file for 64-bit ARM (aarch64) (e_machine 183) of type 2, and this kernel ('
	ct -c 'run ./empty'
	assert_stderr '= ENOEXEC' 'why: ./empty is empty'
	ct -c 'unshare mnt; mount tmpfs /mnt noexec; run cp /bin/true /mnt/t; run /mnt/t'
	assert_stderr '= EACCES' 'why: /mnt/t lies on a file system mounted noexec'
}

@test "why 28: a limit of processes: pids.max, RLIMIT_NPROC" {
	needs_pids
	mended ct 'cgroup pids 1' 'run true'
	assert_stderr 'why: the limit works: the control group holds 1 of at most 1' 'fix: cgroup pids 4; run true'
	mended user 'rlimit nproc 0:999' 'run true'
	assert_stderr 'why: RLIMIT_NPROC is 0, which counts all processes of user 65534' 'fix: rlimit nproc 999; run true'
}

@test "why 29: a limit of memory" {
	grep -qsw memory /proc/cgroups /sys/fs/cgroup/cgroup.controllers || skip "no memory controller here"
	[ -z "${CTRSH_SAN-}" ] || skip "the sanitizer needs memory in the box"
	ct -c 'cgroup memory 8M; run tail /dev/zero'
	assert_status 137
	assert_stderr 'why: the memory limit works: the kernel killed 1 process of the box (oom_kill 1' 'fix: cgroup memory 16M; run tail /dev/zero'
}

@test "why 31: a new network whose lo is down" {
	ct -c 'unshare net; net route 10.1.0.0/16 via 127.0.0.1'
	[ "$status" -ne 0 ]
	assert_stderr 'net'
	ct -c 'unshare net; net up lo; run sh -c "cat /sys/class/net/lo/flags || true"'
	assert_status 0
}

@test "why: links in a circle; a file system without inodes left, or full" {
	ln -s loop loop
	ct -c 'cd loop'
	assert_result 1 '' 'why: at loop symbolic links lead in a circle'
	ct -c 'unshare mnt; mount tmpfs /mnt nr_inodes=2; mkdir /mnt/b; mkdir /mnt/c'
	assert_result 1 '' 'why: the file system of /mnt has no inode left: all 2 are used'
}

@test "why: the limit of a user namespace above the box's, and no line for the host" {
	needs_userns
	for who in user ct; do
		"$who" -c 'unshare user; map root; sysctl user.max_uts_namespaces 0; unshare user; map root; unshare uts'
		assert_status 1 || return
		assert_stderr "why: not the disk: in a user namespace above the box's (1 up) /proc/sys/user/max_uts_namespaces is 0" 'do: reset, and there, before the next unshare user' || return
		[[ $stderr != *'!'* ]] || explain 'nothing for the host' || return
	done
	mended user 'unshare user uts; map root; sysctl user.max_uts_namespaces 1' 'unshare uts'
	assert_stderr "why: not the disk: in the box's user namespace /proc/sys/user/max_uts_namespaces is 1 (outside "
}

@test "why: umount of the root, and of a tree of mounts" {
	for line in 'unshare mnt; umount /' 'unshare user mnt; map root; umount /'; do
		ct -c "$line"
		assert_status 1 || return
		assert_stderr 'why: / is the root of the box: the root of a mount namespace cannot be unmounted' || return
		[[ $stderr != *'umount /;'* && $stderr != *'; umount'* ]] || explain 'no such fix' || return
	done
	mended ct 'unshare mnt; mount tmpfs /mnt; mkdir /mnt/a; mkdir /mnt/b; mount tmpfs /mnt/a; mount tmpfs /mnt/b' 'umount /mnt'
	assert_stderr 'why: something uses it: 2 mounts are on it' 'fix: umount --lazy /mnt'
}

@test "why: a path is looked up in the root that the box has" {
	mkdir scripts rootfs
	printf '#!/bin/sh\n' >scripts/mkrootfs
	chmod +x scripts/mkrootfs
	ct -c 'chroot ./rootfs; chroot ./rootfs'
	assert_result 1 '' 'why: there is no ./rootfs; the box has another root already, and looks for it in there'
	[[ $stderr != *fix:* ]]
	rmdir rootfs
	ct -c 'chroot ./rootfs'
	assert_result 1 '' 'fix: !scripts/mkrootfs'
}

@test "why 4: the filter that the session loaded itself" {
	needs_userns
	for who in user ct; do
		"$who" -c 'no_new_privs; seccomp deny unshare; seccomp load; unshare user'
		assert_result 1 '' "why: the filter of this session's seccomp load refuses unshare" 'do: a filter stays: undo the seccomp load' || return
	done
	ct -c 'unshare uts; seccomp deny reboot; seccomp load; -unshare user; chroot /nowhere; hostname x'
	[[ $stderr != *filter* ]]
}

@test "why: too few descriptors or processes for a box" {
	[ -z "${CTRSH_SAN-}" ] || skip "the sanitizer needs a process of its own"
	run --separate-stderr bash -c 'exec 3>&- 4>&-; exec prlimit --nofile=4 "$0" -c "cd /"' "$CTRSH"
	assert_result 1 '' 'socketpair(AF_UNIX, SOCK_SEQPACKET) = EMFILE' 'why: RLIMIT_NOFILE of ctrsh itself is 4' 'do: start ctrsh with a higher limit (ulimit -n)'
	for n in 5 6; do
		run --separate-stderr bash -c 'exec 3>&- 4>&-; exec prlimit --nofile=$1 "$0" -c "cd /; -run true; umask 022"' "$CTRSH" "$n"
		assert_result 0 '' 'why: the limit works: RLIMIT_NOFILE is' || return
	done
	run --separate-stderr as_user prlimit --nproc=1 "$CTRSH" -c 'cd /'
	assert_result 1 '' 'fork() = EAGAIN' 'why: RLIMIT_NPROC of ctrsh itself is 1' 'do: start ctrsh with a higher limit (ulimit -u)'
}

@test "why: a program that a filter, a limit or itself ended" {
	ct -c 'seccomp kill write; -run echo; why'
	assert_status 0
	assert_stderr 'killed by signal 31' 'why: it called write, for which alone the seccomp filter kills (SIGSYS)'
	ct -c 'rlimit cpu 1; run sh -c "while :; do :; done"'
	assert_result 137 '' 'why: the limit works: RLIMIT_CPU is 1 s at most, counted by'
	ct -c '-run sh -c "kill -9 \$\$"; why; -run sh -c "kill -11 \$\$"; why; -run false; why'
	assert_status 0
	assert_output_has 'why:      not known: the kernel tells nobody who sent the signal' 'why:      not known: the program itself did what' "why:      not known: a status is the program's own answer"
}

@test "why: a root that is mounted noexec" {
	mount --bind "$ROOTFS" "$ROOTFS"
	mount -o remount,bind,noexec "$ROOTFS"
	ct -c "setenv PATH /bin; chroot $ROOTFS; run ls"
	umount "$ROOTFS"
	assert_result 126 '' 'ls: found, but not executable' 'why: /bin/ls lies on a file system mounted noexec; it is the one at /' 'do: remount / exec'
}

@test "why: a program that is a link to itself" {
	ln -s loop loop
	for op in run exec; do
		ct -c "$op ./loop"
		assert_result 126 '' '= ELOOP' 'why: on the way to ./loop symbolic links lead in a circle'
	done
}

@test "why: proc behind pivot_root without root: no directory is named that may not be the one" {
	needs setpriv
	cp -a "$ROOTFS" r
	chmod 755 .
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c 'unshare user mnt pid; map root; pivot_root r; mount proc'
	assert_result 1 '' '= EPERM'
	[[ $stderr != *'no whole proc'* ]] || assert_stderr 'before the root changes: mount proc DIR/proc'
	[[ $stderr != *./rootfs* ]] || { echo "$stderr" && return 1; }
}

@test "why: map with a /proc that is read-only; join of a process that may not be looked into" {
	run --separate-stderr unshare -m sh -c 'mount -o remount,bind,ro /proc && exec "$0" -c "unshare user; map root"' "$CTRSH"
	assert_result 1 '' '/uid_map", O_WRONLY|O_CLOEXEC) = EROFS' 'why: the /proc that ctrsh sees is mounted read-only'
	ls -l /proc/1/ns/mnt >/dev/null 2>&1 && skip "process 1 lets itself be looked into"
	for line in 'join 1' 'join 1 uts'; do # refused in /proc, and by setns
		ct -c "$line"
		assert_result 1 '' 'why: the kernel refuses a look into process 1 all the same' 'ptrace(2)'
	done
}

@test "standard output: closed, full, and a /dev without null" {
	run --separate-stderr bash -c '"$0" -c status >&-' "$CTRSH"
	assert_result 1 '' 'ctrsh: standard output: Bad file descriptor'
	for line in status 'audit --json' help doctor; do
		run --separate-stderr bash -c '"$0" -c "$1" >/dev/full' "$CTRSH" "$line"
		assert_result 1 '' 'ctrsh: standard output: No space left on device' || return
	done
	run --separate-stderr unshare -m sh -c 'mount -t tmpfs t /dev && exec "$0" -c "run echo there"' "$CTRSH"
	assert_result 0 there ''
	run --separate-stderr unshare -m sh -c 'mount -t tmpfs t /dev && exec "$0" -c status >&-' "$CTRSH"
	assert_result 1 '' 'ctrsh: descriptor 1 is closed, and in its place /dev/null cannot be opened: No such file'
}

@test "rlimit of ctrsh itself: a file that may not grow is an error, and programs get the signal as ever" {
	run bash -c 'prlimit --fsize=0 "$0" -c "umask 022; save F" 2>&1 | cat' "$CTRSH"
	assert_output_has 'save: save F = EFBIG (File too large)'
	ct -c 'rlimit fsize 0; run sh -c "echo x >F"'
	assert_result 153 '' 'killed by signal 25'
}

# unmended WHO BEFORE LINE - it fails, and no line is said to mend it.
unmended() {
	"$1" -c "$2; $3"
	[ "$status" -ne 0 ] || explain "a failure of $3" || return
	[[ $stderr != *'  fix: '* ]] || explain "no fix"
}

@test "why: a hard limit that does not rise again; one beyond what can be had" {
	unmended user 'rlimit nofile 2' 'run true'
	assert_stderr 'why: the limit works: RLIMIT_NOFILE is 2' 'do: undo it, or reset: a hard limit does not rise again'
	mended user 'rlimit nofile 2:' 'run true'
	mended user 'rlimit nofile 20' 'rlimit nofile 5:100000000'
	assert_stderr 'fix: rlimit nofile 5:20'
	mended user 'rlimit nofile 20' 'rlimit nofile 10000000000'
	assert_stderr 'fix: rlimit nofile 20'
}

@test "why: pivot_root to a directory with the other beside it" {
	mkdir new other
	mended ct 'unshare mnt; propagation --recursive private' 'pivot_root new other'
	assert_stderr 'why: new is no mount point, and other is not at or below it' 'fix: mount bind new new; mkdir --parents new/old; pivot_root new new/old'
}

@test "why: no map in the user namespace that ctrsh came with; a controller of v1 that is not mounted" {
	needs_userns
	run --separate-stderr as_user unshare -U "$CTRSH" -c 'unshare user'
	assert_status 1
	assert_stderr 'has no uid_map' 'do: it is that of ctrsh, too: start ctrsh where it is mapped'
	grep -q '^pids[[:space:]][1-9]' /proc/cgroups || skip "pids is of version 2 here"
	run --separate-stderr unshare -m sh -c 'umount --recursive --lazy /sys/fs/cgroup && exec "$@"' sh "$CTRSH" -c 'cgroup pids 5'
	assert_status 1
	assert_stderr 'do: pids belongs to a hierarchy of version 1 here (/proc/cgroups)'
}

@test "why: a namespace that was there before the user namespace" {
	mended ct 'unshare uts; unshare user; map root' 'hostname x'
	assert_stderr "why: the box's user namespace does not own its UTS namespace: it was there before" 'fix: unshare uts; hostname x'
	mended ct 'unshare pid mnt; unshare user; map root; unshare mnt' 'mount proc'
	assert_stderr "why: the box's user namespace does not own its PID namespace: it was there before" 'fix: unshare pid; mount proc'
}

@test "why: the limit of a user namespace around ctrsh, which cannot be read from here" {
	needs_userns
	for limit in user uts; do
		run --separate-stderr as_user unshare -Ur sh -c "echo 1 >/proc/sys/user/max_user_namespaces; echo 0 >/proc/sys/user/max_uts_namespaces; exec unshare -Ur $CTRSH -c 'unshare $limit'"
		assert_result 1 '' '= ENOSPC' "why: not the disk: the limit that is seen here is not reached" "(/proc/sys/user/max_${limit}_namespaces is " 'so one of a user namespace around ctrsh is, which cannot be read from here' || return
		assert_stderr 'do: start ctrsh outside of that user namespace' || return
		[[ $stderr != *sysctl* ]] || explain 'no line that raises what is seen' || return
	done
}

@test "why: ctrsh in a user namespace without a map: no further one is offered" {
	needs_userns
	for line in 'unshare uts' "chroot $ROOTFS"; do
		run --separate-stderr as_user unshare -U "$CTRSH" -c "$line"
		assert_result 1 '' 'the user namespace that ctrsh was started in has no uid_map' 'do: start ctrsh where the user namespace that it is in is mapped' || return
		[[ $stderr != *'fix: '* ]] || explain 'no line' || return
	done
}

@test "why: a device file, a disk and a kept namespace, of a plain user" {
	needs_userns
	mkdir -m 777 open
	mended user "umask 022" "mknod $WORK/open/null c 1 3"
	assert_stderr "fix: unshare user mnt; run touch $WORK/open/null; mount bind /dev/null $WORK/open/null"
	rm -f open/null
	mended user "unshare user" "mknod $WORK/open/null c 1 3"
	assert_stderr "fix: unshare mnt; run touch $WORK/open/null; mount bind /dev/null $WORK/open/null"
	unmended user 'umask 022' "keep uts $WORK/kept"
	assert_stderr 'do: run ctrsh with sudo: what keeps one is a mount on the host'
	type=$(sed -n 's/^\t//p' /proc/filesystems | head -n 1)
	[ -n "$type" ] || skip "this kernel has no file system for disks"
	unmended user 'unshare user mnt; map root' "mount $type /dev/null /mnt"
	assert_stderr "why: $type lies on a block device, and such a file system is mounted with CAP_SYS_ADMIN in the first user namespace only" 'do: run ctrsh with sudo'
}

@test "why: a name that is too long; a size that is none" {
	ct -c "mkdir $(printf 'a%.0s' {1..300})"
	assert_result 1 '' 'why: a name in it has 300 bytes, and 255 are the most'
	ct -c 'cgroup memory 40M; cgroup memory.limit_in_bytes foo'
	[[ $stderr == *EINVAL* ]] || skip "no memory controller of v1"
	assert_stderr 'why: memory.limit_in_bytes does not take such a value; it holds "41943040"'
}
