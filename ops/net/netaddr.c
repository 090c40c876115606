/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * net addr: an address for a device of the box (RTM_NEWADDR, rtnetlink(7)). As
 * long as the device is up, a route to the address's network comes with it.
 */
#include <errno.h>

#include "ops/namespaces/ns.h"
#include "ops/net/net.h"
#include "ops/net/netname.h"

static int check(int argc, char **argv, struct err *err)
{
	struct cidr address;

	(void)argc;
	return netname_check(argv[0], argv[1], err) < 0 ||
			       cidr_parse(argv[0], argv[2], &address, err) < 0
		       ? -1
		       : 0;
}

static int box(struct call *c)
{
	auto_netlink struct nl_sock *sk = netlink_open(c);
	struct cidr address;
	struct link l = {0};

	if (!sk || cidr_parse(c->argv[0], c->argv[2], &address, c->err) < 0 ||
	    link_get(c, sk, c->argv[1], &l) < 0)
		return -1;
	return link_add_address(c, sk, l.index, &address);
}

static void diagnose(struct call *c)
{
	if (c->err->errnum == EEXIST) {
		err_why(c->err, "%s has this address already", c->argv[1]);
		err_fix(c->err, "net show lists what there is");
	} else {
		net_diagnose(c, c->argv[1]);
	}
}

const struct op op_net_addr = {
	.name = "net addr",
	.usage = "net addr [--host] DEV CIDR",
	.summary = "give a network device of the box an address",
	.detail =
		"CIDR is an IPv4 or IPv6 address and the length of its network part, as 10.0.0.2/24\n"
		"or fd00::2/64. When the device is up, a route to that network comes with it. IPv6\n"
		"addresses are usable at once (IFA_F_NODAD).\n"
		"See rtnetlink(7), ip(7), ipv6(7).",
	.argmin = 2,
	.argmax = 2,
	.changes = CLONE_NEWNET,
	.args = {{ARG_DEVICE, NULL}},
	.check = check,
	.flags = OP_INSIDE,
	.host = net_host,
	.box = box,
	.diagnose = diagnose,
};
