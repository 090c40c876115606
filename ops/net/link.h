/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Requests on links, addresses and routes, in the network namespace that the
 * socket belongs to. Each gives 0, or -1 and c->err.
 */
#ifndef CTRSH_OPS_NET_LINK_H
#define CTRSH_OPS_NET_LINK_H

#include "ops/net/cidr.h"
#include "ops/net/netlink.h"

struct nlattr;

#define LINK_UP   1
#define LINK_DOWN 2

/* A link, as the kernel describes it. */
struct link {
	int index, master, peer; /* master, peer (in whose namespace ever): 0: none */
	unsigned flags;          /* IFF_*, netdevice(7) */
	unsigned group, mtu;
	bool peer_outside;          /* in another namespace */
	char name[16], kind[16];    /* kind: "" for a device that is no rtnl_link */
	char mac[24];               /* "02:00:00:00:00:01"; "": it has none of six bytes */
	const struct nlattr *props; /* its other names; NULL: none; valid while it is visited */
};

/* All links. */
int link_visit(struct call *c, struct nl_sock *sk, void (*each)(const struct link *l, void *arg),
	       void *arg);

/* The one of this name. ENODEV: there is none. */
int link_get(struct call *c, struct nl_sock *sk, const char *name, struct link *l);

/* A pair: the other end appears in the namespace of that descriptor at once. */
int link_add_veth(struct call *c, struct nl_sock *sk, const char *name, unsigned group,
		  const char *peer, int netns);
int link_add_bridge(struct call *c, struct nl_sock *sk, const char *name, unsigned group);
/* One in that namespace that works through the link with that index of the socket's; kind:
 * "macvlan" or "ipvlan". */
int link_add_upon(struct call *c, struct nl_sock *sk, const char *name, const char *kind, int lower,
		  int netns, unsigned mode);
/* To another network namespace, where it has that name. */
int link_move(struct call *c, struct nl_sock *sk, int index, int netns, const char *name);
int link_delete(struct call *c, struct nl_sock *sk, const char *name);

/* state: LINK_UP, LINK_DOWN or 0 (as it is). master: an index, 0: as it is. */
int link_set(struct call *c, struct nl_sock *sk, const char *name, int state, int master);

/* Another name for it (up to 127 bytes, since Linux 5.5), and away with it. */
int link_add_name(struct call *c, struct nl_sock *sk, const char *name, const char *other);
int link_drop_name(struct call *c, struct nl_sock *sk, const char *name, const char *other);

int link_set_mtu(struct call *c, struct nl_sock *sk, const char *name, unsigned mtu);

/* Its hardware address, of six bytes. */
int link_set_mac(struct call *c, struct nl_sock *sk, const char *name, const unsigned char *mac);

int link_add_address(struct call *c, struct nl_sock *sk, int index, const struct cidr *address);

struct address {
	int index;
	bool tentative;
	struct cidr cidr;
};
int link_visit_addresses(struct call *c, struct nl_sock *sk,
			 void (*each)(const struct address *a, void *arg), void *arg);

/* index: of the device; 0: the one whose network has the gateway. A dst with
 * the prefix 0 is the default route. gateway NULL: what it is for is on the link. */
int link_add_route(struct call *c, struct nl_sock *sk, const struct cidr *dst,
		   const struct cidr *gateway, int index);

#endif
