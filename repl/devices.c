/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of network devices: the box's are in /proc/PID/net/dev; the host's
 * bridges are those with a directory bridge in sysfs (sysfs(5)), as seen by
 * the shell, which never leaves the host's network namespace.
 */
#include <stdio.h>
#include <unistd.h>

#include "../ops/netname.h"
#include "complete.h"

struct wanted {
	const char *text;
	enum arg_kind kind;
};

static bool add(const char *name, void *arg)
{
	const struct wanted *w = arg;
	char path[64];

	snprintf(path, sizeof(path), "/sys/class/net/%s/bridge", name);
	if (w->kind != ARG_BRIDGE || access(path, F_OK) == 0)
		complete_add(name, w->text);
	return true;
}

void complete_device(const struct shell *sh, const char *text, enum arg_kind kind)
{
	struct wanted w = {text, kind};
	pid_t box = sh->session.box.pid;

	netname_visit(kind == ARG_DEVICE && box ? box : getpid(), add, &w);
}
