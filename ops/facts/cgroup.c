/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The control groups of a process, one in each hierarchy (cgroups(7)). A path
 * begins at the root of the reader's cgroup namespace, so what the process
 * itself is told is asked for in its own. The key is not the controller's name
 * alone, which is that of a limit.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"
#include "ops/facts/inside.h"
#include "ops/facts/membership.h"
#include "ops/namespaces/ns.h"

static const struct subject *whose; /* for the reader inside, which is told of nothing */

static void read_paths(struct items *t)
{
	auto_free char *text = subject_read(whose, "cgroup", NULL);
	struct membership m;
	char *rest = text, key[256];

	if (!text)
		t->errnum = errno;
	while (text && membership_next(&rest, &m)) {
		snprintf(key, sizeof(key), "cgroup %s", membership_name(&m));
		items_add(t, key, "%s", m.path);
	}
}

static void read_fact(const struct subject *who, struct items *t)
{
	auto_items struct items out = {0}, in = {0};

	whose = who;
	read_paths(&out);
	t->errnum = out.errnum;
	inside_read(who, CLONE_NEWCGROUP, read_paths, &in);
	for (size_t i = 0; i < out.n; i++) {
		const char *path = out.list[i].value;
		const char *own = in.errnum ? NULL : items_find(&in, out.list[i].key);

		if (own && strcmp(own, path) != 0)
			items_add(t, out.list[i].key, "%s (inside: %s)", path, own);
		else
			items_add(t, out.list[i].key, "%s", path);
	}
}

const struct fact fact_cgroup = {
	.name = "cgroup",
	.summary = "its control group in each hierarchy (cgroups(7))",
	.keys = "hierarchy",
	.steady = true,
	.read = read_fact,
};
