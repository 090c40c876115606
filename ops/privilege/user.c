/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * setuid, setgid, groups, user: from now on the box is somebody else, and so
 * are its programs (credentials(7)). Whoever leaves user 0 leaves his
 * capabilities (capabilities(7)).
 */
#include <string.h>

#include "ops/box/wire.h"
#include "ops/privilege/accounts.h"
#include "ops/privilege/identity.h"
#include "ops/sys/sysattr.h"

static int check_words(int argc, char **argv, struct err *err)
{
	for (int i = 1; i < argc; i++)
		if (!*argv[i] || !account_is_word(argv[i]))
			return err_usage(err, "%s: neither a name nor an ID: \"%.100s\"", argv[0],
					 argv[i]);
	return 0;
}

static int box_setuid(struct call *c)
{
	int dumpable = identity_dumpable();
	struct account a;

	if (!account_is_id(c->argv[1], &a.uid) && account_find(c->argv[1], &a, c->err) < 0)
		return -1;
	return identity_settle(dumpable, sys_setuid(c, a.uid));
}

static int box_setgid(struct call *c)
{
	int dumpable = identity_dumpable();
	gid_t gid;

	if (account_group(c->argv[1], &gid, c->err) < 0)
		return -1;
	return identity_settle(dumpable, sys_setgid(c, gid));
}

static int box_groups(struct call *c)
{
	static gid_t list[WIRE_ARGC];
	bool none = c->argc == 2 && !strcmp(c->argv[1], "none");

	for (int i = 1; i < c->argc && !none; i++)
		if (account_group(c->argv[i], &list[i - 1], c->err) < 0)
			return -1;
	return sys_setgroups(c, none ? 0 : (size_t)c->argc - 1, list);
}

static int check_user(int argc, char **argv, struct err *err)
{
	(void)argc;
	if (identity_is_text(argv[1]))
		return 0;
	err_usage(err, "user: not a user: \"%.100s\"", argv[1]);
	err_why(err, "it takes USER[:GROUP][,GROUP...], names or numbers up to 4294967294");
	return -1;
}

static int box_user(struct call *c)
{
	struct identity id;

	return identity_parse(c->argv[1], &id, c->err) < 0 ? -1 : identity_become(c, &id);
}

const struct op op_setuid = {
	.name = "setuid",
	.usage = "setuid USER",
	.summary = "change the user ID of the box, and nothing else",
	.detail =
		"USER is a number, or a name in the box's /etc/passwd. Group and groups stay: `user`\n"
		"changes all. Who leaves user 0 loses all capabilities, so it comes after the steps\n"
		"that need them. Needs CAP_SETUID. See setuid(2), credentials(7).",
	.argmin = 1,
	.argmax = 1,
	.check = check_words,
	.box = box_setuid,
	.diagnose = identity_diagnose,
};

const struct op op_setgid = {
	.name = "setgid",
	.usage = "setgid GROUP",
	.summary = "change the group ID of the box, and nothing else",
	.detail =
		"GROUP is a number, or a name in the box's /etc/group. Before setuid, which takes the\n"
		"right to do this. Needs CAP_SETGID. See setgid(2), credentials(7).",
	.argmin = 1,
	.argmax = 1,
	.check = check_words,
	.box = box_setgid,
	.diagnose = identity_diagnose,
};

static const char *const nobody[] = {"none", NULL};

const struct op op_groups = {
	.name = "groups",
	.usage = "groups none|GROUP...",
	.summary = "change the supplementary groups of the box",
	.detail =
		"Those that are named, by number or as in the box's /etc/group, replace those it had.\n"
		"Needs CAP_SETGID; where /proc/PID/setgroups says deny, nobody may.\n"
		"See setgroups(2), user_namespaces(7).",
	.argmin = 1,
	.argmax = -1,
	.args = {{ARG_WORD, nobody}},
	.check = check_words,
	.box = box_groups,
	.diagnose = identity_diagnose,
};

const struct op op_user = {
	.name = "user",
	.usage = "user USER[:GROUP][,GROUP...]",
	.summary = "make the box another user: groups, group and user ID",
	.detail =
		"Calls setgroups, setresgid and setresuid, in this order. Names are looked up in the\n"
		"box's own /etc/passwd and /etc/group. USER alone gets the group of its entry there,\n"
		"and the groups of which it is a member, as at login; with :GROUP or ,GROUP it gets\n"
		"these and no others. HOME and USER in the environment stay as they are: see setenv.\n"
		"Who leaves user 0 loses all capabilities (but see caps ambient), so this is among the\n"
		"last steps; nothing brings them back but reset. Needs CAP_SETUID and CAP_SETGID.\n"
		"See credentials(7), capabilities(7), setgroups(2).",
	.argmin = 1,
	.argmax = 1,
	.check = check_user,
	.box = box_user,
	.diagnose = identity_diagnose,
};
