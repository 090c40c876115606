/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the ops of the family `net` have in common.
 */
#ifndef CTRSH_OPS_NET_H
#define CTRSH_OPS_NET_H

#include "ops/net/link.h"

/* Host half of an op that changes only the box's network: what a killed ctrsh
 * left goes, then the box is asked. */
int net_host(struct call *c);

/* Gives the box's device the address and brings it up. Box half. 0 or -1. */
int net_configure(struct call *c, const char *device, const char *cidr);

/* Why there is no way to the gateway, into c->err. Box half. */
void net_explain_gateway(struct call *c, struct nl_sock *sk, const struct cidr *gateway);

/* Why a box half failed; device: the one that was meant, or NULL. In the shell. */
void net_diagnose(struct call *c, const char *device);

/* For explain: is there a device of the host's by that name, and no bridge? -1 and c->err. */
int net_bridge_refuses(struct call *c);

#endif
