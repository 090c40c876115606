/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kernel takes a map in one write(2) from the beginning of the file, and
 * none after it (user_namespaces(7)).
 */
#include "ops/namespaces/mapwrite.h"
#include "ops/namespaces/idmap.h"

#include <fcntl.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/namespaces/parentns.h"
#include "ops/privilege/become.h"
#include "ops/sys/sysns.h"

int mapwrite(struct call *c, const char *file, const char *text)
{
	auto_close int fd = -1;
	char path[64];

	box_proc(c->session, path, sizeof(path), file);
	fd = sysns_open(c, path, O_WRONLY);
	return fd < 0 || sysns_write(c, fd, path, text) < 0 ? -1 : 0;
}

int mapwrite_deny_setgroups(struct call *c)
{
	return idmap_setgroups(c->session->box.pid, "deny") ? 0 : mapwrite(c, "setgroups", "deny");
}

int mapwrite_and_become(struct call *c, int (*fn)(struct call *c))
{
	return parentns_do(c, fn) < 0 ? -1 : become_host(c);
}
