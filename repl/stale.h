/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A proc shows the PID namespace that its mounter was in (proc(5)). One that is
 * mounted before unshare pid, and not once more after it, shows the wrong one;
 * the kernel says nothing about it.
 */
#ifndef CTRSH_REPL_STALE_H
#define CTRSH_REPL_STALE_H

#include <stdbool.h>

#include "repl/script.h"

struct stale {
	const struct step *proc, *pid; /* mount proc; and the unshare pid after it. NULL: none */
	bool own;                      /* the PID namespace is not the host's any more */
};

/* One step of a script after the other. */
void stale_go(struct stale *t, const struct step *s);

/* Behind the last. 0, or -1 and *p (ERR_ORDER), its place that of mount proc. */
int stale_check(const struct stale *t, struct problem *p);

#endif
