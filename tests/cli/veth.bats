#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What net makes on the host: pairs of devices and bridges, several sessions
# at a time, and that all of it goes again. "The host" is a network namespace
# of the test's own.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/net
load ../lib/strace

setup() {
	common_setup
	needs_links
	net_start
}

teardown() {
	rm -f hold.*
	[ ! -e sleeper ] || end_sleeper
	net_stop
	common_teardown
}

PING="busybox ping -q -c 1 -w 60"

# hold NAME - a line that says NAME.ready, and waits until hold.NAME is gone, as it is at the latest with the test.
hold() {
	touch "hold.$1"
	echo "run sh -c 'touch $WORK/$1.ready; while [ -e $WORK/hold.$1 ]; do sleep 0.05; done'" # sleep-ok: polls
}

# sleeper - a line that leaves a process in the box, which goes on when the box ends; its PID is in the file sleeper.
sleeper() { echo "run sh -c 'setsid sleep 1000 >/dev/null 2>&1 & echo \$! >$WORK/sleeper'"; } # sleep-ok: a process that stays

end_sleeper() {
	if kill -KILL "$(cat sleeper)" 2>/dev/null; then :; fi # it may have gone with its box
	rm sleeper
}

# session NAME LINES - in the background, until it holds; sets pid.
session() {
	net_background "$1" -c "$2"$'\n'"$(hold "$1")"
	poll 20 test -e "$1.ready" || { cat "$1.err" && return 1; }
}

# over NAME PID - lets that session end.
over() {
	rm "hold.$1"
	wait "$2" || { cat "$1.err" && return 1; }
	[ ! -s "$1.err" ] || { cat "$1.err" && return 1; }
}

@test "net veth: a pair between box and host, called after the session; gone with it" {
	session a 'unshare net; net veth eth0 10.0.0.1/24 10.0.0.2/24'
	links_are "ctrsh$pid-1"
	in_net $PING 10.0.0.2
	[[ "$(in_net ip -o link show "ctrsh$pid-1")" == *'group 1668575859 '* ]]
	over a "$pid"
	links_are ''
}

@test "net veth: IPv6, and several in one box" {
	net -c "unshare net; net veth eth0 fd00::1/64 fd00::2/64; net veth eth1 10.0.0.1/24 10.0.0.2/24; run $PING fd00::1; run $PING 10.0.0.1; net show"
	assert_status 0
	assert_stderr ''
	assert_output_has 'eth0            up         veth, to link 2 outside' 'eth1            up         veth, to link 3 outside'
	links_are ''
}

@test "net veth: reset removes it, and the next box gets another" {
	net -c "unshare net; net veth eth0; !ip -o link | grep -c ctrsh
reset
!! ip -o link | grep ctrsh
unshare net; net veth eth0; net show"
	assert_result 0 '1
lo              down       127.0.0.1 does not answer: net up lo
eth0            down       veth, to link 3 outside
routes          none' ''
}

@test "net veth: a name that the box has is refused, and nothing stays" {
	net -c 'unshare net; net veth lo'
	assert_result 1 '' '= EEXIST (File exists)'
	assert_stderr 'net veth: sendmsg(netlink, RTM_NEWLINK name="ctrsh' 'peer={ name="lo" netns_fd=' 'why: the box has a device lo already; it has: lo'
	net -c 'unshare net; net veth eth0; -net veth eth0; !ip -o link | grep -c ctrsh'
	assert_result 0 1 'why: the box has a device eth0 already; it has: lo, eth0'
	links_are ''
}

@test "net veth: a name of ours that another has on the host is passed over" {
	net -c "unshare net; !ip link add ctrsh\$PPID-1 type bridge
net veth eth0; !ip -o link | grep -c \"ctrsh\$PPID-2\"; ip link del ctrsh\$PPID-1"
	assert_result 0 1 ''
}

@test "net veth: should the box fail to do its part, the host's end goes" {
	net -x -c "unshare net; run sh -c 'echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6'
-net veth eth0 fd00::1/64 fd00::2/64
!ip -o link | grep -c ctrsh; true
net show"
	assert_status 0
	assert_output_has '0
lo              down'
	assert_stderr '= EACCES (Permission denied)' 'why: the kernel says: ipv6: IPv6 is disabled on this device' 'host  sendmsg(netlink, RTM_DELLINK name="ctrsh'
	[[ $output != *eth0* ]]
}

