/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The scripts that come with ctrsh, and what of them works on a machine.
 */
#ifndef CTRSH_REPL_VIEW_SHIPPED_H
#define CTRSH_REPL_VIEW_SHIPPED_H

#include "ops/doctor/machine.h"

enum shipped_state { SHIPPED_WORKS, SHIPPED_PARTLY, SHIPPED_FAILS };

struct shipped {
	char path[512];
	enum shipped_state state;
	int line;    /* the first that fails; 0: none */
	char op[40]; /* and its op */
	char why[400];
};

/* All of them, sorted; *list is the caller's to free. How many. */
int shipped_look(const struct machine *m, struct shipped **list);

#endif
