#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The box's own network: devices up and down, addresses, routes, and what is
# shown of them. "The host" is a network namespace of the test's own.
#
# vm: short 6.12

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace
load ../lib/net

setup() {
	common_setup
	needs_links
	net_start
}

teardown() {
	net_stop
	common_teardown
}

PING="busybox ping -q -c 1 -w 60"

@test "net up lo: 127.0.0.1 answers only then" {
	net -c "unshare net; net show; -run $PING 127.0.0.1; net up lo; net show; run $PING 127.0.0.1; run $PING ::1"
	assert_status 0
	assert_output_has 'lo              down       127.0.0.1 does not answer: net up lo
routes          none' 'lo              up         loopback
                127.0.0.1/8
                ::1/128
routes          none' '1 packets received'
	assert_stderr 'Network is unreachable'
}

@test "net down: the device and its route go" {
	net -c "unshare net; net veth eth0 10.0.0.1/24 10.0.0.2/24; net down eth0; net show"
	assert_result 0 'lo              down       127.0.0.1 does not answer: net up lo
eth0            down       veth, to link 2 outside
                10.0.0.2/24
routes          none' ''
}

@test "net show: the lines of a box with everything fit into 60 columns" {
	net -c "unshare net; net up lo; net veth veth-of-the-box 10.0.0.1/24 10.0.0.2/24; net route default via 10.0.0.1; net addr lo fd12:3456:789a:1::2/64; net show"
	assert_status 0
	assert_output_has 'default via 10.0.0.1 dev veth-of-the-box' '                fd12:3456:789a:1::2/64'
	[ -z "$(awk 'length > 60' <<<"$output")" ] || explain 'no line longer than 60'
}

@test "net show: a device that is up, with its other end down, has no carrier" {
	net -c "unshare net; net veth eth0; net up eth0; net show"
	assert_status 0
	assert_output_has 'eth0            no carrier veth'
}

@test "net show and a route, where a filter takes the socket away: an error, and a shell that goes on" {
	net -c "unshare net; seccomp deny socket errno=EAFNOSUPPORT; seccomp load; -net show; -net route default via 10.0.0.9; run echo on"
	assert_status 0
	assert_stderr 'net show: socket(AF_NETLINK' 'net route: socket(AF_NETLINK' 'Address family not supported'
}

@test "net show: a box that shares the host's network shows it" {
	in_net ip link add there type bridge
	net -c 'net show'
	assert_status 0
	assert_stderr ''
	assert_output_has 'there           down       bridge'
}

@test "net addr and net up: both families, usable at once, after chroot too" {
	net -c "unshare net mnt; net veth eth0 fd00::1/64 fd00::2/64; chroot $ROOTFS; net addr eth0 fd00::3/64; net addr eth0 10.0.0.2/24; net addr lo 10.9.9.9/32; net up lo
run $PING fd00::1; run $PING -I fd00::3 fd00::1; run $PING 10.9.9.9; net show"
	assert_status 0
	assert_stderr ''
	assert_output_has '10.9.9.9/32' 'fd00::3/64' '10.0.0.0/24 dev eth0'
}

@test "net route: default and to a network, both families" {
	in_net ip link set lo up
	in_net ip addr add 10.5.0.1/32 dev lo
	in_net ip addr add fd05::1/128 dev lo
	net -c "unshare net; net veth eth0 10.0.0.1/24 10.0.0.2/24; net addr eth0 fd00::2/64; !ip addr add fd00::1/64 dev \$(ip -o link | grep -o 'ctrsh[0-9-]*' | head -n 1) nodad
-run $PING 10.5.0.1; net route default via 10.0.0.1; run $PING 10.5.0.1
net route fd05::/16 via fd00::1 dev eth0; run $PING fd05::1; net route 10.6.0.0/16 via 10.0.0.1; net show"
	assert_status 0
	assert_stderr 'Network is unreachable'
	assert_output_has 'default via 10.0.0.1 dev eth0' '10.6.0.0/16 via 10.0.0.1 dev eth0' 'fd05::/16 via fd00::1 dev eth0'
}

