/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sets of CPUs as the kernel writes them: "0-2,5" (cpuset(7), list format).
 */
#include "ops/limits/cpulist.h"

#include <stdbool.h>
#include <string.h>

#include "ops/text/number.h"

static void set_bit(unsigned long *mask, long i)
{
	const long bits = 8 * sizeof(*mask);

	mask[i / bits] |= 1UL << i % bits;
}

bool cpulist_parse(const char *list, cpu_set_t *set)
{
	unsigned long mask[CPU_SETSIZE / (8 * sizeof(long))] = {0};

	for (const char *p = list;; p++) {
		size_t n = strcspn(p, ","), dash = strcspn(p, "-");
		bool range = dash < n;
		long first, last;

		if (!number_parse(p, range ? dash : n, 0, CPU_SETSIZE - 1, &first))
			return false;
		last = first;
		if (range &&
		    !number_parse(p + dash + 1, n - dash - 1, first, CPU_SETSIZE - 1, &last))
			return false;
		for (; first <= last; first++)
			set_bit(mask, first);
		p += n;
		if (!*p)
			break;
	}
	memcpy(set, mask, sizeof(*set));
	return true;
}
