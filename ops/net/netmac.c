/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * net mac: the hardware address of a device (RTM_SETLINK, IFLA_ADDRESS,
 * rtnetlink(7)).
 */
#include <errno.h>
#include <stdio.h>

#include "ops/namespaces/ns.h"
#include "ops/net/net.h"
#include "ops/net/netname.h"

static int parse(char **argv, unsigned char mac[6], struct err *err)
{
	unsigned n = 0, b[6];
	int end = 0;

	if (sscanf(argv[2], "%2x:%2x:%2x:%2x:%2x:%2x%n", &b[0], &b[1], &b[2], &b[3], &b[4], &b[5],
		   &end) == 6 &&
	    !argv[2][end]) {
		for (; n < 6; n++)
			mac[n] = (unsigned char)b[n];
		if (!(mac[0] & 1))
			return 0;
		err_usage(err, "%s: %s is the address of a group", argv[0], argv[2]);
		err_why(err,
			"the lowest bit of the first byte is set, and a device has one of its own");
		err_fix(err, "%s %s %02x%s", argv[0], argv[1], mac[0] & 0xfeU, argv[2] + 2);
		return -1;
	}
	err_usage(err, "%s: no hardware address: \"%.100s\"", argv[0], argv[2]);
	err_fix(err, "six bytes in hexadecimal, as 02:00:00:00:00:01");
	return -1;
}

static int check(int argc, char **argv, struct err *err)
{
	unsigned char mac[6];

	(void)argc;
	return netname_check(argv[0], argv[1], err) < 0 ? -1 : parse(argv, mac, err);
}

static int box(struct call *c)
{
	auto_netlink struct nl_sock *sk = netlink_open(c);
	unsigned char mac[6];

	return !sk || parse(c->argv, mac, c->err) < 0 ? -1 : link_set_mac(c, sk, c->argv[1], mac);
}

static void diagnose(struct call *c)
{
	net_diagnose(c, c->argv[1]);
	if (c->err->errnum == EOPNOTSUPP && !c->err->why[0])
		err_why(c->err, "a device of this kind has no hardware address to change");
	if (c->err->errnum == EBUSY && !c->err->why[0]) {
		err_why(c->err, "this device takes another address only while it is down");
		err_first(c->err, "net down %s", c->argv[1]);
	}
}

const struct op op_net_mac = {
	.name = "net mac",
	.usage = "net mac [--host] DEV ADDRESS",
	.summary = "give a network device of the box a hardware address",
	.detail =
		"ADDRESS is six bytes, as 02:00:00:00:00:01; with 02 in front it is one that no maker\n"
		"of devices gives away. See rtnetlink(7), IFLA_ADDRESS.",
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
