/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why the kernel refused another identity: an ID that is not mapped, groups
 * that are denied in this user namespace, or no capability
 * (user_namespaces(7)).
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "ops/box/session.h"
#include "ops/namespaces/idmap.h"
#include "ops/namespaces/ns.h"
#include "ops/privilege/identity.h"
#include "ops/why/diagnose.h"
#include "ops/why/probes.h"

static bool is_empty(struct call *c, const char *name)
{
	probes_note_file(c, name, name);
	return idmap_is_empty(c->session->box.pid, name);
}

static void say_map(struct call *c, const char *name, const char *ids)
{
	char text[ERR_TEXT / 2];
	struct idmap m;

	if (is_empty(c, name) || idmap_read(c->session->box.pid, name, &m) < 0) {
		err_why(c->err, "no ID exists in the box's user namespace yet: its %s is empty",
			name);
		err_fix(c->err,
			"map auto first, which gives it others than 0; or map uid and map gid");
	} else
		err_why(c->err,
			"%s is not mapped in the box's user namespace: its %s (inside, outside, "
			"how many) is %s",
			ids, name, idmap_text(&m, text, sizeof(text)));
}

static void refused_groups(struct call *c)
{
	probes_note_file(c, "setgroups", "setgroups");
	if (idmap_setgroups(c->session->box.pid, "deny")) {
		err_why(c->err,
			"/proc/%d/setgroups is \"deny\": in this user namespace the groups stay as "
			"they are%s",
			(int)c->session->box.pid,
			geteuid() ? ", and only so does the kernel take a gid_map from a plain user"
				  : " (map root and map setgroups deny write that)");
		if (geteuid())
			err_fix(c->err,
				"reset, and map auto in place of map root; or leave the groups alone: "
				"setgid GID, setuid UID");
		else
			err_fix(c->err,
				"reset, and map auto, or map uid and map gid, in place of "
				"map root; or setgid GID, setuid UID");
	} else if (is_empty(c, "gid_map")) {
		say_map(c, "gid_map", "");
	} else {
		diagnose_capability(c, "CAP_SETGID", 6);
	}
}

void identity_diagnose(struct call *c)
{
	bool groups = !strncmp(c->err->what, "setgroups", 9);
	bool user = !strncmp(c->err->what, "setuid", 6) || !strncmp(c->err->what, "setresuid", 9);

	if (c->err->errnum == ENOENT && !strncmp(c->err->what, "open", 4)) {
		err_why(c->err,
			"names and groups are looked up in the box's root, and it has no "
			"such file");
		err_fix(c->err, "numbers: user UID:GID");
	} else if (c->err->errnum == EINVAL) {
		say_map(c, user ? "uid_map" : "gid_map", groups ? "one of these" : "this ID");
		if (ns_differ(c->session->box.pid, getpid(), CLONE_NEWUSER))
			err_fix(c->err,
				strstr(c->err->why, "is empty")
					? "map auto, or map root, first"
					: "reset, and map auto in place of that map: it maps "
					  "65536 or so");
	} else if (c->err->errnum == EPERM && groups) {
		refused_groups(c);
	} else if (c->err->errnum == EPERM && user) {
		diagnose_capability(c, "CAP_SETUID", 7);
	} else if (c->err->errnum == EPERM) {
		diagnose_capability(c, "CAP_SETGID", 6);
	}
}
