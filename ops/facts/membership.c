/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line of /proc/PID/cgroup is "ID:CONTROLLERS:PATH", on v2 "0::PATH". A mount
 * of the hierarchy may show a part of it: its root is then not "/" (field four
 * of mountinfo), and a group that is not below it can't be seen there.
 */
#include "ops/facts/membership.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/cgroup/groupfile.h"
#include "ops/facts/octal.h"

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

/* Does the mount with this file system type and these super options show the hierarchy? */
static bool shows(const struct membership *m, const char *type, const char *options)
{
	char first[64];

	if (m->v2)
		return !strcmp(type, "cgroup2");
	snprintf(first, sizeof(first), "%.*s",
		 (int)(strncmp(m->controllers, "name=", 5) ? strcspn(m->controllers, ",") : 63),
		 m->controllers);
	return !strcmp(type, "cgroup") && groupfile_word_in(options, first, ",\n");
}

/* The directory of the group in the mount that this line tells of. */
static bool locate(char *line, const struct membership *m, struct group_dir *d)
{
	char *dash = strstr(line, " - "), *root, *point, *type, *rest = NULL;
	const char *tail = m->path;
	size_t n;

	if (!dash)
		return false;
	*dash = '\0';
	strtok_r(line, " ", &rest);
	strtok_r(NULL, " ", &rest);
	strtok_r(NULL, " ", &rest);
	root = strtok_r(NULL, " ", &rest);
	point = strtok_r(NULL, " ", &rest);
	type = strtok_r(dash + 3, " ", &rest);
	strtok_r(NULL, " ", &rest); /* source */
	if (!root || !point || !type || !shows(m, type, rest))
		return false;
	octal_decode(root);
	octal_decode(point);
	if (!membership_below(root, m->path, strlen(m->path)))
		return false;
	tail += strcmp(root, "/") != 0 ? strlen(root) : 0;
	n = (size_t)snprintf(d->dir, sizeof(d->dir), "%s%s", point, strcmp(tail, "/") ? tail : "");
	d->top = strlen(point);
	return n < sizeof(d->dir) && access(d->dir, F_OK) == 0;
}

bool membership_dir(const struct membership *m, struct group_dir *d)
{
	auto_fclose FILE *f = fopen("/proc/self/mountinfo", "re");
	auto_free char *line = NULL;
	size_t size = 0;

	while (f && getline(&line, &size, f) > 0)
		if (strstr(line, " - cgroup") && locate(line, m, d))
			return true;
	return false;
}
