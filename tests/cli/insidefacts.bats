#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The facts root, directories, links, routes, time and ipc, beside what other tools say of the same.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/net

teardown() {
	net_stop
	common_teardown
}

# cell FACT KEY COLUMN - of the last output, JSON of peek.
cell() { jq -r --arg k "$2" --arg c "$3" ".\"$1\"[] | select(.key == \$k) | .[\$c]" <<<"$output"; }

# cell_is FACT KEY COLUMN VALUE
cell_is() { [ "$(cell "$1" "$2" "$3")" = "$4" ] || explain "$1: $2 $3: $4, not $(cell "$1" "$2" "$3")"; }

@test "links: devices and addresses on both sides, as ip tells them" {
	needs_links
	net_start
	net -c 'unshare net; net veth eth0 10.9.9.1/24 10.9.9.2/24; peek --all --json links;
		run ip -o link show eth0 ; !ip -br address >ip.out'
	assert_status 0
	assert_stderr ''
	mac=$(sed -nE 's,.*link/ether ([0-9a-f:]+) .*,\1,p' <<<"$output")
	output=$(sed -n '/^{/,/^}/p' <<<"$output")
	[[ $(cell links eth0 inside) == "up, veth to link "*" of another network, $mac, 10.9.9.2/24"* ]] # and an address of IPv6, once it is no longer tentative
	host=$(jq -r '.links[] | select(.outside != null and .key != "lo") | .key' <<<"$output")
	[[ $(cell links "$host" outside) == "up, veth to link "*" of another network, "*", 10.9.9.1/24"* ]]
	grep -q "^$host@.* 10.9.9.1/24" ip.out
	cell_is links lo inside 'down, loopback'
	cell_is links eth0 differs '+'
	[[ $mac == *:*:*:*:*:* ]]
}

@test "links: the MAC, a bridge's port, a device that is up or not" {
	needs_links
	net_start
	in_net ip link add br0 type bridge
	in_net ip link add v0 type veth peer name v1
	in_net ip link set v0 master br0 address 02:00:00:00:00:07 up
	in_net ip link set v1 up
	net -c 'peek --all --json links'
	assert_status 0
	[[ $(cell links v0 outside) == 'up, veth to v1, port of br0, 02:00:00:00:00:07'* ]]
	[[ $(cell links br0 outside) == 'down, bridge, '* ]]
	in_net ip link set v1 down
	net -c 'peek --all --json links'
	[[ $(cell links v0 outside) == 'no carrier, veth to v1, port of br0, 02:00:00:00:00:07'* ]]
}

@test "links: as many addresses as there are" {
	needs_root
	needs ip
	for ((i = 1; i <= 400; i++)); do echo "addr add 10.77.$((i / 200)).$((i % 200 + 1))/32 dev lo"; done >addresses
	ct -c 'unshare net; !nsenter --net=/proc/'"$box_of"'/ns/net ip -batch addresses
		peek --json links'
	assert_status 0
	[ "$(grep -o '10\.77\.[0-9.]*/32' <<<"$output" | sort -u | wc -l)" = 400 ] || explain '400 addresses'
}

@test "routes: the same as ip route lists" {
	needs_links
	net_start
	in_net sysctl -qw net.ipv6.conf.default.addr_gen_mode=1 # none that the kernel would add some time later
	in_net ip link set lo up
	in_net ip link add v0 type veth peer name v1
	in_net ip link set v1 up
	in_net ip link set v0 up
	in_net ip address add 10.9.8.1/24 dev v0
	in_net ip route add default via 10.9.8.9 dev v0 metric 7
	in_net ip route add blackhole 10.20.0.0/16
	in_net ip route add 10.30.0.0/16 nexthop via 10.9.8.3 dev v0 nexthop via 10.9.8.4 dev v0
	in_net ip -6 address add fd00:9::1/64 dev v0 nodad
	net -c 'peek --all --json routes'
	assert_status 0
	cell_is routes default outside 'via 10.9.8.9 dev v0 metric 7'
	cell_is routes 10.9.8.0/24 outside 'dev v0 src 10.9.8.1'
	cell_is routes 10.20.0.0/16 outside 'type blackhole'
	cell_is routes 10.30.0.0/16 outside 'via 10.9.8.3 dev v0 via 10.9.8.4 dev v0'
	cell_is routes fd00:9::/64 outside 'dev v0 metric 256'
	[ "$(jq '.routes | length' <<<"$output")" -eq $(($(in_net ip route | grep -vc nexthop) + $(in_net ip -6 route | wc -l))) ]
	net -c 'unshare net; peek --json routes'
	cell_is routes default inside null
}

