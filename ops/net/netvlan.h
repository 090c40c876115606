/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_OPS_NET_NETVLAN_H
#define CTRSH_OPS_NET_NETVLAN_H

#include "ops/op.h"

struct link_mode {
	const char *name;
	unsigned number; /* linux/if_link.h */
};

/* The mode that a net macvlan or net ipvlan line asks for; NULL: there is no such. */
const struct link_mode *netvlan_mode(int argc, char **argv);

/* Adds why to the error of a device that the host lacks. Always -1. */
int netvlan_refuse_absent(struct call *c);

#endif
