/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A step as the line that takes it.
 */
#ifndef CTRSH_REPL_STEPTEXT_H
#define CTRSH_REPL_STEPTEXT_H

#include "repl/script.h"

/* Variables are replaced by what they were; the - of a step that may fail is
 * left out. The caller's to free; NULL: out of memory. */
char *step_text(const struct step *step);

#endif
