/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An op explained, laid out for people.
 */
#ifndef CTRSH_REPL_VIEW_EXPLAIN_H
#define CTRSH_REPL_VIEW_EXPLAIN_H

#include "ops/explain/explain.h"
#include "repl/script.h"

/* To standard output, fitted to the terminal; in a pipe lines are as long as
 * they have to be. refusal: why it would be refused now, or NULL. */
void explain_print(const struct explaining *x, const struct err *refusal);

/* Each op of a script, on paper: as if no line failed. */
void explain_script(const struct script *s);

#endif
