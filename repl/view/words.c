/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsmartcols breaks anywhere, so the text comes to it in pieces that fit.
 */
#include "repl/view/words.h"

#include <string.h>

#include "repl/wrap.h"

#define LEAST_WIDTH 60
#define LEAST_ROOM  20

size_t words_room(size_t before)
{
	size_t width = wrap_columns(1, LEAST_WIDTH);

	if (!width)
		return 0;
	return width > before + LEAST_ROOM ? width - before : LEAST_ROOM;
}

void words_put(struct page *page, int cells, size_t room, const char *text)
{
	size_t n = wrap_part(text, room, " ");

	page_cell(page, "%.*s", (int)n, text);
	for (text += n; text[strspn(text, " ")]; text += n) {
		text += strspn(text, " ");
		n = wrap_part(text, room, " ");
		page_row(page, NULL);
		for (int i = 0; i < cells; i++)
			page_cell(page, NULL);
		page_cell(page, "%.*s", (int)n, text);
	}
}
