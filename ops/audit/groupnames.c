/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same line of /proc/PID/cgroup, read by us and from inside: the same path in both is
 * counted from the same group.
 */
#include "ops/audit/groupnames.h"

#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "ops/audit/look.h"
#include "ops/auto.h"
#include "ops/facts/inside.h"
#include "ops/facts/membership.h"

static const struct subject *whose; /* for the reader inside, which is told of nothing */

static void read_text(struct items *t)
{
	auto_free char *text = subject_read(whose, "cgroup", NULL);

	if (text)
		items_add(t, "cgroup", "%s", text);
	else
		t->errnum = errno;
}

/* Beside the one that it is in, or is below. Where nothing shows the hierarchy we can't
 * tell, and it shows nothing. */
static bool has_others(const struct membership *m)
{
	size_t own = strcspn(m->path + 1, "/");
	struct group_dir g;
	struct dirent *e;
	bool found = false;
	DIR *d;

	if (!membership_dir(m, &g))
		return false;
	g.dir[g.top] = '\0';
	d = opendir(g.dir);
	while (d && !found && (e = readdir(d)))
		found = e->d_type == DT_DIR && e->d_name[0] != '.' &&
			(strlen(e->d_name) != own || strncmp(e->d_name, m->path + 1, own) != 0);
	if (d)
		closedir(d);
	return found;
}

static void note(struct groupnames *g, const struct membership *m, bool top)
{
	size_t n = strlen(g->list);

	if (!has_others(m))
		return;
	g->n++;
	if (!top)
		return;
	g->seen++;
	g->below += strcmp(m->path, "/") != 0;
	snprintf(g->list + n, sizeof(g->list) - n, "%s%s", n ? ", " : "", membership_name(m));
}

void groupnames_read(const struct subject *who, bool shared, struct groupnames *g)
{
	auto_free char *text = subject_read(who, "cgroup", NULL);
	auto_items struct items in = {0};
	const char *inside, *path;
	struct membership m;
	char *rest = text;
	size_t len;

	*g = (struct groupnames){.errnum = text ? 0 : errno};
	whose = who;
	if (!shared)
		inside_read(who, CLONE_NEWCGROUP, read_text, &in);
	inside = items_find(&in, "cgroup");
	if (!shared && !inside)
		g->errnum = in.errnum ? in.errnum : EIO;
	while (!g->errnum && membership_next(&rest, &m)) {
		path = shared ? "/" : membership_in(inside, &m, &len);
		if (path)
			note(g, &m,
			     strlen(m.path) == (shared ? 1 : len) &&
				     !strncmp(m.path, path, strlen(m.path)));
	}
}

void look_cgroup(const struct audit *a, struct finding *f)
{
	const struct groupnames *g = &a->names;
	bool never = a->box && !a->limits; /* to be in a group below */
	unsigned step = g->seen == g->below ? STEP_UNSHARE : never ? 0 : STEP_UNSHARE | STEP_LATER;

	f->ns = CLONE_NEWCGROUP;
	if (a->shared & CLONE_NEWCGROUP)
		found(f, WAY_OPEN, step, "shared: sees the names of the host's control groups");
	else if (g->errnum)
		found(f, WAY_UNKNOWN, 0, "its cgroup namespace can't be entered: %s",
		      strerror(g->errnum));
	else if (!g->seen)
		found(f, WAY_CLOSED, 0, "its own");
	else
		found(f, g->seen == g->n ? WAY_OPEN : WAY_PARTLY, step,
		      "its own, but made in the host's top group, and so begins there: %s",
		      g->list);
}