@test "net veth: should the host's part fail midway, its end goes" {
	in_net sysctl -qw net.ipv6.conf.default.disable_ipv6=1
	net -c 'unshare net; -net veth eth0 fd00::1/64 fd00::2/64
!ip -o link | grep -c ctrsh; true'
	assert_result 0 0 'why: the kernel says: ipv6: IPv6 is disabled on this device'
}

@test "net bridge: made with its address, gone with the session" {
	net -c "unshare net; net veth eth0; net bridge br7 10.0.0.254/24; net addr eth0 10.0.0.1/24; net up eth0; run $PING 10.0.0.254
net veth eth1; !ip -o link show master br7 | grep -c ctrsh"
	assert_status 0
	assert_stderr ''
	assert_output_has '1 packets received' $'\n2'
	links_are ''
}

@test "net bridge: one after the other, each with its own ends" {
	net -c "unshare net; net bridge br7; net veth eth0; net bridge br8; net veth eth1; !ip -o link show master br7 | grep -c ctrsh; ip -o link show master br8 | grep -c ctrsh"
	assert_result 0 $'1\n1' ''
	links_are ''
}

@test "net bridge: an end with an address of its own is no port" {
	net -c 'unshare net; net veth eth0 10.0.0.1/24 10.0.0.2/24; -net bridge br7; !ip -o link | grep -c br7; true
net veth eth1; net bridge br7; !ip -o link show master br7 | grep -c ctrsh'
	assert_result 0 $'0\n1' "net bridge: the host's end of the box's device has an address of its own"
	assert_stderr 'as a port ctrsh' 'would no longer be reached at it'
}

@test "net bridge: two sessions at a time on one bridge, whose boxes ping each other" {
	session a 'unshare net; net veth eth0; net bridge br7; net addr eth0 10.7.0.1/24; net addr eth0 fd07::1/64; net up eth0'
	first=$pid
	session b 'unshare net pid uts; net bridge br7; net veth eth0; net addr eth0 10.7.0.2/24; net addr eth0 fd07::2/64; net up eth0'
	second=$pid
	links_are "br7 ctrsh$first-1 ctrsh$second-1"
	net -c "unshare net; net bridge br7; net veth eth0; net addr eth0 10.7.0.3/24; net addr eth0 fd07::3/64; net up eth0
run $PING 10.7.0.1; run $PING 10.7.0.2; run $PING fd07::1; run $PING fd07::2"
	assert_status 0
	assert_stderr ''
	# The one who made it goes first.
	over a "$first"
	links_are "br7 ctrsh$second-1"
	over b "$second"
	links_are ''
}

@test "net bridge: two sessions name the same address for it" {
	session a 'unshare net; net bridge br7 10.7.0.254/24'
	net -c 'unshare net; net bridge br7 10.7.0.254/24; net bridge br7 10.7.0.253/24; net bridge br7'
	assert_result 0 '' ''
	links_are br7
	over a "$pid"
	links_are ''
}

@test "net bridge: many sessions begin and end at once on one bridge" {
	pids=()
	for i in {1..12}; do
		net_background "s$i" -c "unshare net; net veth eth0; net bridge br7 10.7.0.254/24; net addr eth0 10.7.0.$i/24; net up eth0; run $PING 10.7.0.254"
		pids+=("$pid")
	done
	for pid in "${pids[@]}"; do wait "$pid" || { cat s*.err && false; }; done
	[ -z "$(cat s*.err)" ]
	links_are ''
}

@test "net bridge: somebody else's is used, kept as it is, and never removed" {
	in_net ip link add br9 type bridge
	in_net ip addr add 10.9.0.254/24 dev br9
	in_net ip link set br9 up
	in_net ip -d addr show br9 >before
	net -c "unshare net; net veth eth0; -net bridge br9 10.9.0.253/24; net bridge br9; net addr eth0 10.9.0.1/24; net up eth0; run $PING 10.9.0.254"
	assert_status 0
	assert_stderr 'net bridge: refused: it would change a bridge that is not ctrsh' 'fix: net bridge br9'
	links_are br9
	in_net ip addr show br9 | grep -q 10.9.0.254/24
	run ! grep -E '10.9.0.253|altname|group [0-9]' <(in_net ip addr show br9)
}

