/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links: RTM_NEWLINK makes, RTM_SETLINK changes, RTM_DELLINK removes
 * (rtnetlink(7), veth(4)). A link may be named by its name alone. Of a pair of
 * veths either end takes the other with it.
 */
#include "ops/net/link.h"

#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/route/link.h>
#include <netlink/route/link/veth.h>
#include <stdio.h>
#include <string.h>

struct visit {
	void (*each)(const struct link *l, void *arg);
	void *arg;
};

static void read_kind(struct nlattr *info, struct link *l)
{
	struct nlattr *kind = nla_find(nla_data(info), nla_len(info), IFLA_INFO_KIND);

	if (kind)
		nla_strlcpy(l->kind, kind, sizeof(l->kind));
}

static void read_mac(const struct nlattr *address, struct link *l)
{
	const unsigned char *b = nla_data(address);

	if (nla_len(address) == 6)
		snprintf(l->mac, sizeof(l->mac), "%02x:%02x:%02x:%02x:%02x:%02x", b[0], b[1], b[2],
			 b[3], b[4], b[5]);
}

static void read_link(struct nl_msg *msg, void *arg)
{
	const struct ifinfomsg *i = nlmsg_data(nlmsg_hdr(msg));
	struct visit *v = arg;
	struct link l = {.index = i->ifi_index, .flags = i->ifi_flags};
	struct nlattr *tb[IFLA_MAX + 1];

	if (nlmsg_hdr(msg)->nlmsg_type != RTM_NEWLINK ||
	    nlmsg_parse(nlmsg_hdr(msg), sizeof(*i), tb, IFLA_MAX, NULL) < 0 || !tb[IFLA_IFNAME])
		return;
	nla_strlcpy(l.name, tb[IFLA_IFNAME], sizeof(l.name));
	l.master = tb[IFLA_MASTER] ? (int)nla_get_u32(tb[IFLA_MASTER]) : 0;
	l.peer = tb[IFLA_LINK] ? (int)nla_get_u32(tb[IFLA_LINK]) : 0;
	l.mtu = tb[IFLA_MTU] ? nla_get_u32(tb[IFLA_MTU]) : 0;
	l.group = tb[IFLA_GROUP] ? nla_get_u32(tb[IFLA_GROUP]) : 0;
	l.peer_outside = tb[IFLA_LINK_NETNSID] != NULL;
	l.props = tb[IFLA_PROP_LIST];
	if (tb[IFLA_ADDRESS])
		read_mac(tb[IFLA_ADDRESS], &l);
	if (tb[IFLA_LINKINFO])
		read_kind(tb[IFLA_LINKINFO], &l);
	v->each(&l, v->arg);
}

static const struct ifinfomsg nothing = {.ifi_family = AF_UNSPEC};

/* A request on the link of that name, or (NULL) on all. */
static struct nl_msg *request(int type, int flags, struct ifinfomsg header, const char *name)
{
	struct nl_msg *msg = nlmsg_alloc_simple(type, flags);

	if (msg && (nlmsg_append(msg, &header, sizeof(header), NLMSG_ALIGNTO) < 0 ||
		    (name && nla_put_string(msg, IFLA_IFNAME, name) < 0))) {
		nlmsg_free(msg);
		return NULL;
	}
	return msg;
}

int link_visit(struct call *c, struct nl_sock *sk, void (*each)(const struct link *l, void *arg),
	       void *arg)
{
	struct visit v = {each, arg};

	return netlink_ask(c, sk, request(RTM_GETLINK, NLM_F_DUMP, nothing, NULL), read_link, &v);
}

static void copy(const struct link *l, void *arg)
{
	*(struct link *)arg = *l;
}

int link_get(struct call *c, struct nl_sock *sk, const char *name, struct link *l)
{
	struct visit v = {copy, l};

	return netlink_ask(c, sk, request(RTM_GETLINK, 0, nothing, name), read_link, &v);
}

static int add(struct call *c, struct nl_sock *sk, struct rtnl_link *link)
{
	struct nl_msg *msg = NULL;

	if (link)
		rtnl_link_build_add_request(link, NLM_F_CREATE | NLM_F_EXCL, &msg);
	rtnl_link_put(link);
	return netlink_ask(c, sk, msg, NULL, NULL);
}

