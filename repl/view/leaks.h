/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * leaks: is the host as it was when this session began?
 */
#ifndef CTRSH_REPL_VIEW_LEAKS_H
#define CTRSH_REPL_VIEW_LEAKS_H

#include "repl/script.h"
#include "repl/shell.h"

/* From now on there is a start to compare with. */
void leaks_start(struct shell *sh);

/* Does a step of the script ask for one? */
bool leaks_wanted(const struct script *s);

/* Before each step: what it could change on the host is noted. */
void leaks_note(struct shell *sh, const struct step *step);

/* At the end: one line if all is as it was, else what is not. 1 if something of
 * this session is left, or it may have changed what is not as it was; else 0. */
int leaks_end(struct shell *sh);

void leaks_forget(struct shell *sh);

#endif
