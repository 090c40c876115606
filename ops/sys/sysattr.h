/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * System calls that change attributes of the process: limits, scheduling,
 * credentials; and writing a short file below a directory. As in sys.h each
 * makes the call of its name, traces it, and fills c->err when it fails.
 */
#ifndef CTRSH_OPS_SYS_SYSATTR_H
#define CTRSH_OPS_SYS_SYSATTR_H

#include <sys/resource.h>
#include <sys/types.h>

#include "ops/op.h"

/* resource: RLIMIT_*; name: the same in words. limit and old may be NULL. */
int sys_prlimit(struct call *c, int resource, const char *name, const struct rlimit *limit,
		struct rlimit *old);

int sys_setpriority(struct call *c, int nice);
int sys_sched_setscheduler(struct call *c, int policy, const char *name, int priority);
int sys_sched_setaffinity(struct call *c, const unsigned long *mask, unsigned size);

/* ioprio_set(2), for the process itself; name: of the class. */
int sys_ioprio_set(struct call *c, int class, const char *name, int level);
/* set_mempolicy(2) with a mask of size bytes, NULL: no nodes; name: of the mode. */
int sys_set_mempolicy(struct call *c, int mode, const char *name, const unsigned long *nodes,
		      unsigned size);
/* The persona before; text: this one in words. */
int sys_personality(struct call *c, unsigned long persona, const char *text);

int sys_setuid(struct call *c, uid_t uid);
int sys_setgid(struct call *c, gid_t gid);
int sys_setresuid(struct call *c, uid_t uid);
int sys_setresgid(struct call *c, gid_t gid);
int sys_setgroups(struct call *c, size_t n, const gid_t *list);

/* Opens path below the directory, through no link and no other mount, for
 * writing. dirname is for the trace. The descriptor, or -1. */
int sys_open_below(struct call *c, int dir, const char *dirname, const char *path);

/* All of the text with one write(2). 0 or -1. */
int sys_write_once(struct call *c, int fd, const char *fdname, const char *text);

#endif
