/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The routes of the main table of a network namespace (rtnetlink(7)), what
 * "ip route" and "ip -6 route" list. A dump of IPv6 has besides what was learnt
 * of single hosts (RTM_F_CLONED): these come and go, and are no routes anybody
 * set.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <stdio.h>

#include "ops/facts/fact.h"
#include "ops/facts/inside.h"
#include "ops/namespaces/ns.h"
#include "ops/net/cidr.h"
#include "ops/net/netlink.h"

#define LINE_SIZE 1024

struct line {
	char text[LINE_SIZE];
	size_t n;
};

static void add(struct line *l, const char *word, const char *value)
{
	if (l->n < LINE_SIZE)
		l->n += (size_t)snprintf(l->text + l->n, LINE_SIZE - l->n, "%s%s %s",
					 l->n ? " " : "", word, value);
}

static void add_address(struct line *l, const char *word, const void *bytes, int size)
{
	char ip[INET6_ADDRSTRLEN];

	if (size == 4 || size == 16)
		add(l, word, inet_ntop(size == 4 ? AF_INET : AF_INET6, bytes, ip, sizeof(ip)));
}

static void add_device(struct line *l, unsigned index)
{
	char name[IF_NAMESIZE];

	add(l, "dev", if_indextoname(index, name) ? name : "?");
}

/* A gateway of the route's family, or of another (RTA_VIA: family, address). */
static void add_gateway(struct line *l, struct nlattr *gateway, struct nlattr *via)
{
	if (gateway)
		add_address(l, "via", nla_data(gateway), nla_len(gateway));
	else if (via && nla_len(via) > (int)sizeof(sa_family_t))
		add_address(l, "via", (char *)nla_data(via) + sizeof(sa_family_t),
			    nla_len(via) - (int)sizeof(sa_family_t));
}

/* Several ways, each a struct rtnexthop with attributes of its own. */
static void add_hops(struct line *l, struct nlattr *list)
{
	struct rtnexthop *hop = nla_data(list);
	int left = nla_len(list);

	for (; left >= (int)sizeof(*hop) && RTNH_OK(hop, left);
	     left -= (int)RTNH_ALIGN(hop->rtnh_len), hop = RTNH_NEXT(hop)) {
		struct nlattr *attrs = (struct nlattr *)(void *)(hop + 1);
		int len = hop->rtnh_len - (int)sizeof(*hop);

		add_gateway(l, nla_find(attrs, len, RTA_GATEWAY), nla_find(attrs, len, RTA_VIA));
		add_device(l, (unsigned)hop->rtnh_ifindex);
	}
}

static const char *type(unsigned n)
{
	static const char *const names[] = {
		[RTN_LOCAL] = "local",
		[RTN_BROADCAST] = "broadcast",
		[RTN_ANYCAST] = "anycast",
		[RTN_MULTICAST] = "multicast",
		[RTN_BLACKHOLE] = "blackhole",
		[RTN_UNREACHABLE] = "unreachable",
		[RTN_PROHIBIT] = "prohibit",
		[RTN_THROW] = "throw",
		[RTN_NAT] = "nat",
		[RTN_XRESOLVE] = "xresolve",
	};

	return n < sizeof(names) / sizeof(*names) ? names[n] : NULL;
}

static void read_destination(struct nlattr *a, const struct rtmsg *m, char text[CIDR_TEXT])
{
	char ip[INET6_ADDRSTRLEN] = "?";

	if (a)
		inet_ntop(m->rtm_family, nla_data(a), ip, sizeof(ip));
	if (a && m->rtm_dst_len)
		snprintf(text, CIDR_TEXT, "%s/%u", ip, m->rtm_dst_len);
	else
		snprintf(text, CIDR_TEXT, "default%s", m->rtm_family == AF_INET6 ? " (IPv6)" : "");
}

static void add_route(struct nl_msg *msg, void *arg)
{
	const struct rtmsg *m = nlmsg_data(nlmsg_hdr(msg));
	struct nlattr *tb[RTA_MAX + 1];
	struct line l = {.text = ""};
	char to[CIDR_TEXT], number[16];

	if (nlmsg_hdr(msg)->nlmsg_type != RTM_NEWROUTE || m->rtm_table != RT_TABLE_MAIN ||
	    (m->rtm_family != AF_INET && m->rtm_family != AF_INET6) ||
	    (m->rtm_flags & RTM_F_CLONED) ||
	    nlmsg_parse(nlmsg_hdr(msg), sizeof(*m), tb, RTA_MAX, NULL) < 0)
		return;
	if (type(m->rtm_type))
		add(&l, "type", type(m->rtm_type));
	add_gateway(&l, tb[RTA_GATEWAY], tb[RTA_VIA]);
	if (tb[RTA_MULTIPATH])
		add_hops(&l, tb[RTA_MULTIPATH]);
	else if (tb[RTA_OIF])
		add_device(&l, nla_get_u32(tb[RTA_OIF]));
	if (tb[RTA_PREFSRC])
		add_address(&l, "src", nla_data(tb[RTA_PREFSRC]), nla_len(tb[RTA_PREFSRC]));
	snprintf(number, sizeof(number), "%u",
		 tb[RTA_PRIORITY] ? nla_get_u32(tb[RTA_PRIORITY]) : 0);
	if (tb[RTA_PRIORITY])
		add(&l, "metric", number);
	read_destination(tb[RTA_DST], m, to);
	items_add(arg, to, "%s", l.text);
}

static void read_routes(struct items *t)
{
	struct trace silent = {.on = false};
	struct err err = {0};
	struct call c = {.err = &err, .trace = &silent};
	auto_netlink struct nl_sock *sk = netlink_open(&c);
	struct nl_msg *msg = sk ? nlmsg_alloc_simple(RTM_GETROUTE, NLM_F_DUMP) : NULL;
	struct rtmsg r = {.rtm_family = AF_UNSPEC};

	if (msg)
		nlmsg_append(msg, &r, sizeof(r), NLMSG_ALIGNTO);
	if (!sk || netlink_ask(&c, sk, msg, add_route, t) < 0)
		t->errnum = err.errnum ? err.errnum : EIO;
}

static void read_fact(const struct subject *who, struct items *t)
{
	inside_read(who, CLONE_NEWNET, read_routes, t);
}

const struct fact fact_routes = {
	.name = "routes",
	.summary = "the routes of the main table (rtnetlink(7))",
	.keys = "to",
	.ns = CLONE_NEWNET,
	.steady = true,
	.read = read_fact,
};
