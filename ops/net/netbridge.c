/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * net bridge: a switch on the host, whose ports are the host's ends of veths
 * (RTM_SETLINK with IFLA_MASTER, rtnetlink(7)). Boxes of several sessions on
 * one bridge are on one network. The sessions that use a bridge of ours are
 * written on it (links.h), and the last one takes it away.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/namespaces/ns.h"
#include "ops/net/links.h"
#include "ops/net/net.h"
#include "ops/net/netname.h"
#include "ops/net/ports.h"

static int check(int argc, char **argv, struct err *err)
{
	struct cidr address;

	if (netname_check(argv[0], argv[1], err) < 0)
		return -1;
	return argc > 2 ? cidr_parse(argv[0], argv[2], &address, err) : 0;
}

/* How the bridge came to be used by this session. */
enum use { USE_FAILED, USE_FOREIGN, USE_ALREADY, USE_JOINED, USE_MADE };

static enum use make(struct call *c, struct nl_sock *sk, const char *name)
{
	struct err first;

	if (link_add_bridge(c, sk, name, LINKS_GROUP) < 0)
		return USE_FAILED;
	if (links_use(c, sk, name) == 0 && link_set(c, sk, name, LINK_UP, 0) == 0)
		return USE_MADE;
	first = *c->err;
	link_delete(c, sk, name);
	*c->err = first;
	return USE_FAILED;
}

struct known {
	const struct session *session;
	const char *name;
	bool used, ours;
	struct link link;
};

static void know(const struct link *l, void *arg)
{
	struct known *k = arg;

	if (strcmp(l->name, k->name) != 0)
		return;
	k->link = *l;
	k->ours = links_is_ours(l);
	k->used = k->ours && links_is_used(l, k->session);
}

static int not_a_bridge(struct call *c, const struct link *l)
{
	if (!strcmp(l->kind, "bridge"))
		return 0;
	err_state(c->err, "%s: %s is no bridge", c->argv[0], c->argv[1]);
	err_why(c->err, "the host has a device of that name%s%s",
		l->kind[0] ? ", of the kind " : "", l->kind);
	return -1;
}

/* Somebody else's bridge keeps the addresses that it has. */
static int refuse_address(struct call *c, const struct known *k)
{
	err_state(c->err, "%s: refused: it would change a bridge that is not ctrsh's", c->argv[0]);
	err_why(c->err,
		"%s was there before; boxes can be connected to it, its addresses stay as they are",
		k->name);
	err_instead(c->err, "net bridge %s", k->name);
	return -1;
}

int net_bridge_look(struct call *c, struct net_bridge *b)
{
	auto_netlink struct nl_sock *sk = netlink_open(c);
	struct known k = {.session = c->session, .name = c->argv[1]};
	struct ports p = {.session = c->session};
	int r = sk && ports_find(c, sk, &p) == 0 ? link_visit(c, sk, know, &k) : -1;

	if (r == 0 && k.link.index)
		r = not_a_bridge(c, &k.link);
	if (r == 0 && k.link.index && !k.ours && c->argc > 2)
		r = refuse_address(c, &k);
	*b = (struct net_bridge){.absent = !k.link.index, .joins = k.ours && !k.used};
	for (size_t i = 0; i < p.n; i++)
		b->ports |= !p.list[i].addressed;
	ports_release(&p);
	if (r < 0 && (c->err->kind == ERR_ORDER || c->err->kind == ERR_STATE))
		return -1;
	*c->err = (struct err){0};
	return 0;
}

/* The bridge by its name, made if there is none. */
static enum use take(struct call *c, struct nl_sock *sk, struct known *k)
{
	if (link_visit(c, sk, know, k) < 0)
		return USE_FAILED;
	if (!k->link.index)
		return make(c, sk, k->name) == USE_MADE && link_get(c, sk, k->name, &k->link) == 0
			       ? USE_MADE
			       : USE_FAILED;
	if (not_a_bridge(c, &k->link) < 0)
		return USE_FAILED;
	if (!k->ours)
		return USE_FOREIGN;
	if (k->used)
		return USE_ALREADY;
	return links_use(c, sk, k->name) == 0 ? USE_JOINED : USE_FAILED;
}

/* Two sessions may well name the same address: it is there, that is enough. */
static int give_address(struct call *c, struct nl_sock *sk, const struct known *k, enum use use)
{
	struct err before = *c->err;
	struct cidr address;

	if (c->argc < 3)
		return 0;
	if (use == USE_FOREIGN)
		return refuse_address(c, k);
	if (cidr_parse(c->argv[0], c->argv[2], &address, c->err) < 0)
		return -1;
	if (link_add_address(c, sk, k->link.index, &address) < 0) {
		if (c->err->errnum != EEXIST)
			return -1;
		*c->err = before;
	}
	return 0;
}

static void take_back(struct call *c, struct nl_sock *sk, const char *name, enum use use)
{
	struct err first = *c->err;

	if (use == USE_MADE)
		link_delete(c, sk, name);
	else if (use == USE_JOINED)
		links_leave(c, sk, name);
	*c->err = first;
}

static int connect_to(struct call *c, struct nl_sock *sk, const struct ports *p)
{
	struct known k = {.session = c->session, .name = c->argv[1]};
	enum use use = take(c, sk, &k);

	if (use == USE_FAILED)
		return links_explain(c);
	if (give_address(c, sk, &k, use) == 0 && ports_attach(c, sk, p, k.link.index) == 0) {
		snprintf(c->session->made->links.bridge, LINKS_NAME, "%s", c->argv[1]);
		return 0;
	}
	links_explain(c);
	take_back(c, sk, c->argv[1], use);
	return -1;
}

static int host(struct call *c)
{
	auto_close int lock = -1;
	auto_netlink struct nl_sock *sk = links_begin(c, &lock);
	struct ports p = {.session = c->session};
	int r = -1;

	if (sk && ports_find(c, sk, &p) == 0)
		r = connect_to(c, sk, &p);
	ports_release(&p);
	return r;
}

const struct op op_net_bridge = {
	.name = "net bridge",
	.usage = "net bridge NAME [CIDR]",
	.summary = "connect the box to a bridge on the host",
	.detail =
		"Makes the bridge NAME on the host, or uses the one that is there, and makes the\n"
		"host's ends of this box's veths its ports: those there are, and those that net veth\n"
		"makes from now on. Ends with an address of their own stay as they are. Boxes of\n"
		"several sessions on one bridge reach each other. CIDR is the host's own address on\n"
		"it. A bridge made by ctrsh goes with the last session that uses it; another one is\n"
		"never changed. Needs CAP_NET_ADMIN on the host. See rtnetlink(7).",
	.argmin = 1,
	.argmax = 2,
	.flags = OP_OWN,
	.changes = CLONE_NEWNET,
	.args = {{ARG_BRIDGE, NULL}},
	.check = check,
	.host = host,
};
