/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Broken between words, which are counted in columns (columns.h). What a tab leads to depends
 * on where it stands: it is made visible.
 */
#include "repl/wrap.h"

#include <string.h>
#include <sys/ioctl.h>

#include "ops/auto.h"
#include "ops/box/terminal.h"
#include "repl/columns.h"
#include "repl/visible.h"

#define LEAST_ROOM 20

size_t wrap_columns(int fd, size_t least)
{
	struct winsize w;

	if (ioctl(fd, TIOCGWINSZ, &w) < 0 || !w.ws_col)
		return 0;
	return w.ws_col < least ? least : w.ws_col;
}

size_t wrap_part(const char *text, size_t columns, const char *breaks)
{
	size_t end = 0, used = 0, i, n, width;

	if (!columns)
		return strlen(text);
	for (i = 0; text[i]; i += n) {
		if (text[i] == ' ' ? strchr(breaks, ' ') != NULL
				   : i && text[i - 1] != ' ' && strchr(breaks, text[i - 1]))
			end = used <= columns || !end ? i : end;
		n = columns_next(text + i, &width);
		used += width;
		if (used > columns && end)
			return end;
	}
	return i;
}

void wrap_put(FILE *f, size_t columns, size_t at, size_t indent, const char *text,
	      const char *breaks)
{
	auto_free char *safe = visible_text(text);
	size_t n;

	for (const char *rest = safe; rest && *rest; at = indent) {
		n = columns <= at + LEAST_ROOM ? columns ? LEAST_ROOM : 0 : columns - at;
		n = wrap_part(rest, n, breaks);
		fwrite(rest, 1, n, f);
		rest += n;
		rest += strspn(rest, " ");
		if (*rest)
			fprintf(f, "%s\n%*s", terminal_is_raw() ? "\r" : "", (int)indent, "");
	}
}
