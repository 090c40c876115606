/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text from outside (a hostname, a file's name, a script's line) made safe to
 * show: what a terminal would take as a command is written as \ooo.
 */
#ifndef CTRSH_REPL_VISIBLE_H
#define CTRSH_REPL_VISIBLE_H

#include <stdio.h>

/* Printable characters of UTF-8 as they are, tabs too (a caret must line up);
 * control characters, C1 ones included, and bytes that are no UTF-8 as \ooo. */
void visible_put(FILE *f, const char *s);

/* The same of its first n bytes, which are whole characters. */
void visible_part(FILE *f, const char *s, size_t n);

/* The same as a text of its own, the caller's to free, a tab as \011: it goes into columns.
 * NULL: no memory. */
char *visible_text(const char *s);

/* The same into a buffer, cut when it does not fit. */
void visible_copy(char *buf, size_t size, const char *s);

#endif
