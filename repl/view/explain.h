/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An op explained, laid out for people.
 */
#ifndef CTRSH_REPL_VIEW_EXPLAIN_H
#define CTRSH_REPL_VIEW_EXPLAIN_H

#include "ops/explain/explain.h"
#include "repl/script.h"

/* Each op of a script, on paper: as if no line failed. */
void explain_script(const struct script *s);

#endif
