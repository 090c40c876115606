/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lexer's inverse. Plain words stay plain, '…' serves for most, "…" with
 * escapes for the rest.
 */
#include "ops/text/quote.h"

#include <stdio.h>
#include <string.h>

static const char plain[] =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	"_./:=@%+,^~-";

/* Can '…' hold it? */
static int is_simple(const char *word)
{
	for (; *word; word++)
		if (*word == '\'' || (unsigned char)*word < 0x20 || *word == 0x7f)
			return 0;
	return 1;
}

static size_t escaped(char *out, char c)
{
	if (strchr("\"\\$", c))
		return (size_t)sprintf(out, "\\%c", c);
	if (c == '\n')
		return (size_t)sprintf(out, "\\n");
	if ((unsigned char)c < 0x20 || c == 0x7f)
		return (size_t)sprintf(out, "\\x%02x", c);
	*out = c;
	return 1;
}

const char *quote_word(char *buf, size_t size, const char *word)
{
	size_t n = strlen(word), at = 1;

	if (n && strspn(word, plain) == n)
		return n < size ? strcpy(buf, word) : NULL;
	if (n + 3 > size)
		return NULL;
	if (is_simple(word)) {
		sprintf(buf, "'%s'", word);
		return buf;
	}
	buf[0] = '"';
	for (; *word; word++) {
		if (at + 6 > size)
			return NULL;
		at += escaped(buf + at, *word);
	}
	strcpy(buf + at, "\"");
	return buf;
}
