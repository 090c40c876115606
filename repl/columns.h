/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How many columns of a terminal a text takes: an ideograph two, a mark that combines with
 * what stands before it none (wcwidth(3)). Text is UTF-8, whatever the locale says.
 */
#ifndef CTRSH_REPL_COLUMNS_H
#define CTRSH_REPL_COLUMNS_H

#include <stddef.h>

/* The bytes of the character at s, which is not the end, and its columns. A byte that is no
 * UTF-8 is one of one column. */
size_t columns_next(const char *s, size_t *columns);

/* Of the whole text; and how many bytes of it, whole characters, go into so many columns. */
size_t columns_of(const char *text);
size_t columns_fit(const char *text, size_t columns);

/* For the libraries that count by the locale: that of the person, or else one with UTF-8. */
void columns_set_locale(void);

#endif
