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

#include "net.h"

struct show {
	struct call *c;
	struct address *addresses;
	size_t n_addresses;
	struct name {
		int index;
		char name[16];
	} * names;
	size_t n_names;
	bool routes;
};

static void keep_address(const struct address *a, void *arg)
{
	struct show *s = arg;
	struct address *more = realloc(s->addresses, (s->n_addresses + 1) * sizeof(*more));

	if (!more)
		return;
	s->addresses = more;
	more[s->n_addresses++] = *a;
}

static void keep_name(const struct link *l, struct show *s)
{
	struct name *more = realloc(s->names, (s->n_names + 1) * sizeof(*more));

	if (!more)
		return;
	s->names = more;
	more[s->n_names].index = l->index;
	snprintf(more[s->n_names++].name, sizeof(more->name), "%s", l->name);
}

static void print_link(const struct link *l, void *arg)
{
	struct show *s = arg;
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
		trace_print(s->c->trace, "%-15s %-10s 127.0.0.1 does not answer: net up %s",
			    l->name, state, l->name);
	else
		trace_print(s->c->trace, "%-15s %-10s %s%s", l->name, state, kind, end);
	for (size_t i = 0; i < s->n_addresses; i++)
		if (s->addresses[i].index == l->index)
			trace_print(s->c->trace, "                %s%s",
				    cidr_text(&s->addresses[i].cidr, text),
				    s->addresses[i].tentative ? " (tentative)" : "");
	keep_name(l, s);
}

static const char *name_of(const struct show *s, const struct nlattr *oif)
{
	for (size_t i = 0; oif && i < s->n_names; i++)
		if (s->names[i].index == (int)nla_get_u32(oif))
			return s->names[i].name;
	return "-";
}

static void read_address(const struct nlattr *a, int family, unsigned prefix, struct cidr *out)
{
	*out = (struct cidr){
		.family = family, .size = family == AF_INET ? 4 : 16, .prefix = prefix};
	if (a && nla_len(a) == (int)out->size)
		memcpy(out->bytes, nla_data(a), out->size);
}

/* Of the main table: what net route and the addresses put there. */
static void print_route(struct nl_msg *msg, void *arg)
{
	const struct rtmsg *r = nlmsg_data(nlmsg_hdr(msg));
	struct nlattr *tb[RTA_MAX + 1];
	struct show *s = arg;
	struct cidr dst, gateway;
	char to[CIDR_TEXT], via[CIDR_TEXT] = "";

	if (nlmsg_hdr(msg)->nlmsg_type != RTM_NEWROUTE || r->rtm_table != RT_TABLE_MAIN ||
	    (r->rtm_family != AF_INET && r->rtm_family != AF_INET6) ||
	    nlmsg_parse(nlmsg_hdr(msg), sizeof(*r), tb, RTA_MAX, NULL) < 0)
		return;
	read_address(tb[RTA_DST], r->rtm_family, r->rtm_dst_len, &dst);
	cidr_text(&dst, to);
	if (!r->rtm_dst_len)
		snprintf(to, sizeof(to), "default");
	if (tb[RTA_GATEWAY]) {
		read_address(tb[RTA_GATEWAY], r->rtm_family, 0, &gateway);
		cidr_text(&gateway, via);
		*strchr(via, '/') = '\0';
	}
	trace_print(s->c->trace, "%-15s %s%s%s dev %s", s->routes ? "" : "routes", to,
		    via[0] ? " via " : "", via, name_of(s, tb[RTA_OIF]));
	s->routes = true;
}

static int visit_routes(struct call *c, struct nl_sock *sk, struct show *s)
{
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_GETROUTE, NLM_F_DUMP);
	struct rtmsg r = {.rtm_family = AF_UNSPEC};

	if (msg)
		nlmsg_append(msg, &r, sizeof(r), NLMSG_ALIGNTO);
	return netlink_ask(c, sk, msg, print_route, s);
}

static int box(struct call *c)
{
	auto_netlink struct nl_sock *sk = netlink_open(c);
	struct show s = {.c = c};
	int r = -1;

	if (sk && link_visit_addresses(c, sk, keep_address, &s) == 0 &&
	    link_visit(c, sk, print_link, &s) == 0)
		r = visit_routes(c, sk, &s);
	if (r == 0 && !s.routes)
		trace_print(c->trace, "%-15s none", "routes");
	free(s.addresses);
	free(s.names);
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
	.host = net_host,
	.box = box,
	.diagnose = diagnose,
};
