/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ports of a bridge: what arrives at a device with a master goes to the master
 * before the device's own addresses are looked at, so that a port with an
 * address cannot be reached at it (the rx_handler in the kernel's
 * net/bridge/br_input.c).
 */
#include "ops/net/ports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/net/links.h"

static void note_end(const struct link *l, void *arg)
{
	struct ports *p = arg;
	struct ports_end *more;

	if (l->master || strcmp(l->kind, "veth") != 0 || !links_is_ours(l) ||
	    !links_is_used(l, p->session))
		return;
	more = realloc(p->list, (p->n + 1) * sizeof(*more));
	if (!more)
		return;
	p->list = more;
	more[p->n] = (struct ports_end){.index = l->index};
	snprintf(more[p->n++].name, LINKS_NAME, "%s", l->name);
}

/* What the kernel gave it by itself does not count. */
static void note_address(const struct address *a, void *arg)
{
	struct ports *p = arg;

	for (size_t i = 0; i < p->n; i++)
		if (p->list[i].index == a->index && !cidr_is_linklocal(&a->cidr))
			p->list[i].addressed = true;
}

int ports_find(struct call *c, struct nl_sock *sk, struct ports *p)
{
	size_t free_ends = 0;

	if (link_visit(c, sk, note_end, p) < 0 ||
	    (p->n && link_visit_addresses(c, sk, note_address, p) < 0))
		return -1;
	for (size_t i = 0; i < p->n; i++)
		free_ends += !p->list[i].addressed;
	if (free_ends || !p->n)
		return 0;
	err_order(c->err, "%s: the host's end of the box's device has an address of its own",
		  c->argv[0]);
	err_why(c->err,
		"as a port %s would no longer be reached at it: on a bridge the bridge has the address",
		p->list[0].name);
	err_fix(c->err,
		"reset; then net veth without addresses, net bridge %s CIDR, net addr, net up",
		c->argv[1]);
	return -1;
}

int ports_attach(struct call *c, struct nl_sock *sk, const struct ports *p, int bridge)
{
	for (size_t i = 0; i < p->n; i++)
		if (!p->list[i].addressed && link_set(c, sk, p->list[i].name, LINK_UP, bridge) < 0)
			return -1;
	return 0;
}

void ports_release(struct ports *p)
{
	free(p->list);
	*p = (struct ports){0};
}
