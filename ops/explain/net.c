/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Explained: the network.
 */
#include "ops/explain/entry.h"

#define VLAN(what)                                                                                 \
	STEPS({"host open(\"/proc/$box/ns/net\", O_RDONLY|O_CLOEXEC)",                             \
	       "the network namespace that gets it", NULL},                                        \
	      {"host sendmsg(netlink, RTM_GETLINK name=$q2)", "the number of the host's device",   \
	       NULL},                                                                              \
	      {"host sendmsg(netlink, RTM_NEWLINK name=$q1 ... kind=... mode=...)", what, NULL})

const struct explain explain_net[] = {
	{.op = "net up",
	 .steps = STEPS({"box sendmsg(netlink, RTM_SETLINK name=$q1 flags=IFF_UP change=IFF_UP)",
			 "the device takes and gives packets from now on", NULL}),
	 .tools = "ip(8): ip link set $1 up",
	 .docker = "always"},
	{.op = "net down",
	 .steps = STEPS({"box sendmsg(netlink, RTM_SETLINK name=$q1 flags=0 change=IFF_UP)",
			 "the device takes no more packets; its routes go", NULL}),
	 .tools = "ip(8): ip link set $1 down",
	 .docker = "docker run can't (--network none has lo alone)"},
	{.op = "net veth",
	 .steps = STEPS(
		 {"host open(\"/proc/$box/ns/net\", O_RDONLY|O_CLOEXEC)",
		  "the network namespace that gets the other end", NULL},
		 {"host sendmsg(netlink, RTM_NEWLINK name=\"...\" ... kind=veth peer={ name=$q1 ...})",
		  "a cable with two ends: one on the host, $1 in the box", NULL},
		 {"host sendmsg(netlink, RTM_NEWLINKPROP ...)",
		  "a second name, by which what is left behind would be found", NULL},
		 {"host sendmsg(netlink, RTM_NEWADDR ...)", "the host's end has the address $2",
		  "three"},
		 {"host sendmsg(netlink, RTM_SETLINK ... flags=IFF_UP change=IFF_UP)", "and is up",
		  "three"},
		 {"host sendmsg(netlink, RTM_SETLINK ... master=... flags=IFF_UP change=IFF_UP)",
		  "it is a port of the bridge of net bridge, and up", "!three bridged"},
		 {"box sendmsg(netlink, RTM_NEWADDR ...)", "the box's end has the address $3",
		  "three"},
		 {"box sendmsg(netlink, RTM_SETLINK name=$q1 flags=IFF_UP change=IFF_UP)",
		  "and is up", "three"}),
	 .tools = "ip(8): ip link add HOST-END type veth peer name $1 netns $box$vethaddresses",
	 .docker = "--network bridge, the default, does this, and gives eth0 an address"},
	{.op = "net bridge",
	 .steps = STEPS(
		 {"host sendmsg(netlink, RTM_NEWLINK name=$q1 ... kind=bridge)",
		  "a switch on the host: there is none of that name", "absent"},
		 {"host sendmsg(netlink, RTM_NEWLINKPROP name=$q1 altname=...)",
		  "a second name, which says that this session uses it", "named"},
		 {"host sendmsg(netlink, RTM_SETLINK name=$q1 flags=IFF_UP change=IFF_UP)",
		  "it is up", "absent"},
		 {"host sendmsg(netlink, RTM_GETLINK name=$q1)", "its number", "absent"},
		 {"host sendmsg(netlink, RTM_GETLINK NLM_F_DUMP)",
		  "it is there already, and stays as it is", "!absent"},
		 {"host sendmsg(netlink, RTM_NEWADDR ...)", "the host has the address $2 on it",
		  "two"},
		 {"host sendmsg(netlink, RTM_SETLINK ... master=... flags=IFF_UP change=IFF_UP)",
		  "the host's end of the box's cable is one of its ports, and up", "ports"}),
	 .tools = "ip(8): $bridgetools",
	 .docker = "--network $1, after docker network create -o com.docker.network.bridge.name=$1 "
		   "$1; by default docker0"},
	{.op = "net macvlan",
	 .steps = VLAN(
		 "a device of the box's on the same wire, with a hardware address of its own"),
	 .tools = "$vlantools",
	 .docker = "--network NAME, after docker network create -d macvlan -o parent=$2 -o "
		   "macvlan_mode=$vlanmode NAME"},
	{.op = "net ipvlan",
	 .steps = VLAN("a device of the box's with the same hardware address, told apart by IP"),
	 .tools = "$vlantools",
	 .docker = "--network NAME, after docker network create -d ipvlan -o parent=$2 -o "
		   "ipvlan_mode=$vlanmode NAME"},
	{.op = "net mac",
	 .steps = STEPS({"box sendmsg(netlink, RTM_...LINK ...$1...)",
			 "the device $1 has the hardware address $2 from now on", NULL}),
	 .tools = "ip(8): ip link set $1 address $2",
	 .docker = "--mac-address $2"},
	{.op = "net addr",
	 .steps = STEPS({"box sendmsg(netlink, RTM_NEWADDR ... local=$2 ...)",
			 "the device $1 has this address; its network is reached by it", NULL}),
	 .tools = "ip(8): ip addr add $2 dev $1",
	 .docker = "$dockerip"},
	{.op = "net route",
	 .steps = STEPS({"box sendmsg(netlink, RTM_NEWROUTE ... gateway=$3...)",
			 "packets for $1 go to $3, which passes them on", "via"},
			{"box sendmsg(netlink, RTM_NEWROUTE ...)",
			 "packets for $1 go out by $3: whom they are for is on that link", "!via"}),
	 .tools = "ip(8): ip route add $rest",
	 .docker = "the default route always; others: docker run can't"},
	{.op = "net show",
	 .steps = STEPS({"box sendmsg(netlink, RTM_GETLINK NLM_F_DUMP)",
			 "reads; nothing is changed", NULL},
			{"box sendmsg(netlink, RTM_GETADDR NLM_F_DUMP)", "the addresses", NULL},
			{"box sendmsg(netlink, RTM_GETROUTE NLM_F_DUMP)", "the routes", NULL}),
	 .tools = "ip(8): ip addr; ip route",
	 .docker = "docker inspect"},
	{0}};
