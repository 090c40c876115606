#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# net move: a device of "the host" (a network namespace of the test's own) is in the box, and comes back as it was on
# every way out. The device is one end of a wire, up0; up1 is the other.
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
	# No address is looked for at another first (RFC 4862): that takes seconds.
	in_net sh -c 'echo 0 | tee /proc/sys/net/ipv6/conf/all/accept_dad >/proc/sys/net/ipv6/conf/default/accept_dad'
	in_net ip link add up0 type veth peer name up1
	in_net ip link set up1 up
}

teardown() {
	net_stop
	common_teardown
}

# in_use - up0 has what a device can have.
in_use() {
	in_net ip link set up0 mtu 1400 address 02:00:00:00:00:10 up
	in_net ip addr add 10.9.0.1/24 dev up0
	in_net ip addr add 10.9.0.2/24 dev up0
	in_net ip addr add fd00:9::1/64 dev up0
	in_net ip route add default via 10.9.0.7 dev up0
	in_net ip route add 10.50.0.0/24 dev up0 metric 5
	in_net ip route add 10.60.0.0/24 dev up0 table 77
	in_net ip -6 route add fd00:88::/64 via fd00:9::7 dev up0
	poll 10 settled
	state >before
}

# settled - both ends know that there is a wire, and have the address that the kernel gives by itself.
settled() {
	[ "$(in_net ip -o link | grep -c 'state UP')" = 2 ] && [ "$(in_net ip -o -6 addr | grep -c 'inet6 fe80:')" = 2 ] &&
		[ "$(in_net ip route show table all | grep -c linkdown)" = 0 ]
}

state() { in_net sh -c 'ip -o link; ip -o addr; ip route show table all; ip -6 route show table all' | sort; }

same() { state | diff before -; }

@test "net move: into the box, under another name, and back as it was" {
	in_use
	net -c 'unshare net; net move --host up0 eth0; !ip -o link | grep -c up0:; true
run ip -o link show eth0; net show'
	assert_status 0
	assert_stderr ''
	assert_output_has 0 'eth0@' '02:00:00:00:00:10' 'eth0            down       veth'
	[[ $output != *10.9.0* ]]
	poll 10 same
}

@test "net move: whatever the box did with it" {
	in_use
	net -c 'unshare net; net move --host up0; run ip link set up0 mtu 1300 address 02:00:00:00:00:77; run ip link set up0 name other; exec ip link set other up'
	assert_result 0 '' ''
	poll 10 same
}

@test "net move: as a port of a bridge it is one again" {
	in_net ip link add br7 type bridge
	in_net ip link set up0 master br7 up
	poll 10 settled
	state >before
	net -c 'unshare net; net move up0'
	assert_result 2 '' 'net move: refused: the host would be without up0'
	assert_stderr 'why: it is up there, and a port of a bridge or a bond (--host insists on it)'
	net -c 'unshare net; net move --host up0; exec true'
	assert_result 0 '' ''
	poll 10 same
}

@test "net move: it is back after reset, undo, an error, a box that is killed" {
	in_use
	while IFS='|' read -r code lines; do
		net -c "unshare net; net move --host up0 eth0"$'\n'"$lines"
		assert_status "$code"
		poll 10 same
	done <<-'END'
		0|reset
		0|undo
		1|cd /nowhere
		3|run sh -c 'exit 3'
		137|exec sh -c 'kill -KILL $$'
	END
	net -c $'unshare net; net move --host up0 eth0\nreset\nunshare net; net move --host up0; net show'
	assert_output_has 'up0             down'
	poll 10 same
}

@test "net move: it is back when the shell is killed, wherever it is" {
	needs_strace
	in_use
	net -c 'unshare net; net move --host up0 eth0; !kill -KILL $PPID'
	assert_status 137
	poll 10 same
	ran=0
	for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
		killed_at sendmsg "$n" nsenter -t "$holder" -n "$CTRSH" -c 'unshare net; net move --host up0 eth0' || break
		ran=$n
		poll 10 same || { echo "killed at sendmsg $n" && return 1; }
	done
	[ "$ran" -ge 8 ]
}

@test "net move: a device that the host uses is refused, and why others are" {
	in_use
	net -c 'unshare net; net move up0'
	assert_result 2 '' 'why: it is up there, and has an address (--host insists on it)'
	net -c 'unshare net; explain net move up0; explain net move up7'
	assert_output_has 'refused: the host would be without up0' 'the host has no device up7; it has: lo, '
	net -c 'unshare net; net move up7'
	assert_result 1 '' 'why: the host has no device up7; it has: lo, '
	net -c 'unshare net; net move --host lo eth0'
	assert_result 1 '' '= EINVAL'
	assert_stderr 'why: a device of this kind stays in its network namespace'
	net -c 'unshare net; net move --host up0 lo'
	assert_result 1 '' '= EEXIST'
	assert_stderr 'why: the box has a device lo already; it has: lo'
	poll 10 same
	ct -c 'run echo done; net move up0'
	assert_result 2 '' 'fix: unshare net'
	ct -c 'unshare net; net move up0 a/b'
	assert_result 2 '' 'no device can be called "a/b"'
	run --separate-stderr in_net setpriv --reuid 1234 --regid 1234 --clear-groups "$CTRSH" -c 'unshare user net; net move --host up0'
	assert_result 1 '' 'why: user 1234 does not hold CAP_NET_ADMIN on the host'
	poll 10 same
}

@test "net move: a name that is taken when it comes back is said" {
	net -c 'unshare net; net move up0 eth0; !ip link add up0 type bridge'
	assert_stderr 'up0, which is called eth0 now'
	[ "$(links)" = 'eth0 up0 up1' ]
}

@test "net move: leaks knows it, and the namespace is not held longer than the box" {
	net -c $'unshare net; net move up0 eth0\nleaks'
	assert_output_has "the box's" 'up0: in the box until it ends'
	net -c $'unshare net; net move up0 eth0; net veth eth1\nreset\n!sh -c \'ls -l /proc/[0-9]*/fd\' 2>/dev/null | grep -c "net:\\["; true'
	assert_result 0 0 ''
}

@test "net move: the trace is true" {
	net -x -c 'unshare net; net move up0 eth0'
	assert_status 0
	assert_stderr 'host  sendmsg(netlink, RTM_GETLINK name="up0") = 0' 'host  sendmsg(netlink, RTM_NEWLINKPROP name="up0" altname="ctrsh-' \
		'host  sendmsg(netlink, RTM_SETLINK index=' 'name="eth0" netns_fd=' 'now   + eth0 down, veth to link '
}
