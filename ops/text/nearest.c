/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The edit distance between two words (insertions, deletions, substitutions,
 * swaps of neighbours), and whether it is small for their length.
 */
#include "ops/text/nearest.h"

#include <stddef.h>
#include <string.h>

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int distance(const char *a, const char *b)
{
	int d[NEAREST_FAR + 1][NEAREST_FAR + 1];
	int n = (int)strlen(a), m = (int)strlen(b);

	if (n > NEAREST_FAR || m > NEAREST_FAR)
		return NEAREST_FAR;
	for (int i = 0; i <= n; i++)
		d[i][0] = i;
	for (int j = 0; j <= m; j++)
		d[0][j] = j;
	for (int i = 1; i <= n; i++)
		for (int j = 1; j <= m; j++) {
			d[i][j] = least(least(d[i - 1][j], d[i][j - 1]) + 1,
					d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	return d[n][m];
}

bool nearest_is(const char *word, const char *candidate, int *best)
{
	int d = distance(word, candidate), n = (int)strlen(word);

	if (d >= *best || d > n / 3 + 1 || 2 * d > n)
		return false;
	*best = d;
	return true;
}

const char *nearest_of(const char *const *list, const char *word)
{
	const char *found = NULL;
	int best = NEAREST_FAR;

	for (; *list; list++)
		if (nearest_is(word, *list, &best))
			found = *list;
	return found;
}
