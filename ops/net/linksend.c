/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The end of links. They are removed by hand: a veth would go with the box's
 * network namespace, but that lives as long as anything in it, and is taken
 * apart in the background (network_namespaces(7)).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/box/owner.h"
#include "ops/net/links.h"
#include "ops/net/moved.h"

struct found {
	char name[LINKS_NAME];
	int index, master;
	bool ours, dead, leaving;
};

struct search {
	const struct owner *leaving;
	bool locked;
	struct found *list;
	size_t n;
};

static void look(const struct link *l, void *arg)
{
	struct search *s = arg;
	struct found *more, f = {.index = l->index, .master = l->master};
	struct links_users u;

	f.ours = links_is_ours(l);
	if (!f.ours && !f.master)
		return;
	snprintf(f.name, sizeof(f.name), "%s", l->name);
	if (f.ours) {
		u = links_users(l, s->leaving);
		f.leaving = u.leaving;
		/* One without users was being made when its session was killed. */
		f.dead = !u.alive && (u.any || s->locked);
	}
	more = realloc(s->list, (s->n + 1) * sizeof(*more));
	if (!more)
		return;
	s->list = more;
	s->list[s->n++] = f;
}

/* A bridge that somebody else's link was made a port of is spared. */
static bool has_other_ports(const struct search *s, const struct found *bridge)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->list[i].master == bridge->index && !(s->list[i].ours && s->list[i].dead))
			return true;
	return false;
}

/* c: whose trace has the removals; quiet: to ask and to leave with. */
static void release(struct call *c, struct call *quiet, const struct owner *leaving, int lock,
		    char *left)
{
	auto_netlink struct nl_sock *sk = netlink_open(quiet);
	struct search s = {.leaving = leaving, .locked = lock >= 0};
	size_t n = strlen(left);

	if (!sk || link_visit(quiet, sk, look, &s) < 0)
		s.n = 0;
	for (size_t i = 0; i < s.n; i++) {
		const struct found *f = &s.list[i];

		if (f->ours && f->dead && !has_other_ports(&s, f)) {
			if (link_delete(c, sk, f->name) < 0 && c->err->errnum != ENODEV &&
			    f->leaving && n < SESSION_LEFT)
				n += (size_t)snprintf(left + n, SESSION_LEFT - n, "%s%s",
						      n ? ", " : "", f->name);
		} else if (f->leaving) {
			links_leave(quiet, sk, f->name);
		}
	}
	free(s.list);
}

void links_sweep(struct call *c, int lock)
{
	struct trace off = {0};
	struct err err = {0};
	struct call loud = *c, quiet = *c;
	char left[SESSION_LEFT] = "";

	if (c->session->links_swept || !links_has_capability())
		return;
	c->session->links_swept = true;
	quiet.trace = &off;
	quiet.err = loud.err = &err;
	release(&loud, &quiet, NULL, lock, left);
}

/* Whoever lacks the capability has made nothing. If the shell is gone already,
 * what it used has no living user. */
void links_remove(struct session *s, char *left)
{
	struct trace off = {0};
	struct err err = {0};
	struct call quiet = {.trace = &off, .err = &err, .session = s};
	auto_close int lock = -1;
	struct owner self;

	*left = '\0';
	moved_return(s, left);
	if (s->made->links.used && links_has_capability()) {
		lock = links_lock();
		release(&quiet, &quiet, owner_of(s->shell, &self) == 0 ? &self : NULL, lock, left);
	}
	s->made->links.used = false;
	s->made->links.bridge[0] = '\0';
}
