/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * net bridge: a switch on the host, whose ports are the host's ends of veths
 * (RTM_SETLINK with IFLA_MASTER, rtnetlink(7)). Boxes of several sessions on
 * one bridge are on one network. The sessions that use a bridge of ours are
 * written on it (links.h), and the last one takes it away.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auto.h"
#include "links.h"
#include "netname.h"
#include "ns.h"

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

/* The bridge by its name, made if there is none. */
static enum use take(struct call *c, struct nl_sock *sk, struct known *k)
{
	if (link_visit(c, sk, know, k) < 0)
		return USE_FAILED;
	if (!k->link.index)
		return make(c, sk, k->name) == USE_MADE && link_get(c, sk, k->name, &k->link) == 0
			       ? USE_MADE
			       : USE_FAILED;
	if (strcmp(k->link.kind, "bridge") != 0) {
		err_order(c->err, "%s: %s is no bridge", c->argv[0], k->name);
		err_why(c->err, "the host has a device of that name%s%s",
			k->link.kind[0] ? ", of the kind " : "", k->link.kind);
		return USE_FAILED;
	}
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
	if (use == USE_FOREIGN) {
		err_order(c->err, "%s: refused: it would change a bridge that is not ctrsh's",
			  c->argv[0]);
		err_why(c->err,
			"%s was there before; boxes can be connected to it, its addresses stay as they are",
			k->name);
		err_fix(c->err, "net bridge %s", k->name);
		return -1;
	}
	if (cidr_parse(c->argv[0], c->argv[2], &address, c->err) < 0)
		return -1;
	if (link_add_address(c, sk, k->link.index, &address) < 0) {
		if (c->err->errnum != EEXIST)
			return -1;
		*c->err = before;
	}
	return 0;
}

/* --- the host's ends that are to be ports */

struct ports {
	const struct session *session;
	struct end {
		int index;
		bool addressed;
		char name[LINKS_NAME];
	} * list;
	size_t n;
	const char *addressed; /* the name of one */
};

static void note_end(const struct link *l, void *arg)
{
	struct ports *p = arg;
	struct end *more;

	if (l->master || strcmp(l->kind, "veth") != 0 || !links_is_ours(l) ||
	    !links_is_used(l, p->session))
		return;
	more = realloc(p->list, (p->n + 1) * sizeof(*more));
	if (!more)
		return;
	p->list = more;
	more[p->n] = (struct end){.index = l->index};
	snprintf(more[p->n++].name, LINKS_NAME, "%s", l->name);
}

/* What the kernel gave it by itself does not count. */
static void note_address(const struct address *a, void *arg)
{
	struct ports *p = arg;

	for (size_t i = 0; i < p->n; i++)
		if (p->list[i].index == a->index && !cidr_is_linklocal(&a->cidr))
			p->list[i].addressed = true;
}

static int attach(struct call *c, struct nl_sock *sk, int bridge)
{
	struct ports p = {.session = c->session};
	size_t attached = 0, addressed = 0;
	int r = 0;

	if (link_visit(c, sk, note_end, &p) < 0 ||
	    (p.n && link_visit_addresses(c, sk, note_address, &p) < 0))
		r = -1;
	for (size_t i = 0; r == 0 && i < p.n; i++) {
		addressed += p.list[i].addressed;
		if (p.list[i].addressed)
			continue;
		r = link_set(c, sk, p.list[i].name, LINK_UP, bridge);
		attached++;
	}
	if (r == 0 && addressed && !attached) {
		err_order(c->err,
			  "%s: the host's end of the box's device has an address of its own",
			  c->argv[0]);
		err_why(c->err,
			"%s would not be reached at it any more as a port: on a bridge the bridge has the address",
			p.list[0].name);
		err_fix(c->err,
			"reset; then net veth without addresses, net bridge %s CIDR, net addr, net up",
			c->argv[1]);
		r = -1;
	}
	free(p.list);
	return r;
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

static int host(struct call *c)
{
	auto_close int lock = -1;
	auto_netlink struct nl_sock *sk = links_begin(c, &lock);
	struct known k = {.session = c->session, .name = c->argv[1]};
	enum use use;

	if (!sk)
		return -1;
	use = take(c, sk, &k);
	if (use == USE_FAILED)
		return links_explain(c);
	if (give_address(c, sk, &k, use) < 0 || attach(c, sk, k.link.index) < 0) {
		links_explain(c);
		take_back(c, sk, c->argv[1], use);
		return -1;
	}
	snprintf(c->session->links.bridge, LINKS_NAME, "%s", c->argv[1]);
	return 0;
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
	.flags = OP_WARDEN,
	.changes = CLONE_NEWNET,
	.args = {{ARG_BRIDGE, NULL}},
	.check = check,
	.host = host,
};
