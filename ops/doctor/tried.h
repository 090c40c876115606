/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which namespaces can be made, and what can be mounted in them: tried, once as
 * we are and once in a new user namespace.
 */
#ifndef CTRSH_OPS_DOCTOR_TRIED_H
#define CTRSH_OPS_DOCTOR_TRIED_H

#include <stdbool.h>

#define TRIED_NS 8

enum tried_fs {
	TRY_TMPFS,
	TRY_PROC,
	TRY_SYSFS,
	TRY_DEVPTS,
	TRY_MQUEUE,
	TRY_CGROUP2,
	TRY_OVERLAY,
	TRIED_FS
};

#define NOT_TRIED  (-1) /* something before it failed */
#define NOT_LOADED (-2) /* trying would load a module of the kernel: not in /proc/filesystems */

/* Each is an errno, 0 (it worked), or one of these. */
struct tried {
	int user;         /* unshare(CLONE_NEWUSER); 0 also where it was not asked for */
	int map;          /* mapping ourselves onto 0 there */
	int ns[TRIED_NS]; /* in the order of namespaces[] */
	int private;      /* mount(MS_REC|MS_PRIVATE) of / */
	int fs[TRIED_FS];
};

extern const char *const tried_fs_names[]; /* NULL at the end */

/* user: in a new user namespace. */
void tried_look(struct tried *t, bool user);

/* Of the namespaces in the mask (CLONE_NEW*), those that were not to be had. */
unsigned tried_lacks(const struct tried *t, unsigned mask);

/* The errno for the first of these. */
int tried_errno(const struct tried *t, unsigned mask);

#endif
