/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * map: which IDs of the parent user namespace the IDs in the box's own are
 * (user_namespaces(7)). A map is written once, whole, with one write(2), by a
 * process in the parent namespace; what that process may map is decided by its
 * capabilities there: without CAP_SETUID and CAP_SETGID only its own IDs, and
 * groups only after setgroups(2) was denied, for a plain user could otherwise
 * drop a group that forbids something.
 */
#include <stdio.h>
#include <string.h>

#include "ops/box/session.h"
#include "ops/namespaces/idmap.h"
#include "ops/namespaces/mapdiag.h"
#include "ops/namespaces/mapwrite.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/parentns.h"
#include "ops/privilege/become.h"

/* One's own IDs, onto 0 or onto themselves. */
static int write_own(struct call *c)
{
	bool root = !strcmp(c->op->name, "map root");
	char uids[64], gids[64];
	uid_t uid;
	gid_t gid;

	if (!idmap_ids(c->session->box.pid, &uid, &gid))
		return err_kernel(c->err, 0, "/proc/%d/status cannot be read",
				  (int)c->session->box.pid);
	snprintf(uids, sizeof(uids), "%u %u 1\n", root ? 0 : uid, uid);
	snprintf(gids, sizeof(gids), "%u %u 1\n", root ? 0 : gid, gid);
	if (mapwrite(c, "uid_map", uids) < 0 || mapwrite_deny_setgroups(c) < 0)
		return -1;
	return mapwrite(c, "gid_map", gids);
}

static int host(struct call *c)
{
	return mapwrite_and_become(c, write_own);
}

static int check_setgroups(int argc, char **argv, struct err *err)
{
	(void)argc;
	if (!strcmp(argv[1], "deny") || !strcmp(argv[1], "allow"))
		return 0;
	return err_usage(err, "map setgroups: deny or allow, not \"%.100s\"", argv[1]);
}

static int write_setgroups(struct call *c)
{
	return mapwrite(c, "setgroups", c->argv[1]);
}

static int setgroups_host(struct call *c)
{
	return parentns_do(c, write_setgroups);
}

static const char *const setgroups_words[] = {"deny", "allow", NULL};

const struct op op_map_root = {
	.name = "map root",
	.usage = "map root",
	.summary = "in the box's user namespace, you are root",
	.detail =
		"Maps your user and group ID onto 0: one line of /proc/PID/uid_map, then, after\n"
		"setgroups(2) was denied for good, one of gid_map. Every other ID stays unmapped\n"
		"(65534). Programs in the box are root there, with all capabilities over what\n"
		"belongs to the box's namespaces; on files they are you. Needs no privilege.\n"
		"See user_namespaces(7).",
	.flags = OP_OWN,
	.changes = CLONE_NEWUSER,
	.host = host,
	.box = become_box,
	.diagnose = map_diagnose,
};

const struct op op_map_self = {
	.name = "map self",
	.usage = "map self",
	.summary = "in the box's user namespace, you are who you are",
	.detail =
		"Maps your user and group ID onto themselves, and denies setgroups(2). The box "
		"keeps\n"
		"its capabilities, but programs that it starts have none unless you are root:\n"
		"execve(2) takes them from all users but 0. See user_namespaces(7).",
	.flags = OP_OWN,
	.changes = CLONE_NEWUSER,
	.host = host,
	.box = become_box,
	.diagnose = map_diagnose,
};

const struct op op_map_setgroups = {
	.name = "map setgroups",
	.usage = "map setgroups deny|allow",
	.summary = "forbid setgroups(2) in the box's user namespace",
	.detail =
		"Writes /proc/PID/setgroups. A plain user must deny it before map gid; it is for "
		"good,\n"
		"and for all user namespaces below. map root and map self do it themselves.\n"
		"See user_namespaces(7).",
	.argmin = 1,
	.argmax = 1,
	.flags = OP_OWN,
	.changes = CLONE_NEWUSER,
	.args = {{ARG_WORD, setgroups_words}},
	.check = check_setgroups,
	.host = setgroups_host,
	.diagnose = map_diagnose,
};