@test "net: words that cannot be right are refused while the text is read" {
	refused() {
		net -c "!touch done"$'\n'"unshare net; $1"
		assert_result 2 '' "$2" && [ ! -e done ] || { echo "in: $1" && return 1; }
	}
	refused 'net addr eth0 10.0.0.2' 'net addr: 10.0.0.2 has no prefix length'
	assert_stderr 'do: 10.0.0.2/24, say'
	refused 'net addr eth0 fd00::2' 'do: fd00::2/64, say'
	refused 'net addr eth0 10.0.0.256/24' 'not an address and prefix length, as 10.0.0.2/24: "10.0.0.256/24"'
	refused 'net addr eth0 10.0.0.2/33' 'the prefix length is a number from 0 to 32'
	refused 'net addr eth0 10.0.0.2/' 'the prefix length is a number from 0 to 32'
	refused 'net addr eth0 10.0.0.2/-1' 'the prefix length is a number from 0 to 32'
	refused 'net addr eth0 10.0.0.2/24x' 'the prefix length is a number from 0 to 32'
	refused 'net addr eth0 fd00::2/129' 'the prefix length is a number from 0 to 128'
	refused 'net addr eth0 fd00::2%eth0/64' 'not an address and prefix length'
	refused 'net up a-name-too-long-' 'the name of a device has 1 to 15 bytes: "a-name-too-long-"'
	refused 'net up ""' 'the name of a device has 1 to 15 bytes'
	refused 'net down a/b' 'no device can be called "a/b"'
	refused 'net veth eth%d' 'no device can be called "eth%d"'
	refused 'net veth all' 'no device can be called "all"'
	refused 'net veth eth0 10.0.0.1/24' 'two addresses, the host'"'"'s and the box'"'"'s, or none'
	refused 'net veth eth0 10.0.0.1/24 fd00::1/64' 'are of different families'
	refused 'net veth eth0 10.0.0.1/24 10.0.0.1/24' 'both ends would have the address'
	refused 'net bridge br0 10.0.0.1' 'has no prefix length'
	refused 'net route default 10.0.0.1 via' 'it goes default|CIDR via IP [dev DEV]'
	refused 'net route default via 10.0.0.1 eth0' 'it goes default|CIDR via IP [dev DEV]'
	refused 'net route default via 10.0.0.1/24' 'it has a prefix length, and a single address is wanted here'
	refused 'net route 10.0.0.5/24 via 10.0.0.1' 'do: net route 10.0.0.0/24 via 10.0.0.1'
	refused 'net route 10.0.0.0/24 via fd00::1' 'are of different families'
	refused 'net route default via fe80::1' 'fe80::1 is an address on every link'
}

@test "net: refused while the network is the host's, which --host insists on" {
	for op in 'net up lo' 'net down lo' 'net addr lo 10.0.0.1/24' 'net route default via 10.0.0.1'; do
		net -c "$op"
		assert_result 2 '' "net ${op:4:2}"
		assert_stderr "refused: it would change the host's network" 'fix: unshare net'
	done
	net -c 'net up --host lo'
	assert_result 0 '' ''
	in_net ip -o link show lo | grep -q ,UP
}

@test "net veth and net bridge want a box with a network of its own, and there is no insisting" {
	for op in 'net veth eth0' 'net bridge br0'; do
		net -c "$op"
		assert_result 2 '' "$(cut -d ' ' -f 1,2 <<<"$op"): refused: it would change the host's network"
		assert_stderr 'fix: unshare net'
		[[ $stderr != *insist* ]] || explain 'no advice to insist'
		net -c "-$op; !touch done"
		assert_result 0 '' "refused: it would change the host's network"
		net -c "${op% *} --host ${op##* }"
		assert_result 2 '' 'unknown option: --host'
	done
	links_are ''
}

@test "net: a device that is not there, with those that are" {
	net -c 'unshare net; net up eth7'
	assert_result 1 '' '-c:1: net up: sendmsg(netlink, RTM_SETLINK name="eth7" flags=IFF_UP change=IFF_UP) = ENODEV'
	assert_stderr 'why: the box has no device eth7; it has: lo' 'do: net veth eth7 connects it with the host'
	net -c 'unshare net; net veth eth0; net addr eth7 10.0.0.1/24'
	assert_result 1 '' 'RTM_GETLINK name="eth7") = ENODEV'
	assert_stderr 'it has: lo, eth0'
	net -c 'unshare net; net route default via 10.0.0.1 dev eth7'
	assert_result 1 '' 'why: the box has no device eth7; it has: lo'
}

@test "net addr and net route: what is there already" {
	net -c 'unshare net; net addr lo 10.0.0.1/24; net addr lo 10.0.0.1/24'
	assert_result 1 '' '= EEXIST (File exists)'
	assert_stderr 'why: lo has this address already'
	net -c 'unshare net; net veth eth0 10.0.0.1/24 10.0.0.2/24; net route default via 10.0.0.1; net route default via 10.0.0.1'
	assert_result 1 '' 'why: there is a route to default already'
}

@test "net route: a gateway out of reach, and why" {
	net -c 'unshare net; net route default via 10.0.0.1'
	assert_result 1 '' 'RTM_NEWROUTE dst=default table=254 gateway=10.0.0.1) = ENETUNREACH'
	assert_stderr 'why: the box is on no network with 10.0.0.1 in it; its addresses: none' 'do: net addr DEV CIDR first'
	net -c 'unshare net; net veth eth0; net addr eth0 10.0.0.2/24; net route default via 10.0.0.1'
	assert_result 1 '' 'why: eth0, which has 10.0.0.2/24, is down'
	assert_stderr 'fix: net up eth0'
	net -c 'unshare net; net veth eth0 fd00::1/64 fd00::2/64; net route default via fd01::1'
	assert_result 1 '' 'why: the box is on no network with fd01::1 in it; its addresses: '
}

