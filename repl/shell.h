/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The state of one ctrsh, passed to whoever needs it.
 */
#ifndef CTRSH_REPL_SHELL_H
#define CTRSH_REPL_SHELL_H

#include <stdbool.h>

#include "ops/box/session.h"
#include "ops/facts/subject.h"
#include "repl/failure.h"
#include "repl/journal.h"
#include "repl/vars.h"

struct start;

struct shell {
	struct session session;
	struct vars vars;
	struct journal journal;
	struct subject attached; /* what attach looks at; pid 0: the box */
	bool interactive;        /* a person types at a prompt */
	bool quiet;              /* -q */
	bool step;               /* --step */
	bool verbose;            /* set verbose on: all of what a step changed */
	bool quit;               /* it is over */
	int status;              /* exit status so far */
	struct failure failure;  /* the last one */
	bool replaying;          /* a box is built again: without noise, and not for the journal */
	struct start *start;     /* of the session, for leaks; NULL: nobody asks */
};

#endif
