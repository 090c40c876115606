/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A long text in the last column of a table, broken between words where the
 * terminal ends: a line to be typed must not break in the middle of one.
 */
#ifndef CTRSH_REPL_VIEW_WORDS_H
#define CTRSH_REPL_VIEW_WORDS_H

#include "repl/view/page.h"

/* How many characters the last column has, where those before it take that many,
 * the blanks between them included. In a pipe 0: no end. */
size_t words_room(size_t before);

/* The text as the next cell of the row; what does not fit goes to rows of its
 * own, whose first cells (so many) are empty. */
void words_put(struct page *page, int cells, size_t room, const char *text);

#endif
