#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a program in the box finds behind the box's /proc/PID/exe: never ctrsh's own file on the host, which root could
# overwrite through it (CVE-2019-5736).

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

# own_copy - a ctrsh of the test's own, which could be lost, and its checksum.
own_copy() {
	cp "$CTRSH" ctrsh
	CTRSH=$PWD/ctrsh
	sum=$(sha256sum ctrsh)
}

# intact - nobody wrote to it, although by now nobody executes it.
intact() { [ "$(sha256sum ctrsh)" = "$sum" ]; }

# box_root - a root file system of the test's own, with two programs that are the box's program by another name.
box_root() {
	cp -r "$ROOTFS" root
	ln -s /proc/self/exe root/bin/itself
	printf '#!/proc/self/exe\n' >root/bin/script
	chmod 755 root/bin/script
}

setup() {
	common_setup
	needs_root
	own_copy
	box_root
}

@test "selfexe: a program beside the box cannot open the box's program for writing" {
	ct -c 'unshare pid mnt; chroot root; mount proc; run sh -c "readlink /proc/1/exe; wc -c </proc/1/exe; echo x >>/proc/1/exe"'
	assert_status 1
	[[ ${lines[0]} != *"$PWD"* && ${lines[1]} = 0 ]] || explain 'an empty file'
	assert_stderr '/proc/1/exe: Text file busy'
	intact
}

# What of ctrsh's file is mapped can be read there, by who may look into the box; to write, nobody gets further than to
# EROFS, also once it is not executed any more, nor can the mount that it is reached by be changed or copied.
@test "selfexe: what is mapped of it cannot be written to, by whoever waits until nobody executes it" {
	mkfifo root/held
	"$CTRSH" -c 'unshare pid mnt; chroot root; mount proc; run sh -c "for f in /proc/1/map_files/*; do [ \$1 != \$(stat -Lc %i \$f) ] || exec 9<\$f; done; echo held >/held; sleep 1000" sh '"$(stat -c %i ctrsh)" 3>&- & # sleep-ok: a process that stays
	pid=$!
	read -r word <root/held
	[ "$word" = held ]
	for attacker in $(pgrep -P "$(pgrep -P $pid | head -n 1)"); do
		[ ! -e "/proc/$attacker/fd/9" ] || exec 8<"/proc/$attacker/fd/9"
	done
	kill -KILL $pid
	wait $pid || true
	[ -e /proc/$$/fd/8 ] || skip "nothing of it is mapped: it was copied"
	run sh -c 'echo x >>/proc/self/fd/8'
	assert_status 2
	assert_output_has 'Read-only file system'
	# Not mount(8), which would take /, the path that the kernel names for it.
	run root/bin/busybox mount -o remount,bind,rw none /proc/$$/fd/8
	[ "$status" -ne 0 ]
	assert_output_has 'Invalid argument'
	run root/bin/busybox mount -o bind /proc/$$/fd/8 root/held
	[ "$status" -ne 0 ]
	assert_output_has 'Invalid argument'
	exec 8<&-
	intact
}

@test "selfexe: its file is not to be found in the box's memory map" {
	ct -c "unshare pid mnt; chroot root; mount proc; run grep -c ctrsh /proc/1/maps"
	assert_status 1
	assert_output 0
	ct -c "unshare pid mnt; chroot root; mount proc; run sh -c 'ls -l /proc/1/map_files | grep -c libc.so; ls -l /proc/1/map_files | grep -c /ctrsh'"
	[ "${lines[0]}" -gt 0 ] && [ "${lines[1]}" = 0 ] || explain "libraries only"
}

@test "selfexe: whoever waits until nobody executes it finds nothing to write to" {
	mkfifo root/held
	"$CTRSH" -c 'unshare pid mnt; chroot root; mount proc; run sh -c "exec 9</proc/1/exe; echo held >/held; sleep 1000"' 3>&- & # sleep-ok: a process that stays
	pid=$!
	read -r word <root/held
	[ "$word" = held ]
	for attacker in $(pgrep -P "$(pgrep -d , -P "$pid")"); do
		# What the attacker holds, kept by somebody who outlives the box.
		[ ! -e "/proc/$attacker/fd/9" ] || exec 8<"/proc/$attacker/fd/9"
	done
	kill -KILL "$pid"
	ended 137 "$pid"
	[ -e /proc/$$/fd/8 ]
	if (: >"/proc/$BASHPID/fd/8"); then :; fi # it may be refused; what counts is the file
	exec 8<&-
	intact
}

@test "selfexe: a program that is a link to the box's own is not executed, by run or exec" {
	for how in 'run /bin/itself' 'run /bin/script' 'exec /bin/itself' 'exec /bin/script' 'run /proc/1/exe'; do
		ct -c "unshare pid mnt; chroot root; mount proc; $how --version"
		assert_result 126 '' '= ENOEXEC (Exec format error)'
	done
	intact
}

@test "selfexe: the PID 1 that stays above a nested PID namespace is no way to it either" {
	ct -c 'unshare pid mnt; unshare pid; chroot root; mount proc; run sh -c "wc -c </proc/1/exe"'
	assert_result 0 0 ''
	ct -c 'unshare pid mnt; chroot root; mount proc; unshare pid; run sh -c "cat /proc/[0-9]*/comm | sort -u; cat /proc/[12]/exe | wc -c"'
	assert_status 0
	[ "${lines[-1]}" = 0 ] || explain "empty files"
}

@test "selfexe: without privilege, in namespaces of its own" {
	needs setpriv
	needs_userns
	chown 65534 ctrsh
	sum=$(sha256sum ctrsh)
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c 'unshare user pid mnt; chroot root; mount proc; run /bin/itself'
	assert_result 126 '' '= ENOEXEC (Exec format error)'
	intact
}
