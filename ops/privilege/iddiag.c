/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why the kernel refused another identity: an ID that is not mapped, groups
 * that are denied in this user namespace, or no capability
 * (user_namespaces(7)).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/namespaces/ns.h"
#include "ops/privilege/identity.h"
#include "ops/why/diagnose.h"
#include "ops/why/probes.h"

/* The lines of a small file of the box's /proc/PID, as "0 1000 1; 1 100000 9". */
static const char *read_map(struct call *c, const char *name, char *buf, size_t size)
{
	char path[64], line[128];
	auto_fclose FILE *f = NULL;
	size_t n = 0;

	box_proc(c->session, path, sizeof(path), name);
	f = fopen(path, "re");
	buf[0] = '\0';
	probes_note_file(c, name, name);
	while (f && n < size && fgets(line, sizeof(line), f)) {
		char *rest = line, *word;
		bool first = true;

		while ((word = strsep(&rest, " \t\n")) != NULL && n < size) {
			if (!*word)
				continue;
			n += (size_t)snprintf(buf + n, size - n, "%s%s",
					      n == 0  ? ""
					      : first ? "; "
						      : " ",
					      word);
			first = false;
		}
	}
	return buf;
}

static void say_map(struct call *c, const char *name, const char *ids)
{
	char map[ERR_TEXT / 2];

	if (*read_map(c, name, map, sizeof(map)))
		err_why(c->err,
			"%s is not mapped in the box's user namespace: its %s (inside, outside, "
			"how many) is %s",
			ids, name, map);
	else
		err_why(c->err, "no ID exists in the box's user namespace yet: its %s is empty",
			name);
}

static void refused_groups(struct call *c)
{
	char word[16], map[64];

	if (!strcmp(read_map(c, "setgroups", word, sizeof(word)), "deny")) {
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
	} else if (!*read_map(c, "gid_map", map, sizeof(map))) {
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
