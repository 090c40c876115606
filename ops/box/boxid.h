/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who the box is now, seen from the shell, and what files let it do.
 */
#ifndef CTRSH_OPS_BOX_BOXID_H
#define CTRSH_OPS_BOX_BOXID_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#define BOXID_GROUPS 64

struct boxid {
	uid_t uid; /* effective, as the shell's user namespace numbers it */
	gid_t gid;
	gid_t groups[BOXID_GROUPS]; /* the first of them */
	int n_groups;
	unsigned long long caps; /* effective (capabilities(7)) */
};

/* From /proc/PID/status (proc(5)). When it can't be read: the shell's own. */
void boxid_read(pid_t pid, struct boxid *id);

/* May it search this directory, and write there, by owner, group, mode and
 * root's capabilities? */
bool boxid_may_search(const struct boxid *id, const struct stat *dir);
bool boxid_may_write(const struct boxid *id, const struct stat *dir);

#endif
