/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which processes have namespaces that are not ours: those that have the same
 * ones are one set, and a set stands below the one that its first process came
 * from. A box of ctrsh is one even while it has those that its ctrsh has.
 */
#ifndef CTRSH_OPS_FACTS_NSSETS_H
#define CTRSH_OPS_FACTS_NSSETS_H

#include "ops/facts/procs.h"

struct nsset {
	const struct proc *first; /* PID 1 in its PID namespace, else the oldest */
	unsigned own;             /* CLONE_NEW*: those that are not ours */
	unsigned gained;          /* and not those of the set above, either */
	pid_t ctrsh;              /* whose box it is; 0: no box */
	bool apart;               /* only the first and what descends from it: others, that
				   * are not of the box, have the same namespaces */
	int above;                /* its place in the list; -1: it's below ours */
};

struct nssets {
	struct nsset *list; /* by PID of the first */
	int n;
	int unreadable; /* processes whose namespaces can't be read */
};

#define auto_nssets __attribute__((cleanup(nssets_release)))

/* our: the process on our side; box_pid: ours, or 0; extra: one that is a set even if it
 * shares everything, or 0. The processes are p's. */
void nssets_read(struct nssets *s, const struct procs *p, pid_t our, pid_t box_pid, pid_t extra);
void nssets_release(struct nssets *s);

/* Is the process one of that set? */
bool nssets_has(const struct nssets *s, int i, const struct procs *p, const struct proc *one);

#endif
