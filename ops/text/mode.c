/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Permission bits in octal.
 */
#include "ops/text/mode.h"

#include <stdlib.h>
#include <string.h>

bool mode_parse(const char *word, mode_t *mode)
{
	size_t n = strlen(word);

	*mode = (mode_t)strtoul(word, NULL, 8);
	return n > 0 && n <= 5 && *mode <= 07777 && strspn(word, "01234567") == n;
}
