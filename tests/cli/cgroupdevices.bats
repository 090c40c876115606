#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# cgroup devices: what may be opened and made, with files of v1 and with a program of v2.
# vm: short 6.12

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/cgroup

setup() {
	common_setup
	needs_root
	pure_v2 || needs_controller devices
	# Devices of our own, so that no file of the host is made or used. Each is a name that says what it is.
	mknod null c 1 3
	mknod zero c 1 5
	mknod full c 1 7
	cat >try <<-'END'
		for d in null zero full; do
			(exec <$d) 2>&- && printf '%s:r ' $d
			(exec >$d) 2>&- && printf '%s:w ' $d
		done
		mknod made c 1 3 2>&- && rm made && printf mknod
		echo
	END
}

@test "cgroup devices: deny all, then one after another; the last rule that fits counts" {
	ct -c 'run sh try; cgroup devices deny all; run sh try; cgroup devices allow c 1:3; cgroup devices allow c 1:5 r
		run sh try; cgroup devices deny c 1:3 w; cgroup devices allow c 1:* m; run sh try; cgroup devices allow all; exec sh try'
	assert_status 0
	assert_output 'null:r null:w zero:r zero:w full:r full:w mknod

null:r null:w zero:r mknod
null:r zero:r mknod
null:r null:w zero:r zero:w full:r full:w mknod'
}

@test "cgroup devices: one that is denied among all the others, and one by its file" {
	ct -c 'cgroup devices deny c 1:5 rw; run sh try; cgroup devices deny ./full; exec sh try'
	assert_status 0
	assert_output 'null:r null:w full:r full:w mknod
null:r null:w mknod'
}

@test "cgroup devices default: those of container engines, and all may be made; what is in force is shown" {
	mknod kmsg c 1 11
	ct -c 'cgroup devices default; cgroup show; run sh try; exec sh -c "cat kmsg; mknod disk b 7 300; ls disk; cat disk"'
	assert_status 1
	assert_output_has 'c 1:3 rwm' 'c 136:* rwm' 'b *:* m' $'null:r null:w zero:r zero:w full:r full:w mknod\ndisk'
	assert_stderr 'kmsg: Operation not permitted' 'disk: Operation not permitted'
	run -0 sh try
	assert_output_has zero:w
}

@test "cgroup devices: a box with terminals, and after undo all as before" {
	ct -c "unshare mnt pid; cgroup devices default; chroot $ROOTFS; mount proc; mount tmpfs /tmp; mount dev; run sh -c 'echo x >/dev/null; head -c 2 /dev/zero | wc -c; exec 3<>/dev/ptmx && echo terminal'"
	assert_output_has 2 terminal
	ct -c 'cgroup pids 50; cgroup devices deny all; run sh try; undo; undo; run sh try; redo; exec sh try'
	assert_status 0
	assert_output $'\nnull:r null:w zero:r zero:w full:r full:w mknod'
}

@test "cgroup devices: a plain user, and what is no device" {
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c 'unshare user; map root; cgroup devices deny all'
	assert_result 1 '' 'cgroup devices: '
	ct -c 'cgroup devices allow /etc/passwd r'
	assert_result 1 '' '/etc/passwd is no device'
	assert_stderr 'why: it is a file that lies on device '
	ct -c 'cgroup devices allow /nowhere'
	assert_result 1 '' 'stat("/nowhere") = ENOENT'
	[ -z "$(find /sys/fs/cgroup -name "ctrsh-$$-*")" ]
}

@test "cgroup devices: too many rules for a program" {
	needs_pure_v2
	for i in {1..70}; do echo "cgroup devices deny c 99:$i"; done >t.ctr
	ct t.ctr
	assert_result 1 '' 't.ctr:65: cgroup devices: more than 64 rules for devices'
	printf '%s\n' 'cgroup devices deny all' 'run true' >>t.ctr
	sed -i 1,10d t.ctr
	ct t.ctr
	assert_result 0 '' ''
}

@test "cgroup devices: bad words are refused while reading" {
	while IFS='|' read -r words text; do
		ct -c "run echo done; cgroup devices $words"
		assert_result 2 '' "$text"
	done <<-'END'
		open|default, allow or deny, not "open"
		default c|takes no more, not "c"
		deny|what? all, c or b MAJ:MIN, or a file
		deny all rw|not "rw"
		deny null|not "null"
		allow c|takes numbers, as 1:3 or 136:*
		allow c 1|takes numbers
		allow b 1:-1|takes numbers
		allow b 1:2:3|takes numbers
		allow c 1:3 x|access is of r, w and m, not "x"
		allow c 1:3 rr|access is of r, w and m, not "rr"
		allow c 1:3 ""|access is of r, w and m, not ""
		allow /dev/null rw x|too many arguments
	END
}
