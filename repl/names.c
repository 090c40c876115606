/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names: exact first, then a unique prefix, then a guess at what was meant.
 * The guess is the name at the smallest edit distance (insertions, deletions,
 * substitutions, swaps of neighbours), if that is small for its length.
 */
#include "names.h"

#include <stdio.h>
#include <string.h>

#include "../ops/table.h"

#define LONGEST 24

const char *names_at(int i)
{
	int n = 0;

	while (op_table[n])
		n++;
	if (i < n)
		return op_table[i]->name;
	return command_table[i - n].name;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int distance(const char *a, const char *b)
{
	int d[LONGEST + 1][LONGEST + 1];
	int n = (int)strlen(a), m = (int)strlen(b);

	if (n > LONGEST || m > LONGEST)
		return LONGEST;
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

static void suggest(const char *word, struct err *err)
{
	int best = LONGEST;

	if (!strcmp(word, "exit") || !strcmp(word, "logout")) {
		err_fix(err, "quit");
		return;
	}
	for (int i = 0; names_at(i); i++) {
		int d = distance(word, names_at(i));

		if (d < best && d <= (int)strlen(word) / 3 + 1 && d < (int)strlen(word)) {
			best = d;
			err_fix(err, "did you mean %s?", names_at(i));
		}
	}
	if (best == LONGEST)
		err_fix(err, "help lists the ops; run %.100s starts a program in the box", word);
}

static int found(const char *name, struct name *out)
{
	out->op = table_find(name);
	out->command = out->op ? NULL : command_find(name);
	return 0;
}

int names_find(const char *word, bool prefixes, struct name *out, struct err *err)
{
	char list[256] = "";
	const char *match = NULL;
	size_t n = 0;

	for (int i = 0; names_at(i); i++) {
		if (!strcmp(names_at(i), word))
			return found(word, out);
		if (!*word || strncmp(names_at(i), word, strlen(word)) != 0)
			continue;
		n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s", match ? ", " : "",
				      names_at(i));
		match = names_at(i);
	}
	if (prefixes && match && !strchr(list, ','))
		return found(match, out);
	if (prefixes && match) {
		err_usage(err, "ambiguous: %.50s", word);
		err_why(err, "it could be %s", list);
		return -1;
	}
	err_usage(err, "unknown op: %.100s", word);
	if (match && !strchr(list, ','))
		err_fix(err, "did you mean %s? A script needs full names", match);
	else if (match)
		err_fix(err, "did you mean one of %s? A script needs full names", list);
	else
		suggest(word, err);
	return -1;
}
