#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# net macvlan, net ipvlan: a device of the box's on a wire of "the host", which is a network namespace of the test's
# own, with a wire between up0 and up1.
# vm: short 6.12

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/net
load ../lib/strace

setup() {
	common_setup
	needs_links
	net_start
	in_net ip link add up0 type veth peer name up1
	in_net ip link set up0 up
	in_net ip link set up1 up
	in_net ip addr add 10.9.0.1/24 dev up1
}

teardown() {
	net_stop
	common_teardown
}

# needs_kind KIND - such devices can be made upon a wire.
needs_kind() { in_net ip link add try0 link up0 type "$1" 2>/dev/null && in_net ip link del try0 || skip "this kernel has no $1"; }

# is_free - up0 carries no macvlan, wherever: one of a box goes some moments after it, with its namespace.
is_free() { in_net ip link add try0 link up0 type macvlan mode passthru 2>/dev/null && in_net ip link del try0; }

# reached - a line that asks for an answer from the other end of the wire.
reached='run busybox ping -q -c 1 -w 60 10.9.0.1'

@test "net macvlan: on the host's wire, with an address of its own, and the mode that was asked for" {
	needs_kind macvlan
	for mode in '' bridge private vepa passthru; do
		poll 10 is_free
		net -c "unshare net; net macvlan eth0 up0 $mode; net addr eth0 10.9.0.2/24; net up eth0; $reached; exec ip -d -o link show eth0"
		assert_status 0
		assert_stderr ''
		assert_output_has "macvlan mode ${mode:-bridge} "
		links_are 'up0 up1'
	done
}

@test "net macvlan: the host has nothing of it" {
	needs_kind macvlan
	net -c $'unshare net; net macvlan a up0; net macvlan b up0; !ip -o link | grep -c vlan; true\nnet show'
	assert_status 0
	assert_output_has 'a               down       macvlan' 'b               down       macvlan'
	[[ $output == 0$'\n'* ]]
}

@test "net ipvlan: the same with the hardware address of the host's" {
	needs_kind ipvlan
	mac=$(in_net ip -o link show up0 | sed -E 's/.*link.ether ([0-9a-f:]+).*/\1/')
	for mode in '' l2 l3 l3s; do
		net -c "unshare net; net ipvlan eth0 up0 $mode; net addr eth0 10.9.0.2/24; net up eth0; exec ip -d -o link show eth0"
		assert_status 0
		assert_stderr ''
		assert_output_has "ipvlan  mode ${mode:-l2} " "$mac"
		links_are 'up0 up1'
	done
	net -c "unshare net; net ipvlan eth0 up0; net addr eth0 10.9.0.2/24; net up eth0; $reached"
	assert_status 0
}

@test "net macvlan, net ipvlan: bad words are refused while reading" {
	while IFS='|' read -r line what; do
		ct -c "run echo done; unshare net; $line"
		assert_result 2 '' "$what"
	done <<-'END'
		net macvlan eth0|usage
		net macvlan eth0 up/0|no device can be called "up/0"
		net macvlan eth0 up0 l2|no such mode: "l2"
		net ipvlan eth0 up0 bridge|why: the modes are l2, l3 and l3s
		net macvlan eth0 up0 bridge x|usage
	END
	ct -c 'net macvlan eth0 up0'
	assert_result 2 '' 'fix: unshare net'
}

@test "net macvlan: why it was refused, and explain knows it before" {
	needs_kind macvlan
	net -c 'unshare net; net macvlan eth0 up7'
	assert_result 1 '' 'why: the host has no device up7; it has: lo, '
	net -c 'unshare net; explain net macvlan eth0 up7'
	assert_output_has 'now     net macvlan: the kernel would refuse it: No such device' 'the host has no device up7'
	net -c 'unshare net; net macvlan lo up0'
	assert_result 1 '' 'why: the box has a device lo already; it has: lo'
	net -c 'unshare net; net macvlan eth0 lo'
	assert_result 1 '' 'why: a device like lo carries none of this kind'
	poll 10 is_free
	net -c 'unshare net; net macvlan eth0 up0; net macvlan eth1 up0 passthru'
	assert_result 1 '' 'why: passthru takes up0 for itself alone, and it carries another macvlan'
	poll 10 is_free
	net -c 'unshare net; net macvlan eth0 up0 passthru; net macvlan eth1 up0'
	assert_result 1 '' 'why: up0 carries a macvlan of mode passthru'
	poll 10 is_free
	in_net ip link add br0 type bridge
	in_net ip link set up0 master br0
	net -c 'unshare net; net macvlan eth0 up0'
	assert_result 1 '' 'why: up0 is taken as a whole: it is a port of a bridge'
	run --separate-stderr in_net setpriv --reuid 1234 --regid 1234 --clear-groups "$CTRSH" -c 'unshare user net; net macvlan eth0 up1'
	assert_result 1 '' '= EPERM'
	assert_stderr 'why: user 1234 does not hold CAP_NET_ADMIN on the host'
}

@test "net macvlan: the trace is true, and undo takes it back" {
	needs_kind macvlan
	net -x -c $'unshare net; net macvlan eth0 up0 private\nundo\nnet show'
	assert_stderr 'host  sendmsg(netlink, RTM_GETLINK name="up0") = 0' 'host  sendmsg(netlink, RTM_NEWLINK name="eth0" link=' \
		'kind=macvlan mode=1) = 0' 'now   + eth0 down, macvlan to link ' 'undone: net macvlan eth0 up0 private'
	[[ $output != *eth0* ]]
}
