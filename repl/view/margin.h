/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts beside a label, in lines that the terminal holds (60 columns and more).
 */
#ifndef CTRSH_REPL_VIEW_MARGIN_H
#define CTRSH_REPL_VIEW_MARGIN_H

/* "  label   text"; further lines of it below the text. In a pipe there are no
 * further lines. Control characters are made visible. */
void margin_put(const char *label, const char *text);

/* The same with the side before the text, as in a line of the trace. */
void margin_side(const char *label, const char *side, const char *text);

/* Without a label: words that explain the line above, set off from it;
 * and a text that begins with a word of its own, as "why: ". */
void margin_words(const char *text);
void margin_pair(const char *first, const char *text);

#endif
