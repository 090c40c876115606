/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a path leads, link by link (path_resolution(7)), told for a diagnosis:
 * nothing is opened by it, and what it says may have changed since.
 */
#ifndef CTRSH_OPS_FILES_FOLLOW_H
#define CTRSH_OPS_FILES_FOLLOW_H

#include <limits.h>
#include <stdbool.h>

struct followed {
	char real[PATH_MAX]; /* without links, as far as it is there, then the rest of the path */
	bool missing;        /* something of it is not there */
	bool circle;         /* links lead in a circle, or more than 40 follow each other */
	bool absolute;       /* a link on the way begins with / */
};

/* root, cwd: descriptors from which absolute and other paths begin; cwd may be
 * AT_FDCWD. false: the path cannot be followed, or is too long. */
bool follow_links(int root, int cwd, const char *path, struct followed *f);

#endif