int link_add_veth(struct call *c, struct nl_sock *sk, const char *name, unsigned group,
		  const char *peer, int netns)
{
	struct rtnl_link *link = rtnl_link_veth_alloc(), *other;

	if (link) {
		rtnl_link_set_name(link, name);
		rtnl_link_set_group(link, group);
		other = rtnl_link_veth_get_peer(link);
		rtnl_link_set_name(other, peer);
		rtnl_link_set_ns_fd(other, netns);
		rtnl_link_put(other);
	}
	return add(c, sk, link);
}

int link_add_bridge(struct call *c, struct nl_sock *sk, const char *name, unsigned group)
{
	struct rtnl_link *link = rtnl_link_alloc();

	if (link) {
		rtnl_link_set_type(link, "bridge");
		rtnl_link_set_name(link, name);
		rtnl_link_set_group(link, group);
	}
	return add(c, sk, link);
}

int link_add_upon(struct call *c, struct nl_sock *sk, const char *name, const char *kind, int lower,
		  int netns, unsigned mode)
{
	struct nl_msg *msg = request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, nothing, name);
	struct nlattr *info, *data;

	if (!msg)
		return netlink_ask(c, sk, NULL, NULL, NULL);
	nla_put_u32(msg, IFLA_LINK, (uint32_t)lower);
	nla_put_u32(msg, IFLA_NET_NS_FD, (uint32_t)netns);
	info = nla_nest_start(msg, IFLA_LINKINFO);
	nla_put_string(msg, IFLA_INFO_KIND, kind);
	data = nla_nest_start(msg, IFLA_INFO_DATA);
	if (!strcmp(kind, "macvlan"))
		nla_put_u32(msg, IFLA_MACVLAN_MODE, mode);
	else
		nla_put_u16(msg, IFLA_IPVLAN_MODE, (uint16_t)mode);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	return netlink_ask(c, sk, msg, NULL, NULL);
}

int link_move(struct call *c, struct nl_sock *sk, int index, int netns, const char *name)
{
	struct ifinfomsg i = {.ifi_family = AF_UNSPEC, .ifi_index = index};
	struct nl_msg *msg = request(RTM_SETLINK, 0, i, name);

	if (msg)
		nla_put_u32(msg, IFLA_NET_NS_FD, (uint32_t)netns);
	return netlink_ask(c, sk, msg, NULL, NULL);
}

int link_delete(struct call *c, struct nl_sock *sk, const char *name)
{
	return netlink_ask(c, sk, request(RTM_DELLINK, 0, nothing, name), NULL, NULL);
}

int link_set(struct call *c, struct nl_sock *sk, const char *name, int state, int master)
{
	struct ifinfomsg i = {.ifi_family = AF_UNSPEC,
			      .ifi_flags = state == LINK_UP ? IFF_UP : 0,
			      .ifi_change = state ? IFF_UP : 0};
	struct nl_msg *msg = request(RTM_SETLINK, 0, i, name);

	if (msg && master)
		nla_put_u32(msg, IFLA_MASTER, (uint32_t)master);
	return netlink_ask(c, sk, msg, NULL, NULL);
}

static int names(struct call *c, struct nl_sock *sk, int type, int flags, const char *name,
		 const char *other)
{
	struct nl_msg *msg = request(type, flags, nothing, name);
	struct nlattr *list = msg ? nla_nest_start(msg, IFLA_PROP_LIST | NLA_F_NESTED) : NULL;

	if (list) {
		nla_put_string(msg, IFLA_ALT_IFNAME, other);
		nla_nest_end(msg, list);
	}
	return netlink_ask(c, sk, msg, NULL, NULL);
}

int link_add_name(struct call *c, struct nl_sock *sk, const char *name, const char *other)
{
	return names(c, sk, RTM_NEWLINKPROP, NLM_F_CREATE | NLM_F_APPEND | NLM_F_EXCL, name, other);
}

int link_drop_name(struct call *c, struct nl_sock *sk, const char *name, const char *other)
{
	return names(c, sk, RTM_DELLINKPROP, 0, name, other);
}

int link_set_mac(struct call *c, struct nl_sock *sk, const char *name, const unsigned char *mac)
{
	struct nl_msg *msg = request(RTM_SETLINK, 0, nothing, name);

	if (msg)
		nla_put(msg, IFLA_ADDRESS, 6, mac);
	return netlink_ask(c, sk, msg, NULL, NULL);
}

int link_set_mtu(struct call *c, struct nl_sock *sk, const char *name, unsigned mtu)
{
	struct nl_msg *msg = request(RTM_SETLINK, 0, nothing, name);

	if (msg)
		nla_put_u32(msg, IFLA_MTU, mtu);
	return netlink_ask(c, sk, msg, NULL, NULL);
}
