/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Within single quotes nothing is special but their end (sh(1)).
 */
#include "ops/leaks/shline.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLAIN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+:,@%"

static void put_word(FILE *f, const char *word)
{
	if (*word && strspn(word, PLAIN) == strlen(word)) {
		fputs(word, f);
		return;
	}
	fputc('\'', f);
	for (; *word; word++)
		if (*word == '\'')
			fputs("'\\''", f);
		else
			fputc(*word, f);
	fputc('\'', f);
}

char *shline(const char *format, ...)
{
	char *line = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&line, &n);
	va_list ap;
	int failed;

	if (!f)
		return NULL;
	va_start(ap, format);
	for (const char *c = format; *c; c++)
		if (*c != '%')
			fputc(*c, f);
		else if (*++c == 's')
			put_word(f, va_arg(ap, const char *));
		else if (*c == 'd')
			fprintf(f, "%d", va_arg(ap, int));
		else
			fputc('%', f);
	va_end(ap);
	failed = ferror(f);
	if (fclose(f) == 0 && !failed)
		return line;
	free(line);
	return NULL;
}
