/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links that bear ctrsh's mark (links.h), and children that are neither the box
 * nor the warden.
 */
#include <stdio.h>

#include "ops/auto.h"
#include "ops/box/children.h"
#include "ops/cgroup/groupfile.h"
#include "ops/leaks/leaks.h"
#include "ops/leaks/shline.h"
#include "ops/net/links.h"

struct search {
	const struct session *session;
	struct leaks *leaks;
	struct items *marked;
};

static void look(const struct link *link, void *arg)
{
	struct search *s = arg;
	struct links_users u;
	struct owner self;
	bool known;

	if (!links_is_ours(link))
		return;
	items_add(s->marked, link->name, "%s", "");
	known = owner_of(s->session->shell, &self) == 0;
	u = links_users(link, known ? &self : NULL);
	if (u.leaving && s->session->box.pid)
		leaks_add(s->leaks, LEAK_BOX, "links", link->name, NULL, link->kind,
			  shline("reset"));
	else if (u.leaving)
		leaks_add(s->leaks, LEAK_OURS, "links", link->name, NULL, link->kind,
			  shline("ip link delete %s", link->name));
	else if (u.any && !u.alive)
		leaks_add(s->leaks, LEAK_EARLIER, "links", link->name, NULL, link->kind,
			  shline("ip link delete %s", link->name));
}

void leaks_find_links(const struct session *session, struct leaks *l, struct items *marked)
{
	struct search s = {session, l, marked};
	struct trace off = {0};
	struct err err = {0};
	struct call quiet = {.trace = &off, .err = &err};
	auto_netlink struct nl_sock *sk = netlink_open(&quiet);

	for (int i = 0; session->made && i < session->made->links.n_moved; i++) {
		const char *name = session->made->links.moved[i].name;

		items_add(marked, name, "%s", "");
		leaks_add(l, LEAK_BOX, "links", name, NULL, "in the box until it ends",
			  shline("reset"));
	}
	if (!sk || link_visit(&quiet, sk, look, &s) < 0)
		leaks_add(l, LEAK_UNKNOWN, "links", err.what, NULL, NULL, NULL);
}

void leaks_find_processes(const struct session *s, struct leaks *l)
{
	auto_free pid_t *list = NULL;
	int n = children_list(&list);
	char path[32], name[32], what[64];

	for (int i = 0; i < n; i++) {
		if (list[i] == s->box.pid || list[i] == s->box.child || list[i] == s->warden ||
		    children_has(s->earlier, s->n_earlier, list[i]))
			continue;
		snprintf(path, sizeof(path), "/proc/%d", (int)list[i]);
		if (!groupfile_line(path, "comm", name, sizeof(name)))
			continue;
		snprintf(what, sizeof(what), "%d (%s)", (int)list[i], name);
		leaks_add(l, LEAK_OURS, "processes", what, NULL, "",
			  shline("kill -KILL %d", (int)list[i]));
	}
}
