/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a gateway cannot be reached. Asked of the kernel where the route was to
 * be, in the box: which devices are up, and on which networks they are.
 */
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "ops/net/net.h"

struct search {
	const struct cidr *gateway;
	int found; /* the device with a network that has the gateway; 0: none */
	bool up;
	char network[CIDR_TEXT], name[16];
	char all[200]; /* all networks, for the message */
};

static void look(const struct address *a, void *arg)
{
	struct search *s = arg;
	char text[CIDR_TEXT];
	size_t n = strlen(s->all);

	cidr_text(&a->cidr, text);
	if (a->cidr.family == s->gateway->family && n + 2 < sizeof(s->all))
		snprintf(s->all + n, sizeof(s->all) - n, "%s%s", n ? ", " : "", text);
	if (!cidr_contains(&a->cidr, s->gateway))
		return;
	s->found = a->index;
	snprintf(s->network, sizeof(s->network), "%s", text);
}

static void note_device(const struct link *l, void *arg)
{
	struct search *s = arg;

	if (l->index != s->found)
		return;
	snprintf(s->name, sizeof(s->name), "%s", l->name);
	s->up = l->flags & IFF_UP;
}

void net_explain_gateway(struct call *c, struct nl_sock *sk, const struct cidr *gateway)
{
	struct search s = {.gateway = gateway};
	struct trace off = {0};
	struct err err = {0};
	struct call quiet = *c;
	char ip[CIDR_TEXT];

	quiet.trace = &off;
	quiet.err = &err;
	cidr_text(gateway, ip);
	*strchr(ip, '/') = '\0';
	if (link_visit_addresses(&quiet, sk, look, &s) < 0 ||
	    link_visit(&quiet, sk, note_device, &s) < 0)
		return;
	if (s.found && !s.up) {
		err_why(c->err, "%s, which has %s, is down", s.name, s.network);
		err_first(c->err, "net up %s", s.name);
	} else if (!s.found) {
		err_why(c->err, "the box is on no network with %s in it; its addresses: %s", ip,
			s.all[0] ? s.all : "none");
		err_fix(c->err, "net addr DEV CIDR first, with a CIDR that has %s in it", ip);
	}
}
