/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The processes that can be seen from here, as /proc shows them (proc(5)), and
 * which of them belong to a box. A process that ends while it is read is left
 * out; what can't be read of one is marked.
 */
#ifndef CTRSH_OPS_FACTS_PROCS_H
#define CTRSH_OPS_FACTS_PROCS_H

#include "ops/facts/subject.h"

#define PROC_LEVELS 33 /* PID namespaces can be nested 32 deep (pid_namespaces(7)) */
#define PROC_NS     8

struct proc {
	pid_t pid, parent, group; /* group: of processes */
	char name[64];
	int n;                  /* of its numbers: */
	pid_t in[PROC_LEVELS];  /* that in our PID namespace first, in its own last */
	unsigned uid;           /* effective */
	char state;             /* Z: a zombie */
	bool kernel;            /* a kernel thread */
	ino_t ns[PROC_NS];      /* its namespaces' numbers, in the order of ns.h; 0: not readable */
	unsigned long long age; /* when it began, in ticks since boot */
	char *command;          /* command line, or [name] */
	char *groups;           /* text of /proc/PID/cgroup; or NULL */
	bool marked;            /* the caller's */
};

struct procs {
	struct proc *list; /* by PID */
	size_t n;
	int errnum; /* why there is none at all */
};

#define auto_procs __attribute__((cleanup(procs_release)))

void procs_read(struct procs *p);
void procs_release(struct procs *p);
const struct proc *procs_find(const struct procs *p, pid_t pid);

/* The one that has this number for us: /proc may be that of a PID namespace above ours,
 * with other numbers. */
const struct proc *procs_ours(const struct procs *p, pid_t pid);

/* Marks those that belong to the process: those in its PID namespace and below it.
 * If that is ours: its descendants, and those in all of the control groups it has
 * of its own. For the host's side, which is ourselves: all. Returns how many; -1
 * and errno: which PID namespace it has can't be read. */
int procs_mark(struct procs *p, const struct subject *who);

/* Is it a box of ctrsh, this one or another, that has not become a program? (The
 * warden, ctrsh's other child, leads a process group.) Whoever takes ctrsh's name
 * is taken for it. */
bool procs_is_box(const struct procs *p, const struct proc *one);

/* Its command line, or that it is such a box. */
const char *procs_what(const struct procs *p, const struct proc *one);

/* Its place in the table of namespaces (ns.h). */
int procs_ns(const char *name);

#endif
