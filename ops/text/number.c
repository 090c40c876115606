/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * strtol(3) takes blanks, signs and what is too long; this does not.
 */
#include "ops/text/number.h"
#include <string.h>

#define DIGITS 10 /* enough for what is counted here, and no overflow */

bool number_parse(const char *text, size_t n, long least, long most, long *value)
{
	bool negative = n && *text == '-' && least < 0;
	size_t i = negative ? 1 : 0;
	long v = 0;

	if (i == n || n - i > DIGITS)
		return false;
	for (; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		v = v * 10 + (text[i] - '0');
	}
	*value = negative ? -v : v;
	return *value >= least && *value <= most;
}
