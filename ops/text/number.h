/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers in words: all of the word, and within bounds.
 */
#ifndef CTRSH_OPS_TEXT_NUMBER_H
#define CTRSH_OPS_TEXT_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* The first n bytes of the text, which may begin with - if least is negative.
 * false: no number from least to most. */
bool number_parse(const char *text, size_t n, long least, long most, long *value);

#endif
