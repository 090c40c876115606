/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which control group a process is in, in each hierarchy (/proc/PID/cgroup,
 * cgroups(7)), and where its directory is. Paths begin at the root of the
 * reader's cgroup namespace.
 */
#ifndef CTRSH_OPS_FACTS_MEMBERSHIP_H
#define CTRSH_OPS_FACTS_MEMBERSHIP_H

#include <stdbool.h>
#include <stddef.h>

#include "ops/facts/mountline.h"
#include "ops/facts/subject.h"

struct membership {
	const char *controllers; /* "cpu,cpuacct", "name=systemd"; on v2 "" */
	const char *path;
	bool v2;
};

/* The next line of the text of /proc/PID/cgroup, which is taken apart. false: it was
 * the last. */
bool membership_next(char **text, struct membership *m);

/* What the hierarchy goes by: its controllers, or "unified". */
const char *membership_name(const struct membership *m);

/* The path of the group in the hierarchy of that controller; NULL for the controller: on v2. The
 * text is taken apart, and may be NULL. NULL: it has none. */
const char *membership_path(char *text, const char *controller);

/* The path of the group in that hierarchy, in another process's text, which stays as it
 * is; its length in *len. NULL: it has none. */
const char *membership_in(const char *text, const struct membership *m, size_t *len);

/* Is path (len bytes) the group top, or one below it? */
bool membership_below(const char *top, const char *path, size_t len);

struct group_dir {
	char dir[1000];
	size_t top; /* the first so many bytes are where the hierarchy is mounted */
};

/* Where we see the group in this mount of ours. false: it shows another hierarchy, or a
 * part of it without the group. */
bool membership_in_mount(const struct membership *m, const struct mount_line *l,
			 struct group_dir *d);

/* The same, in the first mount that shows it. false: none does. */
bool membership_dir(const struct membership *m, struct group_dir *d);

#endif
