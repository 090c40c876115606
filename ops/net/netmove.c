/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * net move: a device of the host goes into the box (RTM_SETLINK with
 * IFLA_NET_NS_FD, rtnetlink(7)), and comes back when the box ends (moved.h).
 */
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/namespaces/ns.h"
#include "ops/net/links.h"
#include "ops/net/moved.h"
#include "ops/net/net.h"
#include "ops/net/netname.h"

static const char *const options[] = {"--host", NULL};

/* What it is called in the box. */
static const char *inside(int argc, char **argv)
{
	return argv[argc - 1];
}

static int check(int argc, char **argv, struct err *err)
{
	for (int i = op_first(argc, argv); i < argc; i++)
		if (netname_check(argv[0], argv[i], err) < 0)
			return -1;
	return 0;
}

struct used {
	int index;
	bool addressed;
};

/* Those that the kernel gives each device by itself do not count. */
static void look(const struct address *a, void *arg)
{
	struct used *u = arg;

	u->addressed |= a->index == u->index && !cidr_is_linklocal(&a->cidr);
}

/* Whoever sits at the other end of the wire would be cut off. */
static int refuses(struct call *c, struct nl_sock *sk, const struct link *l)
{
	struct used u = {.index = l->index};

	if (op_first(c->argc, c->argv) > 1 || !(l->flags & IFF_UP))
		return 0;
	if (!l->master && link_visit_addresses(c, sk, look, &u) < 0)
		return -1;
	if (!l->master && !u.addressed)
		return 0;
	err_order(c->err, "%s: refused: the host would be without %s", c->argv[0], l->name);
	err_why(c->err, "it is up there, and %s (--host insists on it)",
		l->master ? "a port of a bridge or a bond" : "has an address");
	err_fix(c->err, "insist, if nothing on the host needs it: net move --host %s ...", l->name);
	return -1;
}

static int explain(struct call *c, const char *dev)
{
	struct err *e = c->err;

	if (e->errnum == EEXIST) {
		char list[ERR_TEXT / 2];

		netname_list(c->session->box.pid, list, sizeof(list));
		err_why(e, "the box has a device %s already; it has: %s", inside(c->argc, c->argv),
			list);
		err_fix(e, "another name for it in the box: net move %s NAME", dev);
	} else if (e->errnum == ENODEV) {
		char list[ERR_TEXT / 2];

		netname_list(getpid(), list, sizeof(list));
		err_why(e, "the host has no device %s; it has: %s", dev, list);
	} else if (e->errnum == EINVAL) {
		err_why(e,
			"a device of this kind stays in its network namespace (lo, bridges, tunnels; "
			"what is wireless moves as a whole: iw phy)%s%s",
			e->said[0] ? "; the kernel says: " : "", e->said);
	}
	return links_explain(c);
}

static int move(struct call *c, struct nl_sock *sk, const struct link *l)
{
	auto_close int netns = net_open_box(c);

	if (netns < 0 || moved_note(c, sk, l, netns) < 0)
		return links_explain(c);
	if (link_move(c, sk, l->index, netns, inside(c->argc, c->argv)) == 0) {
		steal_fd(&netns);
		return 0;
	}
	/* The kernel moves it first, and gives it the name then. */
	moved_undo(c->session);
	return explain(c, l->name);
}

static int host(struct call *c)
{
	const char *dev = c->argv[op_first(c->argc, c->argv)];
	auto_netlink struct nl_sock *sk = netlink_open(c);
	struct link l = {0};

	if (!sk)
		return -1;
	if (link_get(c, sk, dev, &l) < 0)
		return explain(c, dev);
	return refuses(c, sk, &l) < 0 ? -1 : move(c, sk, &l);
}

int net_move_look(struct call *c)
{
	const char *dev = c->argv[op_first(c->argc, c->argv)];
	auto_netlink struct nl_sock *sk = netlink_open(c);
	struct link l = {0};

	if (sk && link_get(c, sk, dev, &l) < 0 && c->err->errnum == ENODEV) {
		err_kernel(c->err, ENODEV, "%s: the kernel would refuse it: %s", c->op->name,
			   strerror(ENODEV));
		return explain(c, dev);
	}
	if (l.index && refuses(c, sk, &l) < 0 && c->err->kind == ERR_ORDER)
		return -1;
	*c->err = (struct err){0};
	return 0;
}

const struct op op_net_move = {
	.name = "net move",
	.usage = "net move [--host] DEV [NAME]",
	.summary = "take a network device of the host into the box",
	.detail =
		"DEV leaves the host and is the box's, down and without addresses, as NAME if one is\n"
		"given. When the box ends, however it does, it comes back under its old name, with\n"
		"the addresses, routes, bridge and MTU it had. Only should ctrsh and the process that\n"
		"cleans up after it be killed together, the kernel does what it does: a physical\n"
		"device comes back as it is then, another is deleted. One that the host uses (it is\n"
		"up, and has an address or is a port) is refused; --host insists. Needs\n"
		"CAP_NET_ADMIN on the host. See ip-link(8), network_namespaces(7).",
	.argmin = 1,
	.argmax = 2,
	.flags = OP_OWN,
	.changes = CLONE_NEWNET,
	.options = options,
	.args = {{ARG_HOST_DEVICE, NULL}},
	.check = check,
	.host = host,
};
