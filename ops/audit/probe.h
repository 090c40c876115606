/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trying from inside, in a box of ours that no program has taken the place of:
 * for each try the box forks a child that has the root, directory, IDs,
 * capabilities, no_new_privs and seccomp filter that a program started now would
 * have. It makes the calls and ends; nothing is written to, and what it makes (a
 * device file, for a moment, never in the host's own directories) it removes.
 */
#ifndef CTRSH_OPS_AUDIT_PROBE_H
#define CTRSH_OPS_AUDIT_PROBE_H

#include "ops/audit/audit.h"
#include "ops/op.h"

/* In the shell: asks the box. Items by the name of the way, "STATE what it shows".
 * 0, or -1 and *err. */
int probe_ask(struct session *s, struct items *t, struct err *err);

/* In the box: answers, a line of c->trace for each way that was tried. */
int probe_answer(struct call *c);

/* What of the host the tries need to know: they have to find the same inside. */
struct host {
	unsigned long dev, ino; /* its root directory */
	pid_t pid;              /* a process of it that has this number inside; 0: none */
	bool user;              /* its user namespace is the box's */
	unsigned major, minor;  /* a disk */
};

struct
try {
	const char *name; /* of the way */
	void (*go)(const struct host *h, struct finding *f);
};
extern const struct try tries[]; /* those of one way together; ends with a NULL name */

/* tries.c: can it be opened? Nothing is read, nobody waited for. */
bool try_open(const char *path, int flags);

/* triesmore.c; calls.c */
void try_signals(const struct host *h, struct finding *f);
void try_ptrace(const struct host *h, struct finding *f);
void try_handles(const struct host *h, struct finding *f);
void try_unshare(const struct host *h, struct finding *f);
void try_clone(const struct host *h, struct finding *f);
void try_clone3(const struct host *h, struct finding *f);
void try_log(const struct host *h, struct finding *f);
void try_seccomp(const struct host *h, struct finding *f);
void try_environment(const struct host *h, struct finding *f);
void try_calls(const struct host *h, struct finding *f);

#endif
