/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line from the person: editing, history, completion. Only line.c includes
 * readline.
 */
#ifndef CTRSH_REPL_LINE_H
#define CTRSH_REPL_LINE_H

#include "repl/shell.h"

void line_start(struct shell *sh);

/* The next line, the caller's to free; continued lines (ending in \) are one,
 * with the line ends in them. NULL: end of input, or a signal to end. */
char *line_read(struct shell *sh);

void line_print_history(void);
void line_end(void);

#endif