@test "net bridge: a name that is no bridge's" {
	in_net ip link add v0 type veth peer name v1
	net -c 'unshare net; net bridge v0'
	assert_result 1 '' 'net bridge: v0 is no bridge'
	assert_stderr 'why: the host has a device of that name, of the kind veth'
	links_are 'v0 v1'
}

@test "net bridge: one that has got somebody else's port stays, until that is gone" {
	net -c 'unshare net; net bridge br7; !ip link add v0 type veth peer name v1; ip link set v0 master br7'
	assert_result 0 '' ''
	links_are 'br7 v0 v1'
	in_net ip link del v0
	net -c 'unshare net; net up lo'
	assert_result 0 '' ''
	links_are ''
}

@test "net: SIGTERM, SIGINT and SIGKILL of the shell; the links go" {
	for signal in TERM INT KILL; do
		session a "unshare net; net veth eth0 10.0.0.1/24 10.0.0.2/24; net veth eth1; net bridge br7; $(sleeper)"
		[ "$(links)" = "br7 ctrsh$pid-1 ctrsh$pid-2" ]
		kill "-$signal" "$pid"
		ended $((128 + $(kill -l "$signal"))) "$pid"
		poll 10 links_are ''
		rm -f a.ready
		end_sleeper
	done
}

# kill_both - the shell pid is killed together with its warden.
kill_both() {
	warden=$(others_of "$pid")
	[ "$(wc -w <<<"$warden")" -eq 1 ]
	kill -STOP "$pid" # it shall start no other one
	kill -KILL "$warden"
	kill -KILL "$pid"
	rm -f a.ready
	poll 10 refute is_alive "$warden"
}

# killed_twice - a session is killed together with its warden; what it left in the background holds its network.
killed_twice() {
	session a "unshare net; net veth eth0 10.0.0.1/24 10.0.0.2/24; net veth eth1; net bridge br7; $(sleeper)"
	kill_both
}

@test "net: shell and warden killed, the next session sweeps" {
	for op in 'net up lo' 'net show' 'net veth eth0' 'net bridge br8'; do
		killed_twice
		links_are "br7 ctrsh$pid-1 ctrsh$pid-2"
		net -x -c "unshare net; $op"
		assert_status 0
		assert_stderr "host  sendmsg(netlink, RTM_DELLINK name=\"ctrsh$pid-1\") = 0" 'host  sendmsg(netlink, RTM_DELLINK name="br7") = 0'
		links_are ''
		ended 137 "$pid"
		end_sleeper
	done
}

@test "net: a killed shell that nobody has waited for is dead, too" {
	nsenter -t "$holder" -n sh -c '"$0" -c "$1" & echo $! >shell; exec sleep 1000 # sleep-ok: it waits for nobody' "$CTRSH" \
		"unshare net; net veth eth0; $(sleeper)"$'\n'"$(hold a)" >a.out 2>a.err 3>&- </dev/null &
	parent=$!
	poll 20 test -e a.ready
	pid=$(cat shell)
	kill_both
	poll 10 grep -q '^State:.Z' "/proc/$pid/status"
	links_are "ctrsh$pid-1"
	net -c 'unshare net; net up lo'
	kill -KILL "$parent"
	assert_result 0 '' ''
	links_are ''
}

@test "net: a killed session's bridge stays for the others that use it" {
	session b 'unshare net; net veth eth0; net bridge br7; net addr eth0 10.7.0.2/24; net up eth0'
	second=$pid
	killed_twice
	net -c "unshare net; net veth eth0; net bridge br7; net addr eth0 10.7.0.3/24; net up eth0; run $PING 10.7.0.2"
	assert_status 0
	assert_stderr ''
	links_are "br7 ctrsh$second-1"
	over b "$second"
	links_are ''
}

@test "net: a killed warden has a follower that knows bridge and links" {
	net_background a -c "unshare net; net bridge br7; net veth eth0; $(hold a)
net veth eth1; !ip -o link show master br7 | grep -c ctrsh"
	poll 20 test -e a.ready
	kill -KILL "$(others_of "$pid")"
	over a "$pid"
	[ "$(cat a.out)" = 2 ]
	links_are ''
}

