/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Within single quotes nothing is special but their end (sh(1)).
 */
#include "ops/leaks/word.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"

#define PLAIN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+:,@%"

const char *leak_word(const char *name, char *buf, unsigned size)
{
	auto_free char *text = NULL;
	size_t n = 0;
	FILE *f;

	if (*name && strspn(name, PLAIN) == strlen(name)) {
		if (buf != name)
			snprintf(buf, size, "%s", name);
		return buf;
	}
	f = open_memstream(&text, &n);
	if (!f)
		return buf;
	fputc('\'', f);
	for (const char *c = name; *c; c++)
		if (*c == '\'')
			fprintf(f, "'\\''");
		else
			fputc(*c, f);
	fputc('\'', f);
	fclose(f);
	snprintf(buf, size, "%s", text ? text : "");
	return buf;
}
