/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The host's ends of a box's veths that are to be ports of a bridge: those
 * that are a port of none and have no address of their own.
 */
#ifndef CTRSH_OPS_NET_PORTS_H
#define CTRSH_OPS_NET_PORTS_H

#include "ops/box/session.h"
#include "ops/net/link.h"

struct ports_end {
	int index;
	bool addressed;
	char name[LINKS_NAME];
};

struct ports {
	const struct session *session;
	struct ports_end *list;
	size_t n;
};

/* Finds them. Refused: there are ends, and all of them have addresses. 0 or -1. */
int ports_find(struct call *c, struct nl_sock *sk, struct ports *p);

/* Makes them ports of the bridge of that index, and brings them up. 0 or -1. */
int ports_attach(struct call *c, struct nl_sock *sk, const struct ports *p, int bridge);

void ports_release(struct ports *p);

#endif
