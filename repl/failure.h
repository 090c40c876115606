/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The last failure, kept for why and fix until the next one; the end of a box
 * changes nothing about it.
 */
#ifndef CTRSH_REPL_FAILURE_H
#define CTRSH_REPL_FAILURE_H

#include <stdbool.h>

#include "ops/why/probes.h"
#include "repl/place.h"
#include "repl/script.h"

struct shell;

struct failure {
	bool any;            /* something failed */
	bool used;           /* fix carried its lines out */
	bool unknown;        /* the kernel refused, and no cause was found */
	char *line;          /* what was to be done; NULL: nothing, the box ended by itself */
	char *lines;         /* what mends it, a line each; NULL: no lines do */
	char *file;          /* the script in which it stood, or NULL */
	int place_line;      /* and where there */
	const struct op *op; /* NULL: no op failed */
	struct err err;
	struct probes probes;
};

/* Before it is reported: a cause that was not found is said to be unknown, and
 * lines that come first are followed by the step itself, if there is one. */
void failure_complete(struct shell *sh, const struct step *step, struct err *err);

/* After it was reported. The second for a text that could not be read as steps. */
void failure_keep(struct shell *sh, const struct step *step, const struct problem *p);
void failure_keep_text(struct shell *sh, const char *text, const struct problem *p);

void failure_release(struct failure *f);

#endif
