/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers of a process's namespaces: the inodes of /proc/PID/ns/NAME
 * (namespaces(7)).
 */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "ops/facts/fact.h"
#include "ops/namespaces/ns.h"

static void read_fact(const struct subject *who, struct items *t)
{
	struct stat st;
	char name[32];

	for (const struct ns *ns = namespaces; ns->name; ns++) {
		snprintf(name, sizeof(name), "ns/%s", ns->name);
		if (fstatat(who->proc, name, &st, 0) == 0)
			items_add(t, ns->name, "%lu", (unsigned long)st.st_ino);
		else if (errno != ENOENT) /* a kernel without it */
			t->errnum = errno;
	}
}

const struct fact fact_namespaces = {
	.name = "namespaces",
	.summary = "the numbers of its namespaces (namespaces(7))",
	.keys = "namespace",
	.steady = true,
	.read = read_fact,
};
