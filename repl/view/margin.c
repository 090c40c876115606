/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines are broken at blanks. A label is bold where that is possible, and told
 * from the text by its place where it is not.
 */
#include "repl/view/margin.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl/report.h"
#include "repl/visible.h"
#include "repl/wrap.h"

#define LABEL 10 /* columns to the left of the text */
#define LEAST 60

/* first: what stands before the text, in so many columns, in its first line. */
static void put(const char *label, const char *first, size_t indent, char *text)
{
	bool bold = report_color() && isatty(1);
	size_t width = wrap_columns(1, LEAST), columns = width ? width - LABEL - indent : 0;

	for (char *p = text; *p; p++)
		if (*p == '\n')
			*p = ' ';
	do {
		size_t n = wrap_part(text, columns, " |");
		char after = text[n];

		text[n] = '\0';
		printf("  %s%-*s%s%-*s", bold ? "\033[1m" : "", LABEL - 2, label,
		       bold ? "\033[0m" : "", (int)indent, first);
		visible_put(stdout, text);
		putchar('\n');
		text[n] = after;
		text += n;
		text += strspn(text, " ");
		label = first = "";
	} while (*text);
}

static void put_copy(const char *label, const char *first, size_t indent, const char *text)
{
	char *copy = strdup(text);

	if (copy)
		put(label, first, indent, copy);
	free(copy);
}

void margin_put(const char *label, const char *text)
{
	put_copy(label, "", 0, text);
}

void margin_side(const char *label, const char *side, const char *text)
{
	put_copy(label, side, 6, text);
}

void margin_words(const char *text)
{
	put_copy("", "", 8, text);
}

void margin_pair(const char *first, const char *text)
{
	put_copy("", first, strlen(first), text);
}