@test "time: offsets and the time of boot, inside and outside" {
	needs_root
	[ -e /proc/self/timens_offsets ] || skip "this kernel has no time namespaces"
	ct -c 'unshare time boottime=+1d monotonic=-5; peek --json time'
	assert_status 0
	cell_is time boottime inside '+86400 s'
	cell_is time monotonic inside '-5 s'
	cell_is time boottime outside '+0 s'
	btime=$(sed -n 's/^btime //p' /proc/stat)
	cell_is time booted outside "$(date -u -d "@$btime" '+%F %T UTC')"
	cell_is time booted inside "$(date -u -d "@$((btime - 86400))" '+%F %T UTC')"
}

@test "ipc: System V objects and message queues of each side" {
	needs_root
	needs ipcmk
	run --separate-stderr unshare -i sh -c 'ipcmk -M 4096 -p 600 >/dev/null; ipcmk -S 3 >/dev/null; exec "$0" -c "$1"' "$CTRSH" \
		'unshare ipc mnt; run ipcmk -Q -p 640; mount mqueue /mnt; run sh -c "umask 077; >/mnt/jobs"; peek --all --json ipc'
	assert_status 0
	assert_stderr ''
	output=$(sed -n '/^{/,$p' <<<"$output")
	[[ $(cell ipc 'shm 0' outside) == 'key 0x'*', 4096 bytes, mode 600, user 0' ]]
	[[ $(cell ipc 'sem 0' outside) == 'key 0x'*', 3 semaphores, mode 644, user 0' ]]
	[[ $(cell ipc 'msg 0' inside) == 'key 0x'*', mode 640, user 0' ]]
	cell_is ipc 'mqueue /jobs' inside 'mode 600, user 0'
	cell_is ipc 'mqueue /jobs' outside null
	cell_is ipc 'shm 0' inside null
}

@test "ipc: shared, both sides are the same; and looking mounts nothing" {
	needs_root
	cp /proc/self/mountinfo before
	run --separate-stderr unshare -i sh -c 'ipcmk -M 4096 >/dev/null; exec "$0" -c "$1"' "$CTRSH" 'peek --all --json ipc'
	[[ $(cell ipc 'shm 0' inside) == *', 4096 bytes, '* ]]
	assert_status 0
	[ "$(jq '[.ipc[] | select(.outside != .inside)] | length' <<<"$output")" = 0 ]
	diff before /proc/self/mountinfo
}

@test "ipc: rootless, its own is readable, and of the host's what is not is said" {
	needs_root
	needs_userns
	user -c 'unshare user; map root; unshare ipc mnt; mount mqueue /mnt; run touch /mnt/jobs; peek --all --json ipc'
	assert_status 0
	assert_stderr ''
	cell_is ipc mqueue outside 'not readable: needs CAP_SYS_ADMIN'
	[[ $(cell ipc 'mqueue /jobs' inside) == 'mode 644, user '* ]]
}

@test "root: what stands there, links with their target inside that root" {
	needs_root
	mkdir -p r/bin r/proc
	ln -s bin r/to-bin
	ln -s /etc/passwd r/up
	ln -s ../../../../etc/passwd r/away
	mkfifo r/fifo
	echo x >r/file
	ct -c 'chroot r; peek --all --json root'
	cell_is root fifo inside FIFO
	cell_is root file inside file
	cell_is root proc inside directory
	cell_is root to-bin inside 'link to bin, a directory'
	cell_is root up inside 'link to /etc/passwd: No such file or directory'
	cell_is root away inside 'link to ../../../../etc/passwd: No such file or directory'
	[ "$(jq '[.root[] | select(.inside != null)] | length' <<<"$output")" = 7 ]
}

@test "root: a mount is one, and only where it is" {
	needs_root
	ct -c 'unshare mnt; mount tmpfs /mnt; peek --all --json root'
	assert_status 0
	cell_is root mnt inside 'directory, a mount'
	cell_is root mnt outside directory
	cell_is root mnt differs '*'
}

@test "directories: root, working directory and their file system" {
	needs_root
	cd "$TOP" || return
	ct -c "unshare mnt; chroot $ROOTFS; peek --json directories"
	assert_status 0
	[ "$(cell directories root inside)" = "$(realpath "$ROOTFS")" ]
	[[ $(cell directories 'root is on' inside) == "$(findmnt -no FSTYPE,SOURCE -T "$ROOTFS" | sed 's/ \+/ /; s/\[.*//')"* ]]
	[ "$(cell directories cwd outside)" = "$TOP" ]
	ct -c 'unshare mnt; mount tmpfs /mnt; cd /mnt; peek --json directories'
	[ "$(cell directories cwd inside)" = /mnt ]
	[[ $(cell directories 'cwd is on' inside) == 'tmpfs tmpfs (0:'* ]]
	ct -c "unshare mnt; pivot_root $ROOTFS; peek --json directories"
	[ "$(cell directories root inside)" = / ]
	[[ $(cell directories 'root is on' inside) == *" from "* ]]
}

@test "inside facts: rootless, of the own box" {
	needs_root
	needs_userns
	cd /
	for fact in links routes time root directories; do
		user -c "unshare user uts net pid mnt time; map root; peek --json $fact"
		assert_status 0
		assert_stderr ''
	done
}
