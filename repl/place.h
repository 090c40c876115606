/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where in its file a message belongs.
 */
#ifndef CTRSH_REPL_PLACE_H
#define CTRSH_REPL_PLACE_H

#include "ops/err.h"

struct place {
	const char *file; /* as the person named it; NULL: the prompt */
	int line, column; /* from 1; column 0: the whole line */
	char text[512];   /* the line, for a caret; empty when column is 0 */
};

/* A failure and where it happened. */
struct problem {
	struct place place;
	struct err err;
};

#endif
