/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_REPL_HELP_H
#define CTRSH_REPL_HELP_H

#include "ops/err.h"

/* All ops and commands, a line each; to stdout. */
void help_all(void);

/* One of them, whole, or a family, a line each. argv: the words of the name.
 * -1: there is none of that name. */
int help_one(int argc, char *const *argv, struct err *err);

#endif
