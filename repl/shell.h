/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The state of one ctrsh, passed to whoever needs it.
 */
#ifndef CTRSH_REPL_SHELL_H
#define CTRSH_REPL_SHELL_H

#include <stdbool.h>

#include "../ops/session.h"
#include "journal.h"
#include "vars.h"

struct start;

struct shell {
	struct session session;
	struct vars vars;
	struct journal journal;
	struct start *start; /* of the session, for leaks; NULL: nobody asks */
	bool interactive;    /* a person types at a prompt */
	bool quiet;          /* -q */
	bool step;           /* --step */
	bool verbose;        /* set verbose on: all of what a step changed */
	bool quit;           /* it is over */
	int status;          /* exit status so far */
};

#endif
