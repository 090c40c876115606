/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of network devices: the box's are in /proc/PID/net/dev; for the host's
 * bridges the kernel is asked, in the host's network namespace, which the
 * shell never leaves.
 */
#include <string.h>
#include <unistd.h>

#include "ops/net/link.h"
#include "ops/net/netname.h"
#include "repl/complete.h"

static bool add(const char *name, void *text)
{
	complete_add(name, text);
	return true;
}

static void add_bridge(const struct link *l, void *text)
{
	if (!strcmp(l->kind, "bridge"))
		complete_add(l->name, text);
}

static void add_bridges(char *text)
{
	struct trace off = {0};
	struct err err = {0};
	struct call quiet = {.trace = &off, .err = &err};
	auto_netlink struct nl_sock *sk = netlink_open(&quiet);

	if (sk)
		link_visit(&quiet, sk, add_bridge, text);
}

void complete_device(const struct shell *sh, const char *text, enum arg_kind kind)
{
	pid_t box = sh->session.box.pid;
	char copy[64];

	if (strlen(text) >= sizeof(copy))
		return;
	strcpy(copy, text);
	if (kind == ARG_BRIDGE)
		add_bridges(copy);
	else
		netname_visit(box && kind == ARG_DEVICE ? box : getpid(), add, copy);
}
