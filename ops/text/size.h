/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Amounts as people write them.
 */
#ifndef CTRSH_OPS_TEXT_SIZE_H
#define CTRSH_OPS_TEXT_SIZE_H

#include <stdbool.h>

#define SIZE_MAX_WORD (-1LL) /* what "max" gives */

/* "4096", "64M", "1G" (K M G T, powers of 1024, as the kernel's memparse), or
 * "max". 0, or -1: it is none, or more than 2^62. */
int size_parse(const char *word, long long *bytes);

/* "4096" or "max". buf: at least 24. */
const char *size_text(char *buf, long long bytes);

/* As people write it, rounded up to whole K: 40M, 1536K. buf has room for 24. */
const char *size_short(char *buf, long long bytes);

/* What was perhaps meant by a word that is none: 64MB, 64MiB or 64m, as 64M, in buf; false: no
 * such word. */
bool size_meant(char *buf, unsigned size, const char *word);

#endif