@test "net: a killed warden without a follower: the shell itself removes the links" {
	session a "unshare net; net bridge br7; net veth eth0; $(sleeper)"
	kill -KILL "$(others_of "$pid")"
	over a "$pid"
	links_are ''
}

# named LINK PID START PIDNS - a veth with the mark of ctrsh and that user.
named() {
	in_net ip link add "$1" group 1668575859 type veth peer name "p-$1"
	in_net ip link property add dev "$1" altname "ctrsh-$2-$3-$4-$(stat -L -c %i /proc/self/ns/time)-$1"
}

@test "net: the sweep touches nothing that is not provably a dead session's" {
	here=$(stat -L -c %i /proc/self/ns/pid)
	start=$(sed 's/.*) //' "/proc/$holder/stat" | cut -d ' ' -f 20)
	in_net ip link add ctrsh1-1 type veth peer name plain            # no mark
	if in_net ip link add marked group 1668575859 type dummy 2>/dev/null; then :; fi # no kind of ours, where there is one
	in_net ip link add named type bridge && in_net ip link property add dev named altname "ctrsh-4194305-1-$here-1-named"
	named living "$holder" "$start" "$here"
	named elsewhere 4194305 1 12345
	kept=$(links)
	named ended 4194305 1 "$here"
	named reused "$holder" $((start + 1)) "$here"
	net -c 'unshare net; net up lo'
	assert_result 0 '' ''
	links_are "$kept"
	[[ $kept =~ ^ctrsh1-1\ elsewhere\ living\ (marked\ )?named\ p-elsewhere\ p-living\ plain$ ]] || links_are "all but the two" # no dummy here?
}

@test "net: one that was being made when its session was killed is swept" {
	in_net ip link add br7 group 1668575859 type bridge
	net -c 'unshare net; net up lo'
	assert_result 0 '' ''
	links_are ''
}

@test "net: the shell killed at each message that it sends or receives, nothing stays" {
	needs_strace
	steps='unshare net; net veth eth0 10.0.0.1/24 10.0.0.2/24; net veth eth1; net bridge br7; run true'
	for call in sendmsg recvmsg; do
		for ((n = 1; n < 400; n++)); do
			killed_at "$call" "$n" nsenter -t "$holder" -n "$CTRSH" -c "$steps" || break
			poll 10 links_are '' || explain "no link left, killed at $call $n"
		done
		assert_result 0 '' ''
		[ "$n" -gt 15 ] || explain "a kill at more messages than $n"
	done
}

@test "net: without privilege the host's network is out of reach, and why" {
	needs setpriv
	needs_userns
	for op in 'net veth eth0 10.0.0.1/24 10.0.0.2/24' 'net bridge br0'; do
		run --separate-stderr in_net setpriv --reuid 65534 --regid 65534 --clear-groups timeout -s KILL 360 "$CTRSH" -c "unshare user net; $op"
		assert_result 1 '' '= EPERM (Operation not permitted)'
		assert_stderr 'why: user 65534 does not hold CAP_NET_ADMIN on the host, whose network this would change' 'do: run ctrsh with sudo'
	done
	links_are ''
}

@test "net: a plain user has a network of its own, with lo" {
	needs setpriv
	needs_userns
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c 'unshare user net; net up lo; net addr lo 10.0.0.1/24; net addr lo fd00::1/64; net show; net down lo'
	assert_result 0 'lo              up         loopback
                127.0.0.1/8
                10.0.0.1/24
                fd00::1/64
                ::1/128
routes          fd00::/64 dev lo' ''
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c 'net up --host lo'
	assert_result 1 '' 'RTM_SETLINK name="lo" flags=IFF_UP change=IFF_UP) = EPERM'
	assert_stderr 'why: the box does not hold CAP_NET_ADMIN' 'fix: unshare user'
}

@test "net: a plain user in a user namespace that owns the host's network can do all of it" {
	needs setpriv
	needs_userns
	run --separate-stderr as_user unshare -rn timeout -s KILL 360 "$CTRSH" -c "unshare net; net veth eth0; net bridge br7 10.0.0.1/24; net addr eth0 10.0.0.2/24; net up eth0; run $PING 10.0.0.1; reset
!ip -o link | grep -cv ' lo:'; true"
	assert_status 0
	assert_stderr ''
	assert_output_has '1 packets received' $'\n0'
}
