/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What join joins: a process, or a file that stands for one namespace.
 */
#ifndef CTRSH_OPS_NAMESPACES_NSTARGET_H
#define CTRSH_OPS_NAMESPACES_NSTARGET_H

#include <sys/types.h>

#include "ops/op.h"

struct nstarget {
	pid_t pid;      /* 0: a file */
	int fd;         /* a pidfd, or the file */
	int root;       /* the process's root directory, or -1 */
	unsigned flags; /* the namespaces to join, CLONE_NEW* */
};

/* In the host half. named: the namespaces the person asked for, 0: none, then
 * all in which the process differs from the box, or the one of the file. To be
 * closed in any case. 0 or -1. */
int nstarget_open(struct call *c, const char *word, unsigned named, struct nstarget *t);
/* All in which a process differs from the box. 0 and *err: none, or it may not be looked at. */
unsigned nstarget_differing(struct call *c, pid_t pid);

void nstarget_close(struct nstarget *t);

/* The PID that the word is; 0: it is a path. */
pid_t nstarget_pid(const char *word);

#endif
