/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines of the journal, carried out again.
 */
#ifndef CTRSH_REPL_REPLAY_H
#define CTRSH_REPL_REPLAY_H

#include "repl/shell.h"

/* Ends the box, and builds another with the first `to` lines, without noise;
 * programs do not run again. steps: all lines of the journal, read. -1 and
 * *err: one failed, and the box is what the lines before it made. In any case
 * sh->journal.n says how many those are. */
int replay_anew(struct shell *sh, const struct script *steps, size_t to, struct err *err);

/* Does the lines up to `to` that the box does not have yet. The same result. */
int replay_on(struct shell *sh, const struct script *steps, size_t to, struct err *err);

#endif
