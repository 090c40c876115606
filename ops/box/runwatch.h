/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the kernel counted while a program ran: why it failed, if a limit did it.
 */
#ifndef CTRSH_OPS_BOX_RUNWATCH_H
#define CTRSH_OPS_BOX_RUNWATCH_H

#include "ops/op.h"

struct runwatch {
	unsigned long ticks; /* processor time of the box's children */
	long oom, forks;     /* processes killed, and forks refused, in the box's groups */
	char lowered[128];   /* limits of memory, that it has and we have not */
};

/* Before it starts. */
void runwatch_begin(struct call *c, struct runwatch *w);

/* After it failed, as c->err and c->status say: adds what was counted since, or, of a signal
 * that the kernel sends for several reasons, the limit that may be one. */
void runwatch_why(struct call *c, const struct runwatch *w);

/* The same of the program that exec became, in session.ended. */
void runwatch_ended(struct call *c, const struct runwatch *w);

#endif
