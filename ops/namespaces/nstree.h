/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How namespaces hang together (ioctl_ns(2)): user and PID namespaces have
 * parents, and each namespace is owned by a user namespace.
 */
#ifndef CTRSH_OPS_NAMESPACES_NSTREE_H
#define CTRSH_OPS_NAMESPACES_NSTREE_H

#include <stdbool.h>
#include <sys/types.h>

/* A descriptor of /proc/PID/ns/NAME, or -1 and errno. */
int nstree_open(pid_t pid, const char *name);

/* Of a user or PID namespace: its parent, -1: none that we may see. */
int nstree_parent(int fd);

/* The number of the user namespace that owns a namespace of the process; 0: it
 * isn't one that we may see. */
ino_t nstree_owned_by(pid_t pid, const char *name);

/* How many ancestors of the process's user or PID namespace we can see. */
int nstree_depth(pid_t pid, const char *name);

/* The process's number in its own PID namespace: the last of NSpid in
 * /proc/PID/status. 0: it can't be told. */
pid_t nstree_pid_inside(pid_t pid);

/* Is process a's user or PID namespace that of b, or an ancestor of it? */
bool nstree_contains(pid_t a, pid_t b, const char *name);

#endif
