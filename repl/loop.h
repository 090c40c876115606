/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one loop for a prompt, a file and -c: take the steps, report.
 */
#ifndef CTRSH_REPL_LOOP_H
#define CTRSH_REPL_LOOP_H

#include "repl/script.h"
#include "repl/shell.h"

/* Takes the steps, until one fails that may not, or it is over. 0 or -1; the
 * exit status so far is in sh->status. */
int loop_run(struct shell *sh, const struct script *s);

/* One of them. 0, or -1 and *err, not yet reported. */
int loop_step(struct shell *sh, const struct step *step, struct err *err);

/* A prompt on the terminal, until the person leaves. */
void loop_prompt(struct shell *sh);

/* Ends the box, and says what of it could not be removed. */
void loop_reset(struct shell *sh);

#endif
