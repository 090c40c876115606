/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where something is mounted or made: the path is looked up once, and what was
 * found is held as an O_PATH descriptor. While the box's root is the host's, a
 * path must not pass through a symbolic link: one in a foreign root file system
 * could lead anywhere on the host. In a root of its own the kernel keeps links
 * inside; there only the magic ones of /proc (symlink(7)), which know no root,
 * are refused. For box halves; the calls are traced.
 */
#ifndef CTRSH_OPS_FILES_TARGET_H
#define CTRSH_OPS_FILES_TARGET_H

#include "ops/op.h"

struct target {
	int fd;           /* O_PATH: for move_mount(2), mkdirat(2), mount_setattr(2), … */
	const char *name; /* for mount(2), which takes no descriptor */
	char self[32];    /* room for it: a target must not be copied */
};

/* Versions of clang-format differ about a macro that is braces. */
/* clang-format off */
#define TARGET_CLOSED {.fd = -1}
/* clang-format on */

/* An existing directory or file. path must live as long as *t. -1: c->err has
 * the call, and where a link was in the way also why and fix; the other causes
 * are diagnose_path()'s, in the shell. */
int target_open(struct call *c, const char *path, struct target *t);

/* The directory in which the last name of path is, or is to be made: *last
 * points to that, as mkdirat(2), mknodat(2), symlinkat(2) with t->fd take it
 * (they do not follow it). room: PATH_MAX bytes, which t and *last point into. */
int target_parent(struct call *c, const char *path, char *room, struct target *t,
		  const char **last);

/* An existing file or directory of this name (or path) below a directory that is
 * open already; no links at all. It has a descriptor only, no name for mount(2):
 * open_tree(2) and move_mount(2) will do (sysmount.h). */
int target_below(struct call *c, int dirfd, const char *path, struct target *t);

void target_close(struct target *t);
#define auto_target __attribute__((cleanup(target_close))) struct target

/* The root directory that a new box has is the host's. Called once, before any op. */
void target_note_root(void);

#endif
