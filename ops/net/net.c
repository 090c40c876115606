/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box's side of the network: a new network namespace has lo, down, and
 * nothing else (network_namespaces(7)).
 */
#include "ops/net/net.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/namespaces/ns.h"
#include "ops/net/links.h"
#include "ops/net/netname.h"
#include "ops/sys/sys.h"
#include "ops/why/diagnose.h"

int net_host(struct call *c)
{
	if (!c->session->links_swept && links_has_capability()) {
		auto_close int lock = links_lock();

		links_sweep(c, lock);
	}
	return box_ask(c);
}

int net_open_box(struct call *c)
{
	char path[64];
	int fd;

	box_proc(c->session, path, sizeof(path), "ns/net");
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return sys_report(c, fd, fd < 0 ? errno : 0, "open(\"%s\", O_RDONLY|O_CLOEXEC)", path);
}

int net_configure(struct call *c, const char *device, const char *cidr)
{
	auto_netlink struct nl_sock *sk = netlink_open(c);
	struct cidr address;
	struct link l = {0};

	if (!sk || cidr_parse(c->op->name, cidr, &address, c->err) < 0 ||
	    link_get(c, sk, device, &l) < 0 || link_add_address(c, sk, l.index, &address) < 0)
		return -1;
	return link_set(c, sk, device, LINK_UP, 0);
}

int net_refuse_taken(struct call *c)
{
	char list[ERR_TEXT / 2];

	netname_list(c->session->box.pid, list, sizeof(list));
	err_why(c->err, "the box has a device %s already; it has: %s", c->argv[1], list);
	return -1;
}

void net_diagnose(struct call *c, const char *device)
{
	pid_t box = c->session->box.pid;
	char list[ERR_TEXT / 2];

	diagnose_capability(c, "CAP_NET_ADMIN", 12);
	if (c->err->why[0])
		return;
	if (device && c->err->errnum == ENODEV && !netname_has(box, device)) {
		netname_list(box, list, sizeof(list));
		err_why(c->err, "the box has no device %s; it has: %s", device, list);
		if (!strcmp(list, "lo") && ns_differ(box, getpid(), CLONE_NEWNET))
			err_fix(c->err, "net veth %s connects it with the host", device);
	} else if (c->err->said[0]) {
		err_why(c->err, "the kernel says: %s", c->err->said);
	}
}

static int set_state(struct call *c, int state)
{
	auto_netlink struct nl_sock *sk = netlink_open(c);

	return sk ? link_set(c, sk, c->argv[1], state, 0) : -1;
}

static int check(int argc, char **argv, struct err *err)
{
	(void)argc;
	return netname_check(argv[0], argv[1], err);
}

static int up(struct call *c)
{
	return set_state(c, LINK_UP);
}

static int down(struct call *c)
{
	return set_state(c, LINK_DOWN);
}

static void diagnose(struct call *c)
{
	net_diagnose(c, c->argv[1]);
}

const struct op op_net_up = {
	.name = "net up",
	.usage = "net up [--host] DEV",
	.summary = "bring a network device of the box up",
	.detail =
		"Sets IFF_UP on the device, in the box's network namespace. In a new one even lo is\n"
		"down: 127.0.0.1 gives ENETUNREACH until net up lo.\n"
		"See rtnetlink(7), network_namespaces(7).",
	.argmin = 1,
	.argmax = 1,
	.changes = CLONE_NEWNET,
	.args = {{ARG_DEVICE, NULL}},
	.check = check,
	.flags = OP_INSIDE,
	.host = net_host,
	.box = up,
	.diagnose = diagnose,
};

const struct op op_net_down = {
	.name = "net down",
	.usage = "net down [--host] DEV",
	.summary = "take a network device of the box down",
	.detail =
		"Clears IFF_UP on the device. The kernel drops its routes with it, and its IPv6\n"
		"addresses. See rtnetlink(7).",
	.argmin = 1,
	.argmax = 1,
	.changes = CLONE_NEWNET,
	.args = {{ARG_DEVICE, NULL}},
	.check = check,
	.flags = OP_INSIDE,
	.host = net_host,
	.box = down,
	.diagnose = diagnose,
};
