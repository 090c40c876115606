/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Amounts as people write them: digits and one letter.
 */
#include "ops/text/size.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define LIMIT (1LL << 62)

int size_parse(const char *word, long long *bytes)
{
	static const char letters[] = "KkMmGgTt";
	const char *letter;
	long long n = 0;
	int shift = 0;

	if (!strcmp(word, "max")) {
		*bytes = SIZE_MAX_WORD;
		return 0;
	}
	if (*word < '0' || *word > '9')
		return -1;
	for (; *word >= '0' && *word <= '9'; word++) {
		if (n > (LIMIT - (*word - '0')) / 10)
			return -1;
		n = n * 10 + (*word - '0');
	}
	if (*word && (letter = strchr(letters, *word)) != NULL) {
		shift = 10 * ((int)(letter - letters) / 2 + 1);
		word++;
	}
	if (*word || n > LIMIT >> shift)
		return -1;
	*bytes = n << shift;
	return 0;
}

const char *size_text(char *buf, long long bytes)
{
	snprintf(buf, 24, bytes == SIZE_MAX_WORD ? "max" : "%lld", bytes);
	return buf;
}

const char *size_short(char *buf, long long bytes)
{
	static const char letters[] = "KMGT";
	long long n = (bytes + 1023) / 1024;
	int i = 0;

	while (i < 3 && n && n % 1024 == 0) {
		n /= 1024;
		i++;
	}
	snprintf(buf, 24, "%lld%c", n, letters[i]);
	return buf;
}

bool size_meant(char *buf, unsigned size, const char *word)
{
	size_t digits = strspn(word, "0123456789");
	char letter = (char)toupper((unsigned char)word[digits]);
	const char *rest = word[digits] ? word + digits + 1 : "";

	if (!digits || !letter || !strchr("KMGTB", letter) ||
	    (*rest && strcasecmp(rest, "b") != 0 && strcasecmp(rest, "ib") != 0))
		return false;
	return snprintf(buf, size, "%.*s%.*s", (int)digits, word, letter != 'B', &letter) <
	       (int)size;
}
