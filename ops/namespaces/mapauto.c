/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * map auto: 0 is the caller, and 1 and up are the ranges that the machine's
 * administrator has given him (subuid(5)). Only a privileged process may map
 * these: root writes the maps itself, for others newuidmap(1) and newgidmap(1)
 * do, which are set-uid and look the ranges up again.
 */
#include <stdio.h>
#include <unistd.h>

#include "ops/box/box.h"
#include "ops/box/helper.h"
#include "ops/namespaces/mapdiag.h"
#include "ops/namespaces/mapwrite.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/parentns.h"
#include "ops/namespaces/subid.h"
#include "ops/privilege/become.h"

struct kind {
	const char *ranges, *file, *program, *option;
};

static const struct kind kinds[] = {
	{"/etc/subuid", "uid_map", "newuidmap", "--add-subuids"},
	{"/etc/subgid", "gid_map", "newgidmap", "--add-subgids"},
};

static int find_ranges(struct call *c, const struct kind *k, unsigned own, struct idmap *m)
{
	char name[256], lacks[80] = "";
	size_t n = 0;

	if (subid_map(k->ranges, getuid(), own, m) > 0)
		return 0;
	err_kernel(c->err, 0, "map auto: no range for user %s in %s",
		   subid_name(getuid(), name, sizeof(name)), k->ranges);
	err_why(c->err, "the administrator gives a user ranges of IDs there (subuid(5))");
	for (int i = 0; i < 2; i++) {
		struct idmap there;

		if (subid_map(kinds[i].ranges, getuid(), i ? getegid() : geteuid(), &there) <= 0)
			n += (size_t)snprintf(lacks + n, sizeof(lacks) - n, "%s 100000-165535 ",
					      kinds[i].option);
	}
	err_fix(c->err, "sudo usermod %s%s, or map root", lacks, name);
	return -1;
}

static int write_directly(struct call *c, const struct kind *k, const struct idmap *m)
{
	char text[IDMAP_ROWS * 36] = "";
	unsigned n = 0;

	for (int i = 0; i < m->n; i++)
		n += (unsigned)snprintf(text + n, sizeof(text) - n, "%u %u %u\n", m->row[i].in,
					m->row[i].out, m->row[i].count);
	return mapwrite(c, k->file, text);
}

static int write_by_program(struct call *c, const struct kind *k, const struct idmap *m)
{
	char words[3 * IDMAP_ROWS + 1][12], *argv[3 * IDMAP_ROWS + 3];
	int n = 0;

	snprintf(words[0], sizeof(words[0]), "%d", (int)c->session->box.pid);
	for (int i = 0; i < m->n; i++) {
		snprintf(words[++n], sizeof(words[0]), "%u", m->row[i].in);
		snprintf(words[++n], sizeof(words[0]), "%u", m->row[i].out);
		snprintf(words[++n], sizeof(words[0]), "%u", m->row[i].count);
	}
	for (int i = 0; i <= n; i++)
		argv[i + 1] = words[i];
	argv[n + 2] = NULL;
	if (helper_run(c, k->program, argv, "install the package uidmap (shadow), or map root") ==
	    0)
		return 0;
	map_diagnose_written(c, k->file);
	return -1;
}

static int find_both(struct call *c, struct idmap maps[2])
{
	unsigned own[] = {geteuid(), getegid()};

	for (int i = 0; i < 2; i++)
		if (find_ranges(c, &kinds[i], own[i], &maps[i]) < 0)
			return -1;
	return 0;
}

int map_auto_refuses(struct call *c)
{
	static struct idmap maps[2];

	return find_both(c, maps);
}

static int host(struct call *c)
{
	static struct idmap maps[2];

	if (!parentns_is_ours(c)) {
		err_order(c->err, "map auto: the ranges are numbers of the host's");
		err_why(c->err, "the box's user namespace is nested: its parent is not the host's");
		err_fix(c->err, "map root, or map uid IN OUT COUNT with the parent's numbers");
		return -1;
	}
	if (find_both(c, maps) < 0)
		return -1;
	for (int i = 0; i < 2; i++)
		if ((geteuid() == 0 ? write_directly : write_by_program)(c, &kinds[i], &maps[i]) <
		    0)
			return -1;
	return become_host(c);
}

const struct op op_map_auto = {
	.name = "map auto",
	.usage = "map auto",
	.summary = "you are root, and your ranges of IDs are the others",
	.detail =
		"Maps your user and group ID onto 0, and the ranges that /etc/subuid and\n"
		"/etc/subgid give you onto 1 and up, so that files in the box can belong to\n"
		"others than root, and setgroups(2) works. A plain user's maps are written by\n"
		"newuidmap(1) and newgidmap(1). See subuid(5), user_namespaces(7).",
	.flags = OP_OWN,
	.changes = CLONE_NEWUSER,
	.host = host,
	.box = become_box,
	.diagnose = map_diagnose,
};
