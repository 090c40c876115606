/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A name as one word of a line for sh(1).
 */
#ifndef CTRSH_OPS_LEAKS_WORD_H
#define CTRSH_OPS_LEAKS_WORD_H

/* In buf, which may be the same place; in single quotes where it needs any. */
const char *leak_word(const char *name, char *buf, unsigned size);

#endif
