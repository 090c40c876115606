/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line of /proc/PID/cgroup is "ID:CONTROLLERS:PATH", on v2 "0::PATH". A mount
 * of the hierarchy may show a part of it: its root is then not "/" (field four
 * of mountinfo), and a group that is not below it can't be seen there.
 */
#include "ops/facts/membership.h"

#include <stdio.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/cgroup/groupfile.h"

bool membership_next(char **text, struct membership *m)
{
	char *line, *list, *path;

	while ((line = strsep(text, "\n")) != NULL) {
		list = strchr(line, ':');
		path = list ? strchr(list + 1, ':') : NULL;
		if (!path)
			continue;
		*path = '\0';
		*m = (struct membership){list + 1, path + 1, list[1] == '\0'};
		return true;
	}
	return false;
}

const char *membership_name(const struct membership *m)
{
	return m->v2 ? "unified" : m->controllers;
}

const char *membership_path(char *text, const char *controller)
{
	struct membership m;

	while (membership_next(&text, &m))
		if (controller ? groupfile_word_in(m.controllers, controller, ",") : m.v2)
			return m.path;
	return NULL;
}

const char *membership_in(const char *text, const struct membership *m, size_t *len)
{
	size_t n = strlen(m->controllers);

	for (const char *line = text; line && *line;) {
		const char *list = strchr(line, ':'), *end = strchrnul(line, '\n');

		if (list && list < end && !strncmp(list + 1, m->controllers, n) &&
		    list[1 + n] == ':') {
			*len = (size_t)(end - (list + 2 + n));
			return list + 2 + n;
		}
		line = *end ? end + 1 : NULL;
	}
	return NULL;
}

bool membership_below(const char *top, const char *path, size_t len)
{
	size_t n = strlen(top);

	if (n == 1)
		return len > 0 && path[0] == '/';
	return len >= n && !strncmp(path, top, n) && (len == n || path[n] == '/');
}

static bool shows(const struct mount_line *l, const struct membership *m)
{
	char first[64];

	if (m->v2)
		return !strcmp(l->type, "cgroup2");
	snprintf(first, sizeof(first), "%.*s",
		 (int)(strncmp(m->controllers, "name=", 5) ? strcspn(m->controllers, ",") : 63),
		 m->controllers);
	return !strcmp(l->type, "cgroup") && groupfile_word_in(l->super, first, ",");
}

bool membership_in_mount(const struct membership *m, const struct mount_line *l,
			 struct group_dir *d)
{
	const char *tail = m->path;
	size_t n;

	if (!shows(l, m) || !membership_below(l->root, m->path, strlen(m->path)))
		return false;
	tail += strcmp(l->root, "/") != 0 ? strlen(l->root) : 0;
	if (!strncmp(tail, "/..", 3) && (!tail[3] || tail[3] == '/'))
		return false; /* above the root of our cgroup namespace */
	n = (size_t)snprintf(d->dir, sizeof(d->dir), "%s%s", l->point,
			     strcmp(tail, "/") ? tail : "");
	d->top = strlen(l->point);
	return n < sizeof(d->dir) && access(d->dir, F_OK) == 0;
}

bool membership_dir(const struct membership *m, struct group_dir *d)
{
	auto_fclose FILE *f = fopen("/proc/self/mountinfo", "re");
	auto_free char *line = NULL;
	struct mount_line l;
	size_t size = 0;

	while (f && getline(&line, &size, f) > 0)
		if (mountline_parse(line, &l) && membership_in_mount(m, &l, d))
			return true;
	return false;
}
