/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The devices of a network namespace and their addresses, as rtnetlink(7)
 * tells them to a process in it. What changes by itself (counters, an address
 * that is still being probed) is left out: two readings of a network that
 * nobody touched are the same.
 */
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"
#include "ops/facts/inside.h"
#include "ops/namespaces/ns.h"
#include "ops/net/link.h"

#ifndef IFF_LOWER_UP
#define IFF_LOWER_UP 0x10000 /* linux/if.h, which does not go with net/if.h */
#endif

struct found {
	struct link *links;
	struct address *addresses;
	size_t n_links, n_addresses;
	bool full; /* no memory for one */
};

static void found_release(struct found *f)
{
	free(f->links);
	free(f->addresses);
}

#define auto_found __attribute__((cleanup(found_release)))

static void *one_more(struct found *f, void *list, size_t n, size_t size)
{
	void *more = reallocarray(list, n + 1, size);

	f->full |= !more;
	return more;
}

static void keep_link(const struct link *l, void *arg)
{
	struct found *f = arg;
	struct link *more = one_more(f, f->links, f->n_links, sizeof(*l));

	if (!more)
		return;
	f->links = more;
	f->links[f->n_links++] = *l;
}

static void keep_address(const struct address *a, void *arg)
{
	struct found *f = arg;
	struct address *more = one_more(f, f->addresses, f->n_addresses, sizeof(*a));

	if (!more)
		return;
	f->addresses = more;
	f->addresses[f->n_addresses++] = *a;
}

static const char *name_of(const struct found *f, int index)
{
	for (size_t i = 0; i < f->n_links; i++)
		if (f->links[i].index == index)
			return f->links[i].name;
	return "?";
}

static const char *state(const struct link *l)
{
	if (!(l->flags & IFF_UP))
		return "down";
	return l->flags & IFF_LOWER_UP ? "up" : "no carrier";
}

static const char *kind(const struct link *l)
{
	if (l->flags & IFF_LOOPBACK)
		return "loopback";
	return l->kind[0] ? l->kind : "device";
}

static void add_link(const struct found *f, const struct link *l, struct items *t)
{
	auto_free char *line = NULL;
	char ip[CIDR_TEXT];
	size_t size = 0;
	FILE *out = open_memstream(&line, &size);

	if (!out) {
		t->errnum = ENOMEM;
		return;
	}
	fprintf(out, "%s, %s", state(l), kind(l));
	if (l->peer && l->peer_outside)
		fprintf(out, " to link %d of another network", l->peer);
	else if (l->peer && l->peer != l->index)
		fprintf(out, " to %s", name_of(f, l->peer));
	if (l->master)
		fprintf(out, ", port of %s", name_of(f, l->master));
	if (l->mac[0] && !(l->flags & IFF_LOOPBACK))
		fprintf(out, ", %s", l->mac);
	for (size_t i = 0; i < f->n_addresses; i++)
		if (f->addresses[i].index == l->index)
			fprintf(out, ", %s", cidr_text(&f->addresses[i].cidr, ip));
	if (fclose(out) == 0)
		items_add(t, l->name, "%s", line);
	else
		t->errnum = ENOMEM;
}

static void read_links(struct items *t)
{
	struct trace silent = {.on = false};
	struct err err = {0};
	struct call c = {.err = &err, .trace = &silent};
	auto_netlink struct nl_sock *sk = netlink_open(&c);
	auto_found struct found f = {0};

	if (!sk || link_visit(&c, sk, keep_link, &f) < 0 ||
	    link_visit_addresses(&c, sk, keep_address, &f) < 0)
		t->errnum = err.errnum ? err.errnum : EIO;
	else if (f.full)
		t->errnum = ENOMEM;
	for (size_t i = 0; !t->errnum && i < f.n_links; i++)
		add_link(&f, &f.links[i], t);
}

static void read_fact(const struct subject *who, struct items *t)
{
	inside_read(who, CLONE_NEWNET, read_links, t);
}

const struct fact fact_links = {
	.name = "links",
	.summary = "network devices and their addresses (rtnetlink(7))",
	.keys = "device",
	.ns = CLONE_NEWNET,
	.steady = true,
	.read = read_fact,
};
