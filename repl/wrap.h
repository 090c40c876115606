/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text that ends where the terminal does: it is broken between words, since a
 * terminal breaks in the middle of them, and goes on below, indented.
 */
#ifndef CTRSH_REPL_WRAP_H
#define CTRSH_REPL_WRAP_H

#include <stdio.h>

/* Columns of the terminal (TIOCGWINSZ, ioctl_tty(2)) behind the descriptor, and not fewer
 * than that many; 0: it is none, and lines have no end. */
size_t wrap_columns(int fd, size_t least);

/* How many bytes of the text go into so many columns (0: all): to a blank, or behind
 * another character of those in `breaks`. What can't be broken is longer. */
size_t wrap_part(const char *text, size_t columns, const char *breaks);

/* The text, control characters made visible, in a line where it begins in column `at` (from
 * 0); what follows begins in column `indent`. The last line is not ended. */
void wrap_put(FILE *f, size_t columns, size_t at, size_t indent, const char *text,
	      const char *breaks);

#endif
