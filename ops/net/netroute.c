/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * net route: where the box sends what is not for a network it is on
 * (RTM_NEWROUTE, rtnetlink(7)). The kernel wants to know the way to the
 * gateway already: a device that is up, with an address in its network.
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "ops/namespaces/ns.h"
#include "ops/net/net.h"
#include "ops/net/netname.h"

struct words {
	struct cidr dst, gateway;
	const char *device; /* or NULL */
	bool on_link;       /* no gateway; it is only of the family */
};

static int check_destination(struct words *w, char **argv, struct err *err)
{
	struct cidr net;
	char text[CIDR_TEXT];

	if (!strcmp(argv[1], "default")) {
		w->dst = (struct cidr){.family = w->gateway.family, .size = w->gateway.size};
		return 0;
	}
	if (cidr_parse(argv[0], argv[1], &w->dst, err) < 0)
		return -1;
	net = cidr_network(&w->dst);
	if (memcmp(net.bytes, w->dst.bytes, net.size) != 0) {
		err_usage(err, "%s: %s is an address in a network, not the network", argv[0],
			  argv[1]);
		err_fix(err, "%s %s %s %s", argv[0], cidr_text(&net, text), argv[2], argv[3]);
		return -1;
	}
	if (w->dst.family != w->gateway.family)
		return err_usage(err, "%s: %s and %s are of different families", argv[0], argv[1],
				 argv[3]);
	return 0;
}

/* No gateway: to the link itself. Of default it is IPv4's. */
static int parse_on_link(char **argv, struct words *w, struct err *err)
{
	bool any = !strcmp(argv[1], "default");

	w->device = argv[3];
	w->on_link = true;
	if (!any && cidr_parse(argv[0], argv[1], &w->gateway, err) < 0)
		return -1;
	if (any)
		w->gateway = (struct cidr){.family = AF_INET, .size = 4};
	return check_destination(w, argv, err) < 0 ? -1 : netname_check(argv[0], argv[3], err);
}

static int parse(int argc, char **argv, struct words *w, struct err *err)
{
	*w = (struct words){.device = argc == 6 ? argv[5] : NULL};
	if (argc == 4 && !strcmp(argv[2], "dev"))
		return parse_on_link(argv, w, err);
	if (strcmp(argv[2], "via") != 0 || argc == 5 ||
	    (argc == 6 && strcmp(argv[4], "dev") != 0)) {
		err_usage(err, "%s: it goes default|CIDR via IP [dev DEV], or default|CIDR dev DEV",
			  argv[0]);
		return -1;
	}
	if (cidr_parse_ip(argv[0], argv[3], &w->gateway, err) < 0 ||
	    check_destination(w, argv, err) < 0 ||
	    (w->device && netname_check(argv[0], w->device, err) < 0))
		return -1;
	if (cidr_is_linklocal(&w->gateway) && !w->device) {
		err_usage(err, "%s: %s is an address on every link: on which one?", argv[0],
			  argv[3]);
		err_fix(err, "%s %s via %s dev eth0, say", argv[0], argv[1], argv[3]);
		return -1;
	}
	return 0;
}

static int check(int argc, char **argv, struct err *err)
{
	struct words w;

	return parse(argc, argv, &w, err);
}

static int box(struct call *c)
{
	auto_netlink struct nl_sock *sk = netlink_open(c);
	struct link l = {0};
	struct words w;

	if (!sk || parse(c->argc, c->argv, &w, c->err) < 0 ||
	    (w.device && link_get(c, sk, w.device, &l) < 0))
		return -1;
	if (link_add_route(c, sk, &w.dst, w.on_link ? NULL : &w.gateway, l.index) == 0)
		return 0;
	if (w.on_link)
		return -1;
	if (c->err->errnum == ENETUNREACH || c->err->errnum == EHOSTUNREACH ||
	    c->err->errnum == ENETDOWN || c->err->errnum == EINVAL)
		net_explain_gateway(c, sk, &w.gateway);
	return -1;
}

static void diagnose(struct call *c)
{
	if (c->err->errnum == EEXIST) {
		err_why(c->err, "there is a route to %s already", c->argv[1]);
		err_fix(c->err, "net show lists what there is");
	} else {
		net_diagnose(c, c->argc == 6                                 ? c->argv[5]
				: c->argc == 4 && !strcmp(c->argv[2], "dev") ? c->argv[3]
									     : NULL);
		if (c->err->errnum == ENETDOWN && !strcmp(c->argv[2], "dev"))
			err_first(c->err, "net up %s", c->argv[3]);
	}
}

static const char *const destinations[] = {"default", NULL};
static const char *const via[] = {"via", "dev", NULL};
static const char *const dev[] = {"dev", NULL};

const struct op op_net_route = {
	.name = "net route",
	.usage = "net route [--host] default|CIDR via IP [dev DEV] | dev DEV",
	.summary = "tell the box the way to other networks",
	.detail =
		"What the box sends to CIDR, or (default) to anywhere it knows no other way to, goes\n"
		"to the gateway IP. That must be on a network that the box is on itself, with a\n"
		"device that is up. With dev DEV alone there is no gateway: whom it is for is on that\n"
		"link. IPv4 and IPv6. See rtnetlink(7).",
	.argmin = 3,
	.argmax = 5,
	.changes = CLONE_NEWNET,
	.args = {{ARG_WORD, destinations},
		 {ARG_WORD, via},
		 {ARG_WORD, NULL},
		 {ARG_WORD, dev},
		 {ARG_DEVICE, NULL}},
	.check = check,
	.flags = OP_INSIDE,
	.host = net_host,
	.box = box,
	.diagnose = diagnose,
};
