# SPDX-License-Identifier: GPL-3.0-or-later
#
# What every test file loads: how ctrsh is run, and how its results are
# looked at. tests/run sets CTRSH (the program), ROOTFS (a tiny root file
# system, which no test changes) and CTRSH_RUN (a directory that all users can
# read); without it the ones of the source tree are taken.
# shellcheck shell=bash

bats_require_minimum_version 1.5.0

TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd -P)
: "${CTRSH:=$TOP/ctrsh}" "${ROOTFS:=$TOP/rootfs}" "${CTRSH_RUN:=$TOP}"
export TOP CTRSH ROOTFS CTRSH_RUN

# shellcheck source=tests/lib/host.bash
source "$TOP/tests/lib/host.bash"
# shellcheck source=tests/lib/assert.bash
source "$TOP/tests/lib/assert.bash"

# Each test starts in an empty directory that all users can enter, and must leave the host as it was, with nothing
# running that it started: that has BATS_TEST_TMPDIR, which is the test's own, in its environment.
common_setup() {
	ulimit -f 1048576 # 1 GB a file
	host_state >"$BATS_TEST_TMPDIR/host"
	WORK=$(mktemp -d "${TMPDIR:-/tmp}/ctrsh-test.XXXXXX")
	chmod 755 "$WORK"
	cd "$WORK" || return
	exec </dev/null
}

# as_it_was - waits until the host is as it was before the test; says what is not.
as_it_was() {
	poll 10 host_state_is "$BATS_TEST_TMPDIR/host" >/dev/null ||
		{ echo "the host is not as it was:" && cat "$BATS_TEST_TMPDIR/host.diff" && return 1; }
}

common_teardown() {
	local same=0 mark=BATS_TEST_TMPDIR=$BATS_TEST_TMPDIR
	cd /
	poll 10 none_marked "$mark" >/dev/null || { echo "still running:" && end_marked "$mark"; } || same=1
	as_it_was || same=1
	rm -rf --one-file-system "$WORK"
	return "$same"
}

setup() { common_setup; }
teardown() { common_teardown; }

# ctrsh ARGUMENT... - the program under test. Only what hangs takes so long, also on a machine that is busy or emulated.
ctrsh() { timeout -s KILL 360 "$CTRSH" "$@"; }

# ct ARGUMENT... - runs ctrsh; the result is in $status, $output and $stderr.
ct() { run --separate-stderr ctrsh "$@"; }

# user ARGUMENT... - the same as a user whom nothing belongs to.
user() { run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" "$@"; }

# outside ARGUMENT... - the same with root's ID in a user namespace around it.
outside() { run --separate-stderr as_user unshare -Ur timeout -s KILL 360 "$CTRSH" "$@"; }

# script LINE... - runs ctrsh with a script t.ctr of these lines.
script() {
	printf '%s\n' "$@" >t.ctr
	ct t.ctr
}

# ct_outer ARGUMENT... - the same in a sandbox, and what must not have changed in it: hostname and mounts go to the
# file outer.
ct_outer() {
	# shellcheck disable=SC2016 # for the shell inside
	run --separate-stderr outer timeout -s KILL 360 sh -c '
		state() { uname -n && cat /proc/self/mountinfo; }
		state >outer.before; "$@"; r=$?; state >outer.after; exit $r' outer "$CTRSH" "$@"
}

# outer_unchanged - whether the last ct_outer left its sandbox as it was.
outer_unchanged() { diff outer.before outer.after; }

needs_root() { [ "$(id -u)" = 0 ] || skip "needs root"; }

needs() { command -v "$1" >/dev/null || skip "$1 is not installed"; }

# needs_userns - users whom nothing belongs to can make user namespaces; needs_outside - and be root in them.
needs_userns() {
	needs_root # to become one
	needs setpriv
	as_user unshare -U true || skip "this kernel lets plain users make no user namespaces"
}

needs_outside() {
	needs_userns
	as_user unshare -Ur true || skip "this kernel lets plain users be root in no user namespace"
}

# needs_pids - a control group with a limit of processes can be made here.
needs_pids() {
	needs_root
	grep -qsw pids /proc/cgroups /sys/fs/cgroup/cgroup.controllers || skip "no pids controller here"
}

# op_files - the sources that hold an op's entry, a line each.
op_files() { grep -l 'const struct op op_' "$TOP"/ops/*/*.c; }

# box_of - for a line with !: the PID of the box of the ctrsh that runs it. (Its warden leads a process group of its own.)
# shellcheck disable=SC2016,SC2034
box_of='$(pgrep -P $PPID -g 0 ctrsh)'

# settled - lines that wait until the sleep in the background of the box is one, and no shell any more.
# shellcheck disable=SC2034
settled=$'\n!until pgrep -P '"$box_of"$' -x sleep >/dev/null; do :; done\n'
