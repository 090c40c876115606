/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A group says by an extended attribute whose it is (user.*, since Linux 5.7:
 * on v1 as on v2). One without it is spared: its session may be about to write
 * it, or be one that we know nothing about. Whether anything is in a group
 * rmdir(2) knows better than we could: then it gives EBUSY.
 */
#include "ops/cgroup/groupsweep.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/owner.h"
#include "ops/box/session.h"
#include "ops/cgroup/grouptree.h"
#include "ops/leaks/groups.h"
#include "ops/sys/sys.h"

#define MARK "user.ctrsh.owner"

void groupsweep_mark(const struct session *s, const char *dir)
{
	char name[OWNER_TEXT];
	struct owner self;

	if (owner_of(s->shell, &self) < 0)
		return;
	owner_name(&self, "", name);
	setxattr(dir, MARK, name, strlen(name), 0);
}

static bool is_orphan(const char *dir)
{
	char name[OWNER_TEXT];
	ssize_t n = getxattr(dir, MARK, name, sizeof(name) - 1);
	struct owner o;

	name[n > 0 ? n : 0] = '\0';
	return n > 0 && owner_read(name, &o) && owner_is_dead(&o);
}

/* With the lock on the group above no other ctrsh makes one of this name between
 * the look and the removal. */
static void sweep(struct call *c, const char *dir)
{
	struct err err = {0};
	struct call loud = *c;
	char parent[1024];
	int lock, r = -1;

	if (!is_orphan(dir) || strlen(dir) >= sizeof(parent))
		return;
	snprintf(parent, sizeof(parent), "%s", dir);
	*strrchr(parent, '/') = '\0';
	lock = grouptree_lock(parent);
	if (lock >= 0 && is_orphan(dir))
		r = rmdir(dir);
	if (lock >= 0)
		close(lock);
	if (r < 0)
		return;
	loud.err = &err;
	sys_report(&loud, 0, 0, "rmdir(\"%s\")", dir);
	grouptree_restore(parent);
}

void groupsweep(struct call *c)
{
	auto_items struct items all = {0};

	if (c->session->groups_swept)
		return;
	c->session->groups_swept = true;
	groups_read(&all);
	for (size_t i = 0; i < all.n; i++)
		if (groups_maker(all.list[i].key))
			sweep(c, all.list[i].key);
}
