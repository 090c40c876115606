/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A group says by an extended attribute whose it is (user.*, since Linux 5.7:
 * on v1 as on v2). One without it is spared: its session may be about to write
 * it, or be one that we know nothing about. Whether anything is in a group
 * rmdir(2) knows better than we could: then it gives EBUSY.
 */
#include "ops/cgroup/groupsweep.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

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
static bool sweep(struct call *c, const char *dir)
{
	struct err err = {0};
	struct call loud = *c;
	char parent[1024];
	int lock, r = -1;

	if (!is_orphan(dir) || strlen(dir) >= sizeof(parent))
		return false;
	snprintf(parent, sizeof(parent), "%s", dir);
	*strrchr(parent, '/') = '\0';
	lock = grouptree_lock(parent);
	if (lock >= 0 && is_orphan(dir))
		r = rmdir(dir);
	if (lock >= 0)
		close(lock);
	if (r < 0)
		return false;
	loud.err = &err;
	sys_report(&loud, 0, 0, "rmdir(\"%s\")", dir);
	grouptree_restore(parent);
	return true;
}

bool groupsweep(struct call *c, const char *parent)
{
	DIR *d = opendir(parent);
	struct dirent *e;
	bool swept = false;
	char dir[1024];

	while (d && (e = readdir(d)) != NULL) {
		int n = snprintf(dir, sizeof(dir), "%s/%s", parent, e->d_name);

		if (groups_maker(dir) && (size_t)n < sizeof(dir))
			swept |= sweep(c, dir);
	}
	if (d)
		closedir(d);
	return swept;
}
