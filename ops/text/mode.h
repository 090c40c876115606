/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Permission bits, as chmod(1) takes them in octal.
 */
#ifndef CTRSH_OPS_TEXT_MODE_H
#define CTRSH_OPS_TEXT_MODE_H

#include <stdbool.h>
#include <sys/types.h>

/* Octal digits, at most 7777 (with or without a 0 before them). */
bool mode_parse(const char *word, mode_t *mode);

#endif
