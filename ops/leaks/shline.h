/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines for sh(1). A name in one stays one word, and a line is whole or not
 * there at all: cut short, it could remove something else.
 */
#ifndef CTRSH_OPS_LEAKS_SHLINE_H
#define CTRSH_OPS_LEAKS_SHLINE_H

/* format has the conversions %s, a word, which gets its quotes; %d; and %%. The
 * caller's to free; NULL: no memory. */
__attribute__((format(printf, 1, 2))) char *shline(const char *format, ...);

#endif
