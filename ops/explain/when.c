/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Conditions of steps that belong to one op or to a few.
 */
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "ops/explain/words.h"
#include "ops/files/libmount.h"
#include "ops/files/mountinfo.h"
#include "ops/net/net.h"
#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"
#include "ops/why/diagnose.h"

static const char *first(const struct explaining *x)
{
	return x->argv[op_first(x->argc, x->argv)];
}

/* remount: which of its words are for this mount, and which for the file system. */
static bool has_attributes(const struct explaining *x)
{
	struct mount_attributes a;
	struct mount_words w;
	struct err err;

	return mount_words("remount", x->argv[x->argc - 1], &w, &err) == 0 &&
	       mount_attributes(&w, &a) == 0 && (a.set | a.clear);
}

static bool has_data(const struct explaining *x)
{
	struct mount_words w;
	struct err err;

	return mount_words("remount", x->argv[x->argc - 1], &w, &err) == 0 && *w.data;
}

static bool is_mounted(const struct explaining *x)
{
	struct session s = explain_session(x);

	return x->session && box_is_mount_point(&s, first(x));
}

static bool is_missing(const struct explaining *x)
{
	struct session s = explain_session(x);
	struct stat st;

	return x->session && box_stat(&s, first(x), &st) < 0 &&
	       (errno == ENOENT || errno == ENOTDIR);
}

static bool has_upper(const struct explaining *x)
{
	for (int i = 2; i < x->argc; i++)
		if (!strncmp(x->argv[i], "upper=", 6))
			return true;
	return false;
}

static bool is_none(const struct explaining *x)
{
	return x->argc == 2 && !strcasecmp(x->argv[1], "none");
}

static bool is_max(const struct explaining *x)
{
	return !strcmp(x->argv[1], "max");
}

/* The group tty, 5, exists there? */
static bool has_tty(const struct explaining *x)
{
	struct session s = explain_session(x);
	struct call c = {.op = x->op, .session = &s};

	return !x->session || diagnose_is_mapped(&c, "gid_map", 5);
}

static bool is_per_cpu(const struct explaining *x)
{
	return !strcmp(x->argv[1], "cpu");
}

static bool is_inherited(const struct explaining *x)
{
	return x->session && (explain_caps(x, "CapInh") & explain_caps(x, "CapAmb"));
}

/* Of "caps ambient NAME...": is one of them not in that set yet? */
static bool adds(const struct explaining *x, const char *key)
{
	struct caps_words w;
	struct err err;

	if (!x->session || !strcasecmp(x->argv[1], "all"))
		return true;
	return caps_parse(x->argc, x->argv, "none", &w, &err) == 0 &&
	       (w.caps & ~explain_caps(x, key));
}

static bool adds_inheritable(const struct explaining *x)
{
	return adds(x, "CapInh");
}

static bool adds_ambient(const struct explaining *x)
{
	return adds(x, "CapAmb");
}

/* cgroup io: one limit of its list. */
static bool limits(const struct explaining *x, const char *name)
{
	const char *at = strstr(x->argv[x->argc - 1], name);

	return at && (at == x->argv[x->argc - 1] || at[-1] == ',');
}

static bool has_rbps(const struct explaining *x)
{
	return limits(x, "rbps=");
}

static bool has_wbps(const struct explaining *x)
{
	return limits(x, "wbps=");
}

static bool has_riops(const struct explaining *x)
{
	return limits(x, "riops=");
}

static bool has_wiops(const struct explaining *x)
{
	return limits(x, "wiops=");
}

static struct net_bridge bridge(const struct explaining *x)
{
	struct net_bridge b = {.absent = true};
	struct session s = explain_session(x);
	struct trace quiet = {0};
	struct err err = {0};
	struct call c = {.op = x->op,
			 .argc = x->argc,
			 .argv = x->argv,
			 .err = &err,
			 .trace = &quiet,
			 .session = &s};

	if (x->session)
		net_bridge_look(&c, &b);
	return b;
}

static bool is_absent(const struct explaining *x)
{
	return bridge(x).absent;
}

/* Is the session's name written on it? */
static bool is_named(const struct explaining *x)
{
	struct net_bridge b = bridge(x);

	return b.absent || b.joins;
}

/* net bridge: are there ends of cables for it? On paper there may be. */
static bool has_ports(const struct explaining *x)
{
	return !x->session || bridge(x).ports;
}

/* net veth: the session's bridge, of which the host's end becomes a port. */
static bool is_bridged(const struct explaining *x)
{
	return x->session && x->session->made && x->session->made->links.bridge[0];
}

static const struct {
	const char *name;
	bool (*holds)(const struct explaining *x);
} conditions[] = {
	{"attributes", has_attributes},
	{"data", has_data},
	{"mounted", is_mounted},
	{"missing", is_missing},
	{"upper", has_upper},
	{"none", is_none},
	{"max", is_max},
	{"percpu", is_per_cpu},
	{"tty", has_tty},
	{"inherited", is_inherited},
	{"addsinheritable", adds_inheritable},
	{"addsambient", adds_ambient},
	{"rbps", has_rbps},
	{"wbps", has_wbps},
	{"riops", has_riops},
	{"wiops", has_wiops},
	{"absent", is_absent},
	{"named", is_named},
	{"ports", has_ports},
	{"bridged", is_bridged},
};

bool explain_also_holds(const struct explaining *x, const char *name, bool *known)
{
	*known = true;
	for (size_t i = 0; i < sizeof(conditions) / sizeof(conditions[0]); i++)
		if (!strcmp(conditions[i].name, name))
			return conditions[i].holds(x);
	*known = false;
	return true;
}
