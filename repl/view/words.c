/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsmartcols breaks anywhere, so the text comes to it in pieces that fit.
 */
#include "words.h"

#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define LEAST_WIDTH 60
#define LEAST_ROOM  20

size_t words_room(size_t before)
{
	size_t width = 80;
	struct winsize w;

	if (!isatty(1))
		return SIZE_MAX;
	if (ioctl(1, TIOCGWINSZ, &w) == 0 && w.ws_col)
		width = w.ws_col < LEAST_WIDTH ? LEAST_WIDTH : w.ws_col;
	return width > before + LEAST_ROOM ? width - before : LEAST_ROOM;
}

/* How much of the text is in the first line; a word that fits in none is left to
 * be broken. */
static size_t first_line(const char *text, size_t room)
{
	size_t n = strlen(text), at;

	if (n <= room)
		return n;
	for (at = room; at && text[at] != ' '; at--)
		;
	return at ? at : strcspn(text, " ");
}

void words_put(struct page *page, int cells, size_t room, const char *text)
{
	size_t n = first_line(text, room);

	page_cell(page, "%.*s", (int)n, text);
	for (text += n; text[strspn(text, " ")]; text += n) {
		text += strspn(text, " ");
		n = first_line(text, room);
		page_row(page, NULL);
		for (int i = 0; i < cells; i++)
			page_cell(page, NULL);
		page_cell(page, "%.*s", (int)n, text);
	}
}
