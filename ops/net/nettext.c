/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A request of rtnetlink(7) in words, read from the bytes that go to the
 * kernel. What is 0 or empty there is left out; an attribute without a name
 * here is shown by its number.
 */
#include <arpa/inet.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ops/net/netlink.h"

#define MODE 1 /* IFLA_MACVLAN_MODE, of 32 bits, and IFLA_IPVLAN_MODE, of 16 */

struct text {
	char *buf;
	unsigned n;
};

static void add(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void add(struct text *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	t->n += (unsigned)vsnprintf(t->buf + t->n, NETLINK_TEXT - t->n, fmt, ap);
	va_end(ap);
	if (t->n >= NETLINK_TEXT)
		t->n = NETLINK_TEXT - 1;
}

static void add_string(struct text *t, const char *key, const struct nlattr *a)
{
	char q[160];

	add(t, " %s=%s", key, trace_quote(q, sizeof(q), nla_get_string(a)));
}

static void add_address(struct text *t, const char *key, const struct nlattr *a, int prefix)
{
	char ip[INET6_ADDRSTRLEN] = "?";

	inet_ntop(nla_len(a) == 4 ? AF_INET : AF_INET6, nla_data(a), ip, sizeof(ip));
	add(t, " %s=%s", key, ip);
	if (prefix >= 0)
		add(t, "/%d", prefix);
}

static void add_flags(struct text *t, unsigned flags, unsigned change)
{
	static const struct trace_flag names[] = {{IFF_UP, "IFF_UP"}, {0, NULL}};
	char f[64], ch[64];

	if (change)
		add(t, " flags=%s change=%s", trace_flags(f, sizeof(f), names, flags),
		    trace_flags(ch, sizeof(ch), names, change));
}

static void add_link(struct text *t, const struct ifinfomsg *i, struct nlattr *attrs, int len);

static void add_linkinfo(struct text *t, struct nlattr *info)
{
	struct nlattr *kind = nla_find(nla_data(info), nla_len(info), IFLA_INFO_KIND);
	struct nlattr *data = nla_find(nla_data(info), nla_len(info), IFLA_INFO_DATA);
	struct nlattr *mode = data ? nla_find(nla_data(data), nla_len(data), MODE) : NULL;
	struct nlattr *peer = data ? nla_find(nla_data(data), nla_len(data), VETH_INFO_PEER) : NULL;

	if (kind)
		add(t, " kind=%s", (char *)nla_data(kind));
	if (mode && kind && strstr(nla_data(kind), "vlan"))
		add(t, " mode=%u", nla_len(mode) == 4 ? nla_get_u32(mode) : nla_get_u16(mode));
	if (!peer || !kind || strcmp(nla_data(kind), "veth") != 0 ||
	    nla_len(peer) < (int)sizeof(struct ifinfomsg))
		return;
	add(t, " peer={");
	add_link(t, nla_data(peer),
		 (struct nlattr *)(void *)((char *)nla_data(peer) +
					   NLMSG_ALIGN(sizeof(struct ifinfomsg))),
		 nla_len(peer) - (int)NLMSG_ALIGN(sizeof(struct ifinfomsg)));
	add(t, " }");
}

static void add_mac(struct text *t, struct nlattr *a)
{
	const unsigned char *byte = nla_data(a);

	for (int i = 0; i < nla_len(a); i++)
		add(t, "%s%02x", i ? ":" : " address=", byte[i]);
}

static void add_link(struct text *t, const struct ifinfomsg *i, struct nlattr *attrs, int len)
{
	struct nlattr *a;
	int rest;

	if (i->ifi_index)
		add(t, " index=%d", i->ifi_index);
	nla_for_each_attr(a, attrs, len, rest)
	{
		switch (nla_type(a)) {
		case IFLA_IFNAME:
			add_string(t, "name", a);
			break;
		case IFLA_ADDRESS:
			add_mac(t, a);
			break;
		case IFLA_GROUP:
			add(t, " group=%#x", nla_get_u32(a));
			break;
		case IFLA_MASTER:
			add(t, " master=%u", nla_get_u32(a));
			break;
		case IFLA_MTU:
			add(t, " mtu=%u", nla_get_u32(a));
			break;
		case IFLA_LINK:
			add(t, " link=%u", nla_get_u32(a));
			break;
		case IFLA_NET_NS_FD:
			add(t, " netns_fd=%u", nla_get_u32(a));
			break;
		case IFLA_LINKINFO:
			add_linkinfo(t, a);
			break;
		case IFLA_PROP_LIST:
			add_string(t, "altname", nla_data(a));
			break;
		default:
			add(t, " attribute-%d", nla_type(a));
		}
	}
	add_flags(t, i->ifi_flags, i->ifi_change);
}

static void add_addr(struct text *t, const struct ifaddrmsg *i, struct nlattr *attrs, int len)
{
	static const struct trace_flag names[] = {{IFA_F_NODAD, "IFA_F_NODAD"}, {0, NULL}};
	struct nlattr *a;
	char f[64];
	int rest;

	if (i->ifa_index)
		add(t, " index=%u", i->ifa_index);
	nla_for_each_attr(a, attrs, len, rest)
	{
		if (nla_type(a) == IFA_LOCAL)
			add_address(t, "local", a, i->ifa_prefixlen);
		else if (nla_type(a) == IFA_ADDRESS)
			add_address(t, "address", a, i->ifa_prefixlen);
		else
			add(t, " attribute-%d", nla_type(a));
	}
	if (i->ifa_flags)
		add(t, " flags=%s", trace_flags(f, sizeof(f), names, i->ifa_flags));
}

static void add_route(struct text *t, const struct rtmsg *r, struct nlattr *attrs, int len)
{
	struct nlattr *a;
	int rest;

	if (!r->rtm_dst_len)
		add(t, " dst=default");
	if (r->rtm_scope == RT_SCOPE_LINK)
		add(t, " scope=link");
	nla_for_each_attr(a, attrs, len, rest)
	{
		if (nla_type(a) == RTA_DST && r->rtm_dst_len)
			add_address(t, "dst", a, r->rtm_dst_len);
		else if (nla_type(a) == RTA_GATEWAY)
			add_address(t, "gateway", a, -1);
		else if (nla_type(a) == RTA_OIF)
			add(t, " oif=%u", nla_get_u32(a));
		else if (nla_type(a) == RTA_TABLE)
			add(t, " table=%u", nla_get_u32(a));
		else if (nla_type(a) != RTA_DST)
			add(t, " attribute-%d", nla_type(a));
	}
}

static const struct kind {
	unsigned type, header;
	const char *name;
} kinds[] = {
	{RTM_NEWLINK, sizeof(struct ifinfomsg), "RTM_NEWLINK"},
	{RTM_SETLINK, sizeof(struct ifinfomsg), "RTM_SETLINK"},
	{RTM_DELLINK, sizeof(struct ifinfomsg), "RTM_DELLINK"},
	{RTM_GETLINK, sizeof(struct ifinfomsg), "RTM_GETLINK"},
	{RTM_NEWLINKPROP, sizeof(struct ifinfomsg), "RTM_NEWLINKPROP"},
	{RTM_DELLINKPROP, sizeof(struct ifinfomsg), "RTM_DELLINKPROP"},
	{RTM_NEWADDR, sizeof(struct ifaddrmsg), "RTM_NEWADDR"},
	{RTM_GETADDR, sizeof(struct ifaddrmsg), "RTM_GETADDR"},
	{RTM_NEWROUTE, sizeof(struct rtmsg), "RTM_NEWROUTE"},
	{RTM_GETROUTE, sizeof(struct rtmsg), "RTM_GETROUTE"},
};

const char *netlink_text(char buf[NETLINK_TEXT], struct nlmsghdr *h)
{
	struct text t = {.buf = buf};
	const struct kind *k = kinds, *end = kinds + sizeof(kinds) / sizeof(*kinds);
	struct nlattr *attrs;
	int len;

	while (k < end && k->type != h->nlmsg_type)
		k++;
	if (k == end) {
		add(&t, "type %u", h->nlmsg_type);
		return buf;
	}
	add(&t, "%s", k->name);
	if ((h->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP && k->name[4] == 'G') {
		add(&t, " NLM_F_DUMP");
		return buf;
	}
	attrs = nlmsg_attrdata(h, (int)k->header);
	len = nlmsg_attrlen(h, (int)k->header);
	if (k->header == sizeof(struct ifinfomsg))
		add_link(&t, nlmsg_data(h), attrs, len);
	else if (k->header == sizeof(struct ifaddrmsg))
		add_addr(&t, nlmsg_data(h), attrs, len);
	else
		add_route(&t, nlmsg_data(h), attrs, len);
	return buf;
}
