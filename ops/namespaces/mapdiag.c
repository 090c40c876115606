/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kernel says EPERM to all that is wrong with a map (user_namespaces(7)).
 * Looked at, in this order: was it written before, does setgroups still
 * stand in the way, whose IDs are they, do they exist in the parent namespace.
 */
#include "ops/namespaces/mapdiag.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/box/box.h"
#include "ops/namespaces/idmap.h"
#include "ops/namespaces/parentns.h"
#include "ops/why/diagnose.h"
#include "ops/why/probes.h"

static struct idmap m; /* large, and there is one at a time */

bool map_diagnose_written(struct call *c, const char *file)
{
	char text[128];

	probes_note_file(c, file, file);
	if (idmap_read(c->session->box.pid, file, &m) < 0 || !m.n)
		return false;
	err_why(c->err, "a map is written once, and %s of the box says: %s", file,
		idmap_text(&m, text, sizeof(text)));
	err_fix(c->err, "reset and unshare user again, or a further unshare user inside this one");
	return true;
}

static bool setgroups_allowed(struct call *c)
{
	probes_note_file(c, "setgroups", "setgroups");
	return idmap_setgroups(c->session->box.pid, "allow");
}

/* map uid, map gid of a plain user: the one range that he may write. */
static bool is_own(struct call *c, unsigned own)
{
	return c->argc == 4 && strtoul(c->argv[2], NULL, 10) == own && !strcmp(c->argv[3], "1");
}

static void not_ours(struct call *c, bool group, unsigned own)
{
	err_why(c->err,
		"without %s in the parent user namespace one may map only oneself: one range, "
		"of one ID, %u",
		group ? "CAP_SETGID" : "CAP_SETUID", own);
	err_fix(c->err, "map auto (ranges of /etc/sub%s), map root, or run ctrsh with sudo",
		group ? "gid" : "uid");
}

/* Nested: each ID must itself be mapped in the parent. */
static void not_there(struct call *c)
{
	err_why(c->err,
		"the numbers of OUT are those of the parent, itself a user namespace below "
		"the host's: IDs that are not mapped there cannot be mapped here");
}

static void diagnose_map(struct call *c, const char *file)
{
	bool group = !strcmp(file, "gid_map"), ranges = c->argc > 1, ours = parentns_is_ours(c);
	unsigned own = group ? getegid() : geteuid();

	if (map_diagnose_written(c, file))
		return;
	if (!ours) {
		not_there(c);
	} else if (diagnose_we_hold(group ? CAP_SETGID : CAP_SETUID)) {
		if (!diagnose_we_hold(CAP_SETFCAP))
			err_why(c->err,
				"ctrsh does not hold CAP_SETFCAP, which it takes to map "
				"the ID 0 of the parent (since Linux 5.12)");
	} else if (ranges && !is_own(c, own)) {
		not_ours(c, group, own);
	} else if (group && setgroups_allowed(c)) {
		err_why(c->err,
			"setgroups is still allowed in the box's user namespace: a plain "
			"user could drop a group that forbids something");
		err_first(c->err, "map setgroups deny");
	} else {
		diagnose_apparmor(c);
	}
}

void map_diagnose(struct call *c)
{
	const char *what = c->err->what;

	if (c->err->errnum == EROFS) {
		err_why(c->err,
			"the /proc that ctrsh sees is mounted read-only, and so are the maps in it");
		err_fix(c->err, "run ctrsh where /proc can be written (a container may forbid it)");
		return;
	}
	if (c->err->errnum == EPERM && strstr(what, "/uid_map"))
		diagnose_map(c, "uid_map");
	else if (c->err->errnum == EPERM && strstr(what, "/gid_map"))
		diagnose_map(c, "gid_map");
	else if (c->err->errnum == EPERM && strstr(what, "/setgroups") &&
		 idmap_read(c->session->box.pid, "gid_map", &m) == 0 && m.n)
		err_why(c->err, "it is decided before gid_map is written, and it is written");
	else if (c->err->errnum == EPERM && strstr(what, "/setgroups") && !setgroups_allowed(c))
		err_why(c->err,
			"once denied, it stays denied, here and in all user namespaces "
			"below");
	else
		diagnose_apparmor(c);
}
