/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses and routes: RTM_NEWADDR and RTM_NEWROUTE (rtnetlink(7)). A new
 * IPv6 address cannot be used for a second or two, while the kernel asks
 * whether somebody has it already (RFC 4862, duplicate address detection).
 * IFA_F_NODAD leaves that out: on the link are only those who were told their
 * addresses by hand.
 */
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <netlink/addr.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/route/addr.h>
#include <netlink/route/nexthop.h>
#include <netlink/route/route.h>
#include <string.h>

#include "ops/net/link.h"

struct visit {
	void (*each)(const struct address *a, void *arg);
	void *arg;
};

static struct nl_addr *build(const struct cidr *c)
{
	struct cidr copy = *c; /* nl_addr_build() does not promise to leave it as it is */
	struct nl_addr *a = nl_addr_build(c->family, copy.bytes, c->size);

	if (a)
		nl_addr_set_prefixlen(a, (int)c->prefix);
	return a;
}

int link_add_address(struct call *c, struct nl_sock *sk, int index, const struct cidr *address)
{
	struct rtnl_addr *a = rtnl_addr_alloc();
	struct nl_addr *local = build(address);
	struct nl_msg *msg = NULL;

	if (a && local) {
		rtnl_addr_set_ifindex(a, index);
		rtnl_addr_set_local(a, local);
		if (address->family == AF_INET6)
			rtnl_addr_set_flags(a, IFA_F_NODAD);
		rtnl_addr_build_add_request(a, NLM_F_CREATE | NLM_F_EXCL, &msg);
	}
	nl_addr_put(local);
	rtnl_addr_put(a);
	return netlink_ask(c, sk, msg, NULL, NULL);
}

static void read_address(struct nl_msg *msg, void *arg)
{
	const struct ifaddrmsg *i = nlmsg_data(nlmsg_hdr(msg));
	struct visit *v = arg;
	struct address a = {.index = (int)i->ifa_index,
			    .tentative = i->ifa_flags & IFA_F_TENTATIVE,
			    .cidr = {.family = i->ifa_family, .prefix = i->ifa_prefixlen}};
	struct nlattr *tb[IFA_MAX + 1], *ip;

	if (nlmsg_hdr(msg)->nlmsg_type != RTM_NEWADDR ||
	    nlmsg_parse(nlmsg_hdr(msg), sizeof(*i), tb, IFA_MAX, NULL) < 0)
		return;
	ip = tb[IFA_LOCAL] ? tb[IFA_LOCAL] : tb[IFA_ADDRESS];
	if (!ip || (nla_len(ip) != 4 && nla_len(ip) != 16))
		return;
	a.cidr.size = (unsigned)nla_len(ip);
	memcpy(a.cidr.bytes, nla_data(ip), a.cidr.size);
	v->each(&a, v->arg);
}

int link_visit_addresses(struct call *c, struct nl_sock *sk,
			 void (*each)(const struct address *a, void *arg), void *arg)
{
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_GETADDR, NLM_F_DUMP);
	struct ifaddrmsg i = {.ifa_family = AF_UNSPEC};
	struct visit v = {each, arg};

	if (msg)
		nlmsg_append(msg, &i, sizeof(i), NLMSG_ALIGNTO);
	return netlink_ask(c, sk, msg, read_address, &v);
}

int link_add_route(struct call *c, struct nl_sock *sk, const struct cidr *dst,
		   const struct cidr *gateway, int index)
{
	struct rtnl_route *route = rtnl_route_alloc();
	struct rtnl_nexthop *hop = rtnl_route_nh_alloc();
	struct nl_addr *to = build(dst), *via = gateway ? build(gateway) : NULL;
	struct nl_msg *msg = NULL;

	if (route && hop && to && (via || !gateway)) {
		rtnl_route_set_family(route, (uint8_t)dst->family);
		rtnl_route_set_dst(route, to);
		if (via)
			rtnl_route_nh_set_gateway(hop, via);
		else
			rtnl_route_set_scope(route, RT_SCOPE_LINK);
		if (index)
			rtnl_route_nh_set_ifindex(hop, index);
		rtnl_route_add_nexthop(route, hop);
		hop = NULL; /* the route's */
		rtnl_route_build_add_request(route, NLM_F_CREATE | NLM_F_EXCL, &msg);
	}
	if (hop)
		rtnl_route_nh_free(hop);
	nl_addr_put(to);
	nl_addr_put(via);
	rtnl_route_put(route);
	return netlink_ask(c, sk, msg, NULL, NULL);
}
