/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who a process is: its IDs, as seen from our user namespace, and the maps of
 * its own (credentials(7), user_namespaces(7)).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"
#include "ops/namespaces/ns.h"

/* Four numbers, real effective saved file system: one will do where they are the same. */
static void add_ids(const struct subject *who, const char *key, const char *name, struct items *t)
{
	auto_free char *line = subject_status(who, key);
	unsigned id[4];

	if (!line || sscanf(line, "%u %u %u %u", &id[0], &id[1], &id[2], &id[3]) != 4)
		t->errnum = errno;
	else if (id[0] == id[1] && id[1] == id[2])
		items_add(t, name, "%u", id[0]);
	else
		items_add(t, name, "real %u, effective %u, saved %u", id[0], id[1], id[2]);
}

/* "inside outside count" a line; the whole range of IDs goes by a name. */
static void add_map(const struct subject *who, const char *file, const char *name, struct items *t)
{
	auto_free char *text = subject_read(who, file, NULL);
	auto_free char *out = NULL;
	unsigned long in, outside, count;
	char *rest = NULL;
	size_t size = 0;
	FILE *f;

	if (!text || !(f = open_memstream(&out, &size))) {
		t->errnum = errno;
		return;
	}
	for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		if (sscanf(line, "%lu %lu %lu", &in, &outside, &count) == 3)
			fprintf(f, "%s%lu %lu %lu", ftell(f) > 0 ? ", " : "", in, outside, count);
	if (fclose(f) == 0)
		items_add(t, name, "%s", out[0] ? out : "empty");
	else
		t->errnum = ENOMEM;
}

static void read_fact(const struct subject *who, struct items *t)
{
	auto_free char *groups = subject_status(who, "Groups");

	add_ids(who, "Uid", "uid", t);
	add_ids(who, "Gid", "gid", t);
	items_add(t, "groups", "%s", groups && *groups ? groups : "none");
	add_map(who, "uid_map", "uid_map", t);
	add_map(who, "gid_map", "gid_map", t);
}

const struct fact fact_users = {
	.name = "users",
	.summary = "user and group IDs, as the host sees them, and the maps",
	.keys = "ID",
	.steady = true,
	.read = read_fact,
};
