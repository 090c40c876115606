/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doctor: what this machine allows this user, now.
 */
#ifndef CTRSH_REPL_VIEW_DOCTOR_H
#define CTRSH_REPL_VIEW_DOCTOR_H

#include "repl/shell.h"

/* At the start of a session: one line, if something is wrong that matters for
 * the usual use. */
void doctor_greet(struct shell *sh);

#endif
