/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mounts of the box, from /proc/PID/mountinfo (proc(5)); for the shell.
 */
#ifndef CTRSH_OPS_FILES_MOUNTINFO_H
#define CTRSH_OPS_FILES_MOUNTINFO_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

#include "ops/box/session.h"

/* See mountline.h. */
struct mount_entry {
	int id, parent;
	char device[24]; /* major:minor */
	char root[PATH_MAX], point[PATH_MAX], options[128], optional[128], type[64];
};

/* NULL: our own. Closed with fclose(3). */
FILE *mountinfo_open(const struct session *s);
bool mountinfo_next(FILE *f, struct mount_entry *e);

/* The mount on which what is at path in the box lies. -1: not found. */
int mountinfo_at(const struct session *s, const char *path, struct mount_entry *e);

/* A mount of this file system. -1: there is none. */
int mountinfo_of_device(const struct session *s, const char *device, struct mount_entry *e);

/* The first mount that lies on that one, and below path in the box. -1: none. */
int mountinfo_below(const struct session *s, const struct mount_entry *on, const char *path,
		    struct mount_entry *e);

/* What is at path in the box, as an O_PATH descriptor; links are followed within
 * its root. -1 and errno. */
int box_look(const struct session *s, const char *path);
int box_stat(const struct session *s, const char *path, struct stat *st);

/* Is a mount's root there? */
bool box_is_mount_point(const struct session *s, const char *path);

#endif
