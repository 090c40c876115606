#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# scripts/walls: each script, run as it stands, shows what it says.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/net

setup() {
	common_setup
	cd "$BATS_TEST_TMPDIR" || return
	# A link would be refused, and rightly: see ops/files/target.h.
	cp -r "$ROOTFS" rootfs
	walls=$TOP/scripts/walls
}

teardown() {
	net_stop
	common_teardown
}

# wall NAME [ARG...] - as root, beside ./rootfs.
wall() {
	needs_root
	ct "$walls/$1.ctr" "${@:2}"
}

has_controller() { grep -qE "^$1[[:space:]]" /proc/cgroups && grep -qE "cgroup2? .*\b$1\b|^[^ ]+ [^ ]+ cgroup2 " /proc/mounts; }

@test "walls: each script passes the check of its words and its order" {
	for file in "$walls"/*.ctr; do
		ct -nq "$file" 10.1.2.3/24 10.1.2.3/24
		assert_result 0 '' ''
	done
}

@test "walls: namespaces hide the host's name, processes and links" {
	wall namespaces
	assert_status 0
	assert_output_has 'after: walled, ' 'processes, links: lo' $'PID 2 here\nNSpid:'
	[[ ! $output =~ after:.*eth ]] || explain 'no link of the host'
}

@test "walls: files: another root, read-only, masked" {
	wall files
	assert_status 0
	assert_stderr 'Read-only file system' 'files.ctr:26: run: touch ended with status 1'
	assert_output_has '/proc proc ' '/dev tmpfs ' '/dev/pts devpts ' '/proc/sys proc ro,'
	[[ $output =~ $'\n'?/\ [a-z0-9]+\ ro, ]] || explain 'a read-only root'
	[ ! -e rootfs/tmp/new ]
	[ ! -e rootfs/etc/new ]
}

@test "walls: limits: the 20th process is refused, and counted" {
	wall limits
	assert_status 0
	assert_output_has 'pids.max ' ' 20'
	[[ $output =~ pids.events[[:space:]]+max\ [1-9] ]] || explain 'a counted refusal'
}

@test "walls: privilege: capabilities, filter and user, one after another" {
	wall privilege
	assert_status 0
	assert_stderr 'mount ended with status' 'chmod: /tmp: Permission denied'
	assert_output_has $'CapBnd:\t00000000a80425fb' 'uid=1000 gid=1000' $'NoNewPrivs:\t1' $'Seccomp:\t2'
	[[ $output =~ .*CapEff:[[:space:]]+0000000000000000.*Seccomp ]] || explain 'no capability at the end'
}

@test "walls: network: the host answers" {
	needs_links
	net_start
	net "$walls/network.ctr"
	assert_status 0
	assert_output_has '127.0.0.1 does not answer: net up lo' 'default via 10.111.0.1' ' 0% packet loss'
}

@test "walls: overlay: what is done in the box is gone with it" {
	before=$(ls -A rootfs)
	wall overlay
	assert_status 0
	assert_output_has gone
	[ "$(ls -A rootfs)" = "$before" ]
}

@test "walls: oom: killed in the box, and counted" {
	has_controller memory || skip 'no memory controller here'
	wall oom
	assert_status 0
	assert_stderr 'sh ended with status 137' 'why: the memory limit works'
	[[ $output =~ oom_kill\ [1-9] ]] || explain 'a counted kill'
}

@test "walls: hardened: as tight as it says" {
	wall hardened /bin/sh -c 'hostname; grep -E "Cap(Eff|Bnd)|NoNew|Seccomp:" /proc/self/status; touch /x /tmp/x; unshare -m true; ls /tmp'
	assert_status 0
	assert_output $'hardened\nCapEff:\t00000000a80425fb\nCapBnd:\t00000000a80425fb\nNoNewPrivs:\t1\nSeccomp:\t2\nx'
	assert_stderr 'touch: /x: Read-only file system' 'unshare'
}

@test "walls: rootless: the first container without root" {
	needs_root # to become a user whom nothing belongs to
	needs_userns
	chmod 755 "$BATS_TEST_TMPDIR"
	cp "$walls/rootless.ctr" . # that user may be unable to read ours
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" rootless.ctr /bin/sh -c 'hostname; echo $$; grep CapEff /proc/self/status'
	assert_status 0
	assert_stderr ''
	assert_output_has uid=65534 'uid=0(root) gid=0(root)' $'\nrootless\n1\nCapEff:\t000001ff'
}

@test "walls: sandbox: the host's own programs, without root, and nothing else of the host" {
	needs_root # to become a user whom nothing belongs to
	needs_userns
	[ -L /bin ] || skip 'the script expects /bin to be a link into /usr'
	chmod 755 "$BATS_TEST_TMPDIR"
	mkdir mine && chmod 777 mine && cd mine
	cp "$walls/sandbox.ctr" ..
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" ../sandbox.ctr /bin/sh -c 'id -u; ls -d / ~ /home /etc; touch here /x; echo "$(ls)" $(wc -l </proc/net/dev); grep -E "^(CapBnd|Seccomp):" /proc/self/status'
	assert_status 0
	assert_output $'65534\n/\n/work\nhere 3\nCapBnd:\t0000000000000000\nSeccomp:\t2'
	[[ $stderr == *'/home'*'/etc'*"'/x': Read-only file system" ]] || explain 'neither /home nor /etc, and / read-only'
	[ -e here ]
	[ ! -e /mnt/usr ]
}

@test "walls: bridge: two boxes reach each other, and the bridge goes with the last" {
	needs_links
	net_start
	sed 's:^exec .*:exec /bin/sh -c "echo up; read line":' "$walls/bridge.ctr" >one.ctr
	sed 's:^exec .*:exec busybox ping -c 1 -w 20 10.112.0.1:' "$walls/bridge.ctr" >two.ctr
	mkfifo hold
	in_net "$CTRSH" one.ctr one 10.112.0.1/24 <hold >one.out 2>&1 3>&- &
	local session=$!
	exec 4>hold
	poll 20 grep -qx up one.out
	net two.ctr two 10.112.0.2/24
	exec 4>&-
	wait "$session" || [ $? -eq 1 ] # read at the end of its input
	assert_status 0
	assert_output_has ' 0% packet loss'
	refute in_net ip link show ctrsh0
}
