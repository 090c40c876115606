/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the ops of the family `net` have in common.
 */
#ifndef CTRSH_OPS_NET_NET_H
#define CTRSH_OPS_NET_NET_H

#include "ops/net/link.h"

/* Host half of an op that changes only the box's network: what a killed ctrsh
 * left goes, then the box is asked. */
int net_host(struct call *c);

/* The box's network namespace: a descriptor, or -1. Host half. */
int net_open_box(struct call *c);

/* Gives the box's device the address and brings it up. Box half. 0 or -1. */
int net_configure(struct call *c, const char *device, const char *cidr);

/* Why there is no way to the gateway, into c->err. Box half. */
void net_explain_gateway(struct call *c, struct nl_sock *sk, const struct cidr *gateway);

/* Why a box half failed; device: the one that was meant, or NULL. In the shell. */
void net_diagnose(struct call *c, const char *device);

/* Adds why to the error of a device that is to be made: the box has one of that name. Always -1. */
int net_refuse_taken(struct call *c);

/* For explain: what net bridge would find. -1 and c->err: it would refuse. */
struct net_bridge {
	bool absent; /* there is none of that name yet */
	bool joins;  /* it is another session's, and becomes this one's, too */
	bool ports;  /* there are ends of the box's veths for it */
};
int net_bridge_look(struct call *c, struct net_bridge *b);

/* For explain: would net move refuse it? 0, or -1 and c->err. */
int net_move_look(struct call *c);

#endif
