/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * net macvlan, net ipvlan: a device of the box's that sends and receives through
 * one of the host's: as another hardware address on its wire (macvlan), or with
 * its address (ipvlan; ipvlan.rst of the kernel). It is made in the box's network
 * namespace at once (IFLA_NET_NS_FD), so the host has nothing of it, and it goes
 * with that namespace.
 */
#include "ops/net/netvlan.h"

#include <errno.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/namespaces/ns.h"
#include "ops/net/links.h"
#include "ops/net/net.h"
#include "ops/net/netname.h"

static const struct link_mode macvlan[] = {
	{"bridge", MACVLAN_MODE_BRIDGE},
	{"private", MACVLAN_MODE_PRIVATE},
	{"vepa", MACVLAN_MODE_VEPA},
	{"passthru", MACVLAN_MODE_PASSTHRU},
	{NULL, 0},
};
static const char *const macvlan_words[] = {"bridge", "private", "vepa", "passthru", NULL};
static const struct link_mode ipvlan[] = {
	{"l2", IPVLAN_MODE_L2}, {"l3", IPVLAN_MODE_L3}, {"l3s", IPVLAN_MODE_L3S}, {NULL, 0}};
static const char *const ipvlan_words[] = {"l2", "l3", "l3s", NULL};

const struct link_mode *netvlan_mode(int argc, char **argv)
{
	const struct link_mode *m = strcmp(argv[0], "net macvlan") ? ipvlan : macvlan;

	while (argc > 3 && m->name && strcmp(m->name, argv[3]) != 0)
		m++;
	return m->name ? m : NULL;
}

static int check(int argc, char **argv, struct err *err)
{
	bool is_macvlan = !strcmp(argv[0], "net macvlan");

	if (netname_check(argv[0], argv[1], err) < 0 || netname_check(argv[0], argv[2], err) < 0)
		return -1;
	if (netvlan_mode(argc, argv))
		return 0;
	err_usage(err, "%s: no such mode: \"%.100s\"", argv[0], argv[3]);
	err_why(err, "the modes are %s",
		is_macvlan ? "bridge, private, vepa and passthru" : "l2, l3 and l3s");
	return -1;
}

int netvlan_refuse_absent(struct call *c)
{
	char list[ERR_TEXT / 2];

	netname_list(getpid(), list, sizeof(list));
	err_why(c->err, "the host has no device %s; it has: %s", c->argv[2], list);
	return -1;
}

/* EINVAL without a text of the kernel's: macvlan takes Ethernet alone, and at most one device of
 * mode passthru (the kernel's drivers/net/macvlan.c). Those in other namespaces are not seen. */
static void why_invalid(struct call *c, const struct link *lower)
{
	if (lower->flags & IFF_LOOPBACK || !lower->mac[0] || !strcmp(c->argv[0], "net ipvlan"))
		err_why(c->err, "a device like %s carries none of this kind", c->argv[2]);
	else if (netvlan_mode(c->argc, c->argv)->number == MACVLAN_MODE_PASSTHRU)
		err_why(c->err,
			"passthru takes %s for itself alone, and it carries another macvlan; that "
			"of a box that has ended goes some moments after it",
			c->argv[2]);
	else
		err_why(c->err,
			"%s carries a macvlan of mode passthru, which has it for itself alone",
			c->argv[2]);
}

static int explain(struct call *c, const struct link *lower)
{
	if (c->err->errnum == EEXIST && netname_has(c->session->box.pid, c->argv[1]))
		return net_refuse_taken(c);
	if (c->err->errnum == EBUSY)
		err_why(c->err,
			"%s is taken as a whole: it is a port of a bridge or a bond, or carries "
			"devices of another kind or mode (ip -d link)%s%s",
			c->argv[2], c->err->said[0] ? "; the kernel says: " : "", c->err->said);
	if (c->err->errnum == EINVAL && !c->err->said[0])
		why_invalid(c, lower);
	return links_explain(c);
}

static int host(struct call *c)
{
	auto_netlink struct nl_sock *sk = netlink_open(c);
	auto_close int box = -1;
	struct link lower = {0};

	if (!sk)
		return -1;
	box = net_open_box(c);
	if (box < 0)
		return -1;
	if (link_get(c, sk, c->argv[2], &lower) < 0)
		return c->err->errnum == ENODEV ? netvlan_refuse_absent(c) : links_explain(c);
	if (link_add_upon(c, sk, c->argv[1], strrchr(c->argv[0], ' ') + 1, lower.index, box,
			  netvlan_mode(c->argc, c->argv)->number) < 0)
		return explain(c, &lower);
	return 0;
}

const struct op op_net_macvlan = {
	.name = "net macvlan",
	.usage = "net macvlan NAME HOSTDEV [MODE]",
	.summary = "give the box a device with a hardware address of its own on a wire of the host",
	.detail =
		"NAME in the box is a second device on the wire of HOSTDEV, which stays the host's.\n"
		"MODE says who of those on one HOSTDEV reach each other: bridge (all, unless you say\n"
		"otherwise), private (none), vepa (by way of a switch that sends packets back);\n"
		"passthru takes HOSTDEV for this one alone. The host itself is never reached: net\n"
		"veth does that. It is down at first, and carries nothing while HOSTDEV is down. It\n"
		"goes with the box's network. Needs CAP_NET_ADMIN on the host. See ip-link(8).",
	.argmin = 2,
	.argmax = 3,
	.flags = OP_OWN,
	.changes = CLONE_NEWNET,
	.args = {{ARG_WORD, NULL}, {ARG_HOST_DEVICE, NULL}, {ARG_WORD, macvlan_words}},
	.check = check,
	.host = host,
};

const struct op op_net_ipvlan = {
	.name = "net ipvlan",
	.usage = "net ipvlan NAME HOSTDEV [MODE]",
	.summary = "give the box a device that shares the hardware address of one of the host's",
	.detail =
		"As net macvlan, for wires that bear one hardware address only, as wireless ones:\n"
		"who a packet is for is told by its IP address. MODE is l2 (a switch, unless you say\n"
		"otherwise), l3 (a router: the host routes, no broadcasts) or l3s (with the host's\n"
		"netfilter). Needs CAP_NET_ADMIN on the host. See ip-link(8).",
	.argmin = 2,
	.argmax = 3,
	.flags = OP_OWN,
	.changes = CLONE_NEWNET,
	.args = {{ARG_WORD, NULL}, {ARG_HOST_DEVICE, NULL}, {ARG_WORD, ipvlan_words}},
	.check = check,
	.host = host,
};
