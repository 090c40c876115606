/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * net show: what the kernel tells about the network the box is on: links,
 * their addresses, routes (RTM_GETLINK, RTM_GETADDR, RTM_GETROUTE). Asking
 * needs no privilege.
 */
#include <linux/if.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/net/net.h"

struct route {
	struct cidr dst, gateway; /* gateway: size 0: there is none */
	int device;
};

/* All is asked first, then shown. */
struct show {
	struct link *links;
	struct address *addresses;
	struct route *routes;
	size_t n_links, n_addresses, n_routes;
};

/* Adds an item of this size to the list of n. */
static void keep(void *list, size_t *n, const void *item, size_t size)
{
	char *more = realloc(*(void **)list, (*n + 1) * size);

	if (!more)
		return;
	memcpy(more + *n * size, item, size);
	*(void **)list = more;
	++*n;
}

static void keep_link(const struct link *l, void *arg)
{
	struct show *s = arg;

	keep(&s->links, &s->n_links, l, sizeof(*l));
}

static void keep_address(const struct address *a, void *arg)
{
	struct show *s = arg;

	keep(&s->addresses, &s->n_addresses, a, sizeof(*a));
}

static void read_address(const struct nlattr *a, int family, unsigned prefix, struct cidr *out)
{
	*out = (struct cidr){
		.family = family, .size = family == AF_INET ? 4 : 16, .prefix = prefix};
	if (a && nla_len(a) == (int)out->size)
		memcpy(out->bytes, nla_data(a), out->size);
}

/* Of the main table: what net route and the addresses put there. */
static void keep_route(struct nl_msg *msg, void *arg)
{
	const struct rtmsg *m = nlmsg_data(nlmsg_hdr(msg));
	struct nlattr *tb[RTA_MAX + 1];
	struct show *s = arg;
	struct route r = {0};

	if (nlmsg_hdr(msg)->nlmsg_type != RTM_NEWROUTE || m->rtm_table != RT_TABLE_MAIN ||
	    (m->rtm_family != AF_INET && m->rtm_family != AF_INET6) ||
	    nlmsg_parse(nlmsg_hdr(msg), sizeof(*m), tb, RTA_MAX, NULL) < 0)
		return;
	read_address(tb[RTA_DST], m->rtm_family, m->rtm_dst_len, &r.dst);
	if (tb[RTA_GATEWAY])
		read_address(tb[RTA_GATEWAY], m->rtm_family, 0, &r.gateway);
	r.device = tb[RTA_OIF] ? (int)nla_get_u32(tb[RTA_OIF]) : 0;
	keep(&s->routes, &s->n_routes, &r, sizeof(r));
}

static int ask_routes(struct call *c, struct nl_sock *sk, struct show *s)
{
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_GETROUTE, NLM_F_DUMP);
	struct rtmsg r = {.rtm_family = AF_UNSPEC};

	if (msg)
		nlmsg_append(msg, &r, sizeof(r), NLMSG_ALIGNTO);
	return netlink_ask(c, sk, msg, keep_route, s);
}

static void print_link(struct call *c, const struct show *s, const struct link *l)
{
	const char *state = "down", *kind = l->kind[0] ? l->kind : "device";
	char text[CIDR_TEXT], end[48] = "";

	if (l->flags & IFF_UP)
		state = l->flags & IFF_LOWER_UP ? "up" : "no carrier";
	if (l->flags & IFF_LOOPBACK)
		kind = "loopback";
	if (!strcmp(l->kind, "veth") && l->peer)
		snprintf(end, sizeof(end), ", to link %d%s", l->peer,
			 l->peer_outside ? " outside" : "");
	if ((l->flags & IFF_LOOPBACK) && !(l->flags & IFF_UP))
		trace_print(c->trace, "%-15s %-10s 127.0.0.1 does not answer: net up %s", l->name,
			    state, l->name);
	else
		trace_print(c->trace, "%-15s %-10s %s%s", l->name, state, kind, end);
	for (size_t i = 0; i < s->n_addresses; i++)
		if (s->addresses[i].index == l->index)
			trace_print(c->trace, "%-15s %s%s", "",
				    cidr_text(&s->addresses[i].cidr, text),
				    s->addresses[i].tentative ? " (tentative)" : "");
}

static void print_route(struct call *c, const struct show *s, const struct route *r)
{
	char to[CIDR_TEXT], via[CIDR_TEXT] = "";
	const char *device = "-";

	for (size_t i = 0; i < s->n_links; i++)
		if (s->links[i].index == r->device)
			device = s->links[i].name;
	cidr_text(&r->dst, to);
	if (r->gateway.size) {
		cidr_text(&r->gateway, via);
		*strchr(via, '/') = '\0';
	}
	trace_print(c->trace, "%-15s %s%s%s dev %s", r == s->routes ? "routes" : "",
		    r->dst.prefix ? to : "default", via[0] ? " via " : "", via, device);
}

static int box(struct call *c)
{
	auto_netlink struct nl_sock *sk = netlink_open(c);
	struct show s = {0};
	int r = -1;

	if (sk && link_visit(c, sk, keep_link, &s) == 0 &&
	    link_visit_addresses(c, sk, keep_address, &s) == 0 && ask_routes(c, sk, &s) == 0)
		r = 0;
	for (size_t i = 0; r == 0 && i < s.n_links; i++)
		print_link(c, &s, &s.links[i]);
	for (size_t i = 0; r == 0 && i < s.n_routes; i++)
		print_route(c, &s, &s.routes[i]);
	if (r == 0 && !s.n_routes)
		trace_print(c->trace, "%-15s none", "routes");
	free(s.links);
	free(s.addresses);
	free(s.routes);
	return r;
}

static void diagnose(struct call *c)
{
	net_diagnose(c, NULL);
}

const struct op op_net_show = {
	.name = "net show",
	.usage = "net show",
	.summary = "show the box's network devices, addresses and routes",
	.detail =
		"Lists each device in the box's network namespace with its state (up, down, or no\n"
		"carrier: it is up and its other end is not), its addresses, and the routes of the\n"
		"main table. See rtnetlink(7).",
	.flags = OP_LOOKS | OP_INSIDE,
	.host = net_host,
	.box = box,
	.diagnose = diagnose,
};
