/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a step changed: the steady facts of the box, read before and after it.
 * Told beside the trace, and only where that is on.
 */
#ifndef CTRSH_REPL_VIEW_EFFECT_H
#define CTRSH_REPL_VIEW_EFFECT_H

#include "ops/facts/items.h"
#include "repl/shell.h"

#define EFFECT_FACTS 32

struct effect {
	bool taken;
	struct items before[EFFECT_FACTS]; /* in the order of the table; not steady: empty */
};

/* Before the step: the box, which is started if there is none. */
void effect_before(struct effect *e, struct shell *sh);

/* After it: the lines; nothing if there is no box now. Releases *e. */
void effect_after(struct effect *e, struct shell *sh);

#endif