@test "net: what only the kernel knows is passed on in its words" {
	net -c "unshare net; net up lo; run sh -c 'echo 1 >/proc/sys/net/ipv6/conf/lo/disable_ipv6'; net addr lo fd00::1/64"
	assert_result 1 '' '= EACCES (Permission denied)'
	assert_stderr 'why: the kernel says: ipv6: IPv6 is disabled on this device'
}

# requests FILE... - the types of the requests in the output of strace -xx, a line each. It knows only the sockets of its
# own network namespace; of those in the box it shows the bytes, of which the fifth is the type.
requests() {
	grep -h 'msg_name={sa_family=AF_NETLINK' "$@" | sed -E '
		s/.*nlmsg_type=(RTM_[A-Z]+).*/\1/; t
		s/.*nlmsg_type=0x([0-9a-f]+).*/\1/
		s/.*iov_base="(\\x..){4}\\x(..).*/\2/
		s/^10$/RTM_NEWLINK/; s/^11$/RTM_DELLINK/; s/^12$/RTM_GETLINK/; s/^13$/RTM_SETLINK/; s/^14$/RTM_NEWADDR/
		s/^16$/RTM_GETADDR/; s/^18$/RTM_NEWROUTE/; s/^1a$/RTM_GETROUTE/; s/^6c$/RTM_NEWLINKPROP/; s/^6d$/RTM_DELLINKPROP/'
}

@test "net: every request that changes something is in the trace, and no other" {
	needs_strace
	run --separate-stderr in_net timeout -s KILL 360 strace -ff -qq -xx -s 4096 -o log -e trace=sendto,sendmsg "$CTRSH" -x -c \
		'unshare net; net up lo; net veth eth0 10.0.0.1/24 10.0.0.2/24; net veth eth1; net bridge br0 fd00::1/64; net addr eth1 fd00::2/64; net up eth1; net route default via 10.0.0.1; -net up eth7; net down lo; !touch over'
	assert_status 0
	[ -e over ]
	sed -nE 's/^ *(box|host)  +sendmsg\(netlink, (RTM_[A-Z]*)([ )].*| NLM_F_DUMP\).*)$/\2/p' <<<"$stderr" | grep -v GET | sort >ours
	requests log.* | grep -v GET | sort >theirs
	# After the last line br0 is removed, and the host's ends if they are still there.
	grep -v DELLINK theirs | diff ours -
	grep -q DELLINK theirs
	[ "$(grep -c RTM_NEWLINKPROP ours)" -eq 3 ]
	[ "$(grep -c RTM_SETLINK ours)" -eq 8 ]
	assert_stderr 'sendmsg(netlink, RTM_NEWADDR index=4 local=fd00::1/64 address=fd00::1/64 flags=IFA_F_NODAD) = 0' \
		'sendmsg(netlink, RTM_SETLINK name="eth7" flags=IFF_UP change=IFF_UP) = -1 ENODEV (No such device)'
}

@test "net: without the capability in the box" {
	needs setpriv
	run --separate-stderr in_net setpriv --bounding-set=-net_admin --inh-caps=-net_admin timeout -s KILL 360 "$CTRSH" -c 'unshare net; net up lo'
	assert_result 1 '' 'RTM_SETLINK name="lo" flags=IFF_UP change=IFF_UP) = EPERM'
	assert_stderr 'why: the box does not hold CAP_NET_ADMIN'
}

@test "net mac, net route dev: a hardware address, a way without a gateway" {
	net -x -c 'unshare net; net veth e 10.0.0.1/24 10.0.0.2/24; net mac e 02:00:5e:00:00:0A; net route 10.9.0.0/16 dev e; net route default dev e; net route fd05::/64 dev e; run ip -br link show e; run ip route; exec ip -6 route show fd05::/64'
	assert_status 0
	assert_output_has '02:00:5e:00:00:0a' '10.9.0.0/16 dev e proto static scope link' 'default dev e proto static scope link' 'fd05::/64 dev e'
	assert_stderr 'sendmsg(netlink, RTM_SETLINK name="e" address=02:00:5e:00:00:0a) = 0'
	net -c 'unshare net; net route 10.9.0.0/16 dev lo'
	assert_result 1 '' 'ENETDOWN'
	assert_stderr 'fix: net up lo'
	for address in 02:00 02:00:00:00:00:00:01 02:00:00:00:00:zz 03:00:00:00:00:01; do
		net -n -c "net mac e $address"
		assert_status 2
	done
	assert_stderr 'do: net mac e 02:00:00:00:00:01'
	net -c 'unshare net; net mac lo 02:00:00:00:00:01; net mac e9 02:00:00:00:00:01'
	assert_status 1
}
