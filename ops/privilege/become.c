/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * setresuid(2), setresgid(2) and setgroups(2), as user_namespaces(7) has them:
 * only IDs that are mapped can be set. Supplementary groups that are not
 * mapped still count when files are opened, so they go too.
 */
#include "ops/privilege/become.h"

#include <string.h>

#include "ops/box/box.h"
#include "ops/box/serve.h"
#include "ops/namespaces/idmap.h"
#include "ops/sys/sysattr.h"

#define UID "become uid"
#define GID "become gid"
#define IDS "become ids"

static bool has_no_place(pid_t pid, const char *file, unsigned id)
{
	static struct idmap m;

	return idmap_read(pid, file, &m) == 0 && idmap_has_in(&m, 0) && !idmap_has_out(&m, id);
}

int become_host(struct call *c)
{
	pid_t pid = c->session->box.pid;
	struct call ask = *c;
	char *argv[] = {c->argv[0], NULL, NULL};
	bool uid_too, gid_too;
	uid_t uid;
	gid_t gid;

	if (!idmap_ids(pid, &uid, &gid))
		return 0;
	uid_too = has_no_place(pid, "uid_map", uid);
	gid_too = has_no_place(pid, "gid_map", gid);
	if (!uid_too && !gid_too)
		return 0;
	argv[1] = uid_too && gid_too ? IDS : uid_too ? UID : GID;
	ask.argc = 2;
	ask.argv = argv;
	return box_ask(&ask);
}

bool become_is_asked(const struct call *c)
{
	return c->argc == 2 &&
	       (!strcmp(c->argv[1], UID) || !strcmp(c->argv[1], GID) || !strcmp(c->argv[1], IDS));
}

int become_box(struct call *c)
{
	bool uid = strcmp(c->argv[1], GID) != 0, gid = strcmp(c->argv[1], UID) != 0;
	static const gid_t none;
	struct err before = *c->err;
	int r = 0;

	/* Where setgroups is denied the groups stay; that is what it is for. */
	if (gid && sys_setgroups(c, 0, &none) < 0)
		*c->err = before;
	if (gid)
		r = sys_setresgid(c, 0);
	if (uid && r == 0)
		r = sys_setresuid(c, 0);
	serve_credentials_changed();
	return r;
}
