/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the words to IDs, and to the calls. The raw IDs are those of the box's
 * user namespace; the kernel translates, and refuses what is not mapped.
 */
#include "ops/privilege/identity.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "ops/box/serve.h"
#include "ops/box/wire.h"
#include "ops/privilege/accounts.h"
#include "ops/sys/sysattr.h"

int identity_dumpable(void)
{
	return prctl(PR_GET_DUMPABLE);
}

int identity_settle(int dumpable, int r)
{
	serve_die_with_parent();
	prctl(PR_SET_DUMPABLE, dumpable);
	return r;
}

/* To be cut into pieces; until the next call. */
static char *copy_of(const char *text)
{
	static char copy[WIRE_ARGS];

	snprintf(copy, sizeof(copy), "%s", text);
	return copy;
}

bool identity_is_text(const char *text)
{
	char *groups = copy_of(text), *user, *group, *g;

	user = strsep(&groups, ",");
	group = user;
	user = strsep(&group, ":");
	if (!user || !*user || !account_is_word(user) ||
	    (group && (!*group || !account_is_word(group))))
		return false;
	while ((g = strsep(&groups, ",")) != NULL)
		if (!*g || !account_is_word(g))
			return false;
	return true;
}

static int listed(char *groups, struct identity *id, struct err *err)
{
	char *g;

	while ((g = strsep(&groups, ",")) != NULL) {
		if (id->n_groups == ACCOUNTS_GROUPS)
			return err_usage(err, "more than %d groups", ACCOUNTS_GROUPS);
		if (account_group(g, &id->groups[id->n_groups], err) < 0)
			return -1;
		id->n_groups++;
	}
	return 0;
}

/* What the user's entry says; it is needed unless both IDs are given as numbers. */
static int look_up(const char *user, const char *group, bool login, struct identity *id,
		   struct err *err)
{
	struct account a;

	if (group && account_group(group, &id->gid, err) < 0)
		return -1;
	if (group && account_is_id(user, &id->uid))
		return 0;
	if (account_find(user, &a, err) < 0) {
		if (err->errnum != ENOENT)
			err_fix(err, "user UID:GID, in numbers, needs no entry");
		return -1;
	}
	id->uid = a.uid;
	if (group)
		return 0;
	id->gid = a.gid;
	if (login)
		id->n_groups = account_groups(a.name, a.gid, id->groups, err);
	return id->n_groups < 0 ? -1 : 0;
}

int identity_parse(const char *text, struct identity *id, struct err *err)
{
	static gid_t list[ACCOUNTS_GROUPS];
	char *groups = copy_of(text), *user, *group;

	*id = (struct identity){.groups = list};
	group = strsep(&groups, ",");
	user = strsep(&group, ":");
	if (look_up(user, group, !groups, id, err) < 0)
		return -1;
	return groups ? listed(groups, id, err) : 0;
}

static int change(struct call *c, const struct identity *id)
{
	static gid_t before[NGROUPS_MAX];
	int n = getgroups(NGROUPS_MAX, before);
	gid_t gid = getegid();
	struct err failure;

	if (n < 0)
		return err_kernel(c->err, errno, "getgroups()");
	if (sys_setgroups(c, (size_t)id->n_groups, id->groups) < 0)
		return -1;
	if (sys_setresgid(c, id->gid) == 0 && sys_setresuid(c, id->uid) == 0)
		return 0;
	failure = *c->err;
	if (getegid() != gid)
		sys_setresgid(c, gid);
	sys_setgroups(c, (size_t)n, before);
	*c->err = failure;
	return -1;
}

int identity_become(struct call *c, const struct identity *id)
{
	int dumpable = identity_dumpable();

	return identity_settle(dumpable, change(c, id));
}
