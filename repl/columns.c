/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The C library's table is that of a locale; C.UTF-8 is everywhere (since glibc 2.35 built
 * in), and is looked into at the first character that is not ASCII.
 */
#include "repl/columns.h"

#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define EVERYWHERE "C.UTF-8"

static locale_t utf8(void)
{
	static locale_t table;

	if (!table)
		table = newlocale(LC_CTYPE_MASK, EVERYWHERE, (locale_t)0);
	return table;
}

size_t columns_next(const char *s, size_t *columns)
{
	locale_t before;
	mbstate_t state = {0};
	wchar_t c;
	size_t n;
	int width;

	*columns = 1;
	if (!((unsigned char)*s & 0x80) || !utf8())
		return 1;
	before = uselocale(utf8());
	n = mbrtowc(&c, s, strlen(s), &state);
	width = n == 0 || n > MB_LEN_MAX ? -1 : wcwidth(c);
	uselocale(before);
	if (n == 0 || n > MB_LEN_MAX)
		return 1;
	*columns = width < 0 ? 1 : (size_t)width;
	return n;
}

size_t columns_of(const char *text)
{
	size_t sum = 0, width;

	for (; *text; sum += width)
		text += columns_next(text, &width);
	return sum;
}

size_t columns_fit(const char *text, size_t columns)
{
	size_t at = 0, used = 0, n, width;

	for (; text[at]; at += n, used += width) {
		n = columns_next(text + at, &width);
		if (used + width > columns)
			break;
	}
	return at;
}

void columns_set_locale(void)
{
	setlocale(LC_CTYPE, "");
	if (MB_CUR_MAX == 1)
		setlocale(LC_CTYPE, EVERYWHERE);
}
