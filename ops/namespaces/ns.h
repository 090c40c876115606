/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one table of namespaces (namespaces(7)). A set of them is a mask of the
 * CLONE_NEW* flags of clone(2), the kernel's own representation.
 */
#ifndef CTRSH_OPS_NAMESPACES_NS_H
#define CTRSH_OPS_NAMESPACES_NS_H

#include <sched.h>
#include <sys/types.h>

#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x00000080 /* since Linux 5.6, time_namespaces(7) */
#endif

struct ns {
	const char *name;     /* as in ctrsh's words and in /proc/PID/ns */
	const char *flagname; /* as in clone(2) */
	unsigned flag;
	const char *title;    /* as in "the host's … namespace" */
	const char *isolates; /* what it holds, for help */
	const char *harm;     /* what an op would do to a host that shares it, or NULL */
};

extern const struct ns namespaces[]; /* ends with a NULL name */
extern const char *const ns_names[]; /* the same names, NULL at the end */

const struct ns *ns_find(const char *name); /* NULL: no such namespace */

/* The namespace's number (the inode of /proc/PID/ns/NAME), 0 when it can't be read. */
ino_t ns_id(pid_t pid, const struct ns *ns);

/* Those of the namespaces in mask in which the two processes differ. One whose
 * number can't be read counts as shared. */
unsigned ns_differ(pid_t a, pid_t b, unsigned mask);

#define NS_ALL (~0U)

#endif
