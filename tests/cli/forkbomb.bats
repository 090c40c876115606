#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A fork bomb under cgroup pids 20: the limit holds, the shell answers, and the
# end of the box is the end of the bomb. Before it starts, the limit is looked
# at from outside; and the test itself sits in a group of its own with a limit.
#
# vm: short 6.12

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

setup() {
	common_setup
	needs_pids
	fence='' pid=''
	own=/sys/fs/cgroup/pids$(sed -n 's/^[0-9]*:pids://p' /proc/self/cgroup)
	[ -e /sys/fs/cgroup/pids/cgroup.procs ] || return 0
	fence=$own/fence-$$
	mkdir "$fence" && echo 300 >"$fence/pids.max"
}

# The fence goes last, and takes what is left in it along.
teardown() {
	local same=0
	end "$pid"
	common_teardown || same=1
	[ -z "$fence" ] || poll 10 rmdir "$fence" || same=1
	return "$same"
}

# enter FENCE COMMAND... - becomes the command, in that group, where there is one. For sh -c.
enter='[ -z "$0" ] || echo $$ >"$0/cgroup.procs" || exit; exec "$@"'

@test "fork bomb: 20 processes and no more, the shell answers, and it ends with the box" {
	cat >t.ctr <<-END
		unshare pid
		chroot $ROOTFS
		cgroup pids 20
		!d=\$(find /sys/fs/cgroup -type d -name "ctrsh-\$PPID-*") && [ "\$(cat \$d/pids.max)" = 20 ] && [ "\$(wc -l <\$d/cgroup.procs)" = 1 ]
		run bash -c 'b() { while :; do b & done; }; b >/dev/null 2>&1 &'
		!d=\$(find /sys/fs/cgroup -type d -name "ctrsh-\$PPID-*"); until [ \$(cat \$d/pids.current) = 20 ]; do :; done
		cd /usr
		-run true
		!echo the host answers
		reset
		run echo a fresh box answers
	END
	run --separate-stderr sh -c "$enter" "$fence" timeout -s KILL 360 "$CTRSH" t.ctr
	assert_result 0 $'the host answers\na fresh box answers' 't.ctr:8: run: fork() = EAGAIN'
	assert_stderr 'why: the limit works: ' 20
}

@test "fork bomb: as PID 1, ended by SIGTERM to ctrsh" {
	printf '%s\n' 'unshare pid' 'cgroup pids 20' \
		'!d=$(find /sys/fs/cgroup -type d -name "ctrsh-$PPID-*") && [ "$(cat $d/pids.max)" = 20 ] && echo $d >group' \
		"exec bash -c 'b() { while :; do b & done; }; b >/dev/null 2>&1'" >t.ctr
	sh -c "$enter" "$fence" "$CTRSH" t.ctr 2>err &
	pid=$!
	poll 10 test -s group
	poll 10 sh -c '[ "$(cat "$(cat group)/pids.current")" = 20 ]'
	run --separate-stderr ctrsh -c 'run echo another ctrsh answers'
	assert_result 0 'another ctrsh answers' ''
	kill -TERM "$pid"
	ended 143 "$pid"
	pid=''
	[ ! -e "$(cat group)" ]
}
