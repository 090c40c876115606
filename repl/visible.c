/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * UTF-8 (RFC 3629): a lead byte tells the length, the rest are 10xxxxxx.
 * U+0080 to U+009F are control characters too, some terminals obey them.
 */
#include "repl/visible.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* How many bytes the printable character at s has; 0: it is not one. */
static size_t printable(const unsigned char *s)
{
	size_t n = *s < 0x80   ? 1
		   : *s < 0xc2 ? 0
		   : *s < 0xe0 ? 2
		   : *s < 0xf0 ? 3
		   : *s < 0xf5 ? 4
			       : 0;

	if (n == 1)
		return *s >= 0x20 && *s != 0x7f;
	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return n == 2 && s[0] == 0xc2 && s[1] < 0xa0 ? 0 : n;
}

static void put(FILE *f, const char *s, const char *end, bool tabs)
{
	while (s < end) {
		size_t n = *s == '\t' ? tabs : printable((const unsigned char *)s);

		if (n)
			fwrite(s, 1, n, f);
		else
			fprintf(f, "\\%03o", (unsigned char)*s);
		s += n ? n : 1;
	}
}

void visible_put(FILE *f, const char *s)
{
	visible_part(f, s, strlen(s));
}

void visible_part(FILE *f, const char *s, size_t n)
{
	put(f, s, s + n, true);
}

char *visible_text(const char *s)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	if (!f)
		return NULL;
	put(f, s, s + strlen(s), false);
	fclose(f);
	return text;
}

void visible_copy(char *buf, size_t size, const char *s)
{
	char *text = visible_text(s);

	snprintf(buf, size, "%s", text ? text : "");
	free(text);
}
