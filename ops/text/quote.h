/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words as they must be written in a line of ctrsh.
 */
#ifndef CTRSH_OPS_TEXT_QUOTE_H
#define CTRSH_OPS_TEXT_QUOTE_H

#include <stddef.h>

/* A word so that the lexer reads it back as it is; in buf, or NULL when it
 * does not fit. */
const char *quote_word(char *buf, size_t size, const char *word);

#endif
