/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <sys/utsname.h>

#include "ops/facts/fact.h"
#include "ops/facts/inside.h"
#include "ops/namespaces/ns.h"

static void read_names(struct items *t)
{
	struct utsname u;

	if (uname(&u) < 0) {
		t->errnum = errno;
		return;
	}
	items_add(t, "hostname", "%s", u.nodename);
	items_add(t, "domainname", "%s", u.domainname);
}

static void read_fact(const struct subject *who, struct items *t)
{
	inside_read(who, CLONE_NEWUTS, read_names, t);
}

const struct fact fact_hostname = {
	.name = "hostname",
	.summary = "hostname and NIS domain name (uname(2))",
	.keys = "name",
	.ns = CLONE_NEWUTS,
	.steady = true,
	.read = read_fact,
};
