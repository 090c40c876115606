/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * net veth: a pair of devices, what goes into one comes out of the other
 * (veth(4)). Only somebody on the host can put one end there: the shell makes
 * the pair, with the other end in the box's network namespace from the
 * beginning (IFLA_NET_NS_FD for the peer), so that no end is ever astray.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/namespaces/ns.h"
#include "ops/net/links.h"
#include "ops/net/net.h"
#include "ops/net/netname.h"

#define TRIES 100

static int check(int argc, char **argv, struct err *err)
{
	struct cidr host, box;

	if (netname_check(argv[0], argv[1], err) < 0)
		return -1;
	if (argc == 2)
		return 0;
	if (argc == 3) {
		if (!strpbrk(argv[2], ".:/")) {
			err_usage(err, "%s: one name only, that of the box's end", argv[0]);
			err_why(err,
				"the host's end is called ctrshPID-N, so that it can be found and "
				"removed");
			err_instead(err, "net veth %s", argv[1]);
			return -1;
		}
		err_usage(err, "%s: two addresses, the host's and the box's, or none", argv[0]);
		err_fix(err, "to give only the box one: net veth %s; net addr %s %.64s; net up %s",
			argv[1], argv[1], argv[2], argv[1]);
		return -1;
	}
	if (cidr_parse(argv[0], argv[2], &host, err) < 0 ||
	    cidr_parse(argv[0], argv[3], &box, err) < 0)
		return -1;
	if (host.family != box.family)
		return err_usage(err, "%s: %s and %s are of different families", argv[0], argv[2],
				 argv[3]);
	if (!memcmp(host.bytes, box.bytes, host.size))
		return err_usage(err, "%s: both ends would have the address %s", argv[0], argv[2]);
	return 0;
}

static bool is_free(struct call *c, struct nl_sock *sk, const char *name)
{
	struct trace off = {0};
	struct err err = {0};
	struct call quiet = *c;
	struct link l;

	quiet.trace = &off;
	quiet.err = &err;
	return link_get(&quiet, sk, name, &l) < 0 && err.errnum == ENODEV;
}

/* A ctrsh in another PID namespace may have our number. EEXIST also means that
 * the box has a device of its end's name. */
static int make_pair(struct call *c, struct nl_sock *sk, int box, char end[LINKS_NAME])
{
	struct session *s = c->session;

	for (int i = 0; i < TRIES; i++) {
		snprintf(end, LINKS_NAME, "ctrsh%u-%u", (unsigned)s->shell % 10000000,
			 ++s->links_made % 100);
		if (!is_free(c, sk, end))
			continue;
		if (link_add_veth(c, sk, end, LINKS_GROUP, c->argv[1], box) == 0)
			return 0;
		if (c->err->errnum != EEXIST)
			break;
		if (is_free(c, sk, end)) {
			net_refuse_taken(c);
			break;
		}
	}
	return -1;
}

static int give_address(struct call *c, struct nl_sock *sk, const char *name)
{
	struct cidr address;
	struct link l = {0};

	if (cidr_parse(c->argv[0], c->argv[2], &address, c->err) < 0 ||
	    link_get(c, sk, name, &l) < 0 || link_add_address(c, sk, l.index, &address) < 0)
		return -1;
	return link_set(c, sk, name, LINK_UP, 0);
}

static int make_port(struct call *c, struct nl_sock *sk, const char *name)
{
	struct link bridge = {0};

	if (link_get(c, sk, c->session->made->links.bridge, &bridge) < 0) {
		err_why(c->err, "the bridge %s, named before, is gone",
			c->session->made->links.bridge);
		err_first(c->err, "net bridge %s", c->session->made->links.bridge);
		return -1;
	}
	return link_set(c, sk, name, LINK_UP, bridge.index);
}

static int finish(struct call *c, struct nl_sock *sk, const char *end)
{
	if (links_use(c, sk, end) < 0)
		return -1;
	if (c->argc > 2)
		return give_address(c, sk, end);
	return c->session->made->links.bridge[0] ? make_port(c, sk, end) : 0;
}

/* Takes the host's end away, and the box's with it. */
static void take_back(struct call *c, const char *end)
{
	auto_netlink struct nl_sock *sk = NULL;
	struct call quiet = *c;
	struct err err = {0};

	quiet.err = &err;
	sk = netlink_open(&quiet);
	if (sk)
		link_delete(&quiet, sk, end);
}

static int connect_to_host(struct call *c, char end[LINKS_NAME])
{
	auto_close int lock = -1, box = -1;
	auto_netlink struct nl_sock *sk = links_begin(c, &lock);

	if (!sk)
		return -1;
	box = net_open_box(c);
	if (box < 0 || make_pair(c, sk, box, end) < 0)
		return links_explain(c);
	if (finish(c, sk, end) == 0)
		return 0;
	links_explain(c);
	take_back(c, end);
	return -1;
}

static int host(struct call *c)
{
	char end[LINKS_NAME];

	if (connect_to_host(c, end) < 0)
		return -1;
	if (box_ask(c) == 0)
		return 0;
	take_back(c, end);
	return -1;
}

static int box(struct call *c)
{
	return c->argc > 3 ? net_configure(c, c->argv[1], c->argv[3]) : 0;
}

static void diagnose(struct call *c)
{
	net_diagnose(c, c->argv[1]);
}

const struct op op_net_veth = {
	.name = "net veth",
	.usage = "net veth NAME [HOST-CIDR BOX-CIDR]",
	.summary = "connect the box with the host by a pair of devices",
	.detail =
		"Makes a pair of veths: what goes into one comes out of the other. One end is NAME\n"
		"in the box, the other, called ctrshPID-N, stays on the host; both are down at\n"
		"first. With two addresses (as 10.0.0.1/24 10.0.0.2/24) each end gets its own, and\n"
		"both are brought up. After net bridge the host's end becomes a port of it, unless\n"
		"it has an address of its own. The pair goes with the box. Needs CAP_NET_ADMIN on\n"
		"the host. See veth(4).",
	.argmin = 1,
	.argmax = 3,
	.flags = OP_OWN,
	.changes = CLONE_NEWNET,
	.check = check,
	.host = host,
	.box = box,
	.diagnose = diagnose,
};
