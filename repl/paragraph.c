/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The width is asked for each time (TIOCGWINSZ, ioctl_tty(2)).
 */
#include "paragraph.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "../ops/auto.h"
#include "visible.h"

#define LABEL 10

static size_t room(void)
{
	struct winsize size;

	if (ioctl(1, TIOCGWINSZ, &size) < 0 || !size.ws_col)
		return (size_t)-1;
	return size.ws_col < 40 ? 40 - LABEL : size.ws_col - LABEL;
}

/* So many bytes of the text fit. */
static size_t fitting(const char *text, size_t width)
{
	size_t n = strlen(text), last = 0;

	if (n <= width)
		return n;
	for (size_t i = 0; i <= width; i++)
		if (text[i] == ' ')
			last = i;
	return last ? last : strcspn(text, " ");
}

void paragraph_put(const char *label, const char *text)
{
	auto_free char *safe = NULL;
	size_t size = 0, width = room();
	FILE *f = open_memstream(&safe, &size);
	const char *at;

	if (!f)
		return;
	visible_put(f, text);
	fclose(f);
	printf("%s:%*s", label, strlen(label) + 1 < LABEL ? (int)(LABEL - strlen(label) - 1) : 1,
	       "");
	for (at = safe; at && *at;) {
		size_t n = fitting(at, width);

		printf("%s%.*s\n", at == safe ? "" : "          ", (int)n, at);
		at += n;
		at += strspn(at, " ");
	}
}
