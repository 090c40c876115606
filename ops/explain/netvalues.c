/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values and conditions of the network.
 */
#include <string.h>

#include "ops/explain/value.h"
#include "ops/net/net.h"
#include "ops/net/netvlan.h"

static bool is_via(const struct explaining *x)
{
	return x->argc > 3 && !strcmp(x->argv[2], "via");
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

static void put_veth_addresses(const struct explaining *x, FILE *f)
{
	if (x->argc < 4 && explain_holds(x, "bridged"))
		fprintf(f, "; ip link set HOST-END master %s up", x->session->made->links.bridge);
	if (x->argc < 4)
		return;
	fprintf(f,
		"; ip addr add %s dev HOST-END; ip link set HOST-END up; in the box: ip addr add "
		"%s dev %s; ip link set %s up",
		x->argv[2], x->argv[3], x->argv[1], x->argv[1]);
}

/* What a bridge, and a cable's end on the host, still lack. */
static void put_bridge_tools(const struct explaining *x, FILE *f)
{
	const char *name = x->argv[1];

	if (explain_holds(x, "absent"))
		fprintf(f, "ip link add %s type bridge; ip link set %s up", name, name);
	else
		fprintf(f, "ip link show %s", name);
	if (x->argc > 2)
		fprintf(f, "; ip addr add %s dev %s", x->argv[2], name);
	if (explain_holds(x, "ports"))
		fprintf(f, "; ip link set HOST-END master %s up", name);
}

static void put_vlan_mode(const struct explaining *x, FILE *f)
{
	fputs(netvlan_mode(x->argc, x->argv)->name, f);
}

/* A process whose namespace it is. */
static void put_net_box(const struct explaining *x, FILE *f)
{
	if (x->session && x->session->box.pid)
		fprintf(f, "%d", (int)x->session->box.pid);
	else
		fputs("PID", f);
}

static void put_vlan_tools(const struct explaining *x, FILE *f)
{
	fprintf(f, "ip(8): ip link add %s link %s netns ", x->argv[1], x->argv[2]);
	put_net_box(x, f);
	fprintf(f, " type %s mode %s", strrchr(x->op->name, ' ') + 1,
		netvlan_mode(x->argc, x->argv)->name);
}

static void put_move_name(const struct explaining *x, FILE *f)
{
	int at = op_first(x->argc, x->argv);

	if (x->argc > at + 1)
		fprintf(f, " name %s", x->argv[at + 1]);
}

static void put_docker_ip(const struct explaining *x, FILE *f)
{
	const char *address = x->argv[2];

	fprintf(f, "--ip%s %.*s, on a network of your own", strchr(address, ':') ? "6" : "",
		(int)strcspn(address, "/"), address);
}

const struct explain_value explain_values_net[] = {
	{"vethaddresses", put_veth_addresses},
	{"bridgetools", put_bridge_tools},
	{"vlanmode", put_vlan_mode},
	{"vlantools", put_vlan_tools},
	{"netbox", put_net_box},
	{"movename", put_move_name},
	{"dockerip", put_docker_ip},
	{NULL, NULL},
};

const struct explain_condition explain_conditions_net[] = {
	{"via", is_via},      {"absent", is_absent},   {"named", is_named},
	{"ports", has_ports}, {"bridged", is_bridged}, {NULL, NULL},
};
