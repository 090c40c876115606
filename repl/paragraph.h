/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "label:  text", the text in a column of its own.
 */
#ifndef CTRSH_REPL_PARAGRAPH_H
#define CTRSH_REPL_PARAGRAPH_H

/* To standard output: broken at blanks for the terminal's width (from 40), and
 * not at all where that is no terminal. Control characters are made visible. */
void paragraph_put(const char *label, const char *text);

#endif
