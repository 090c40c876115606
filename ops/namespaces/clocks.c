/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An offset is a sign and a number of seconds, or numbers with the units s m h
 * d: +1d, -3600, 1h30m. The kernel counts offsets from the initial time
 * namespace, and takes whole seconds and nanoseconds.
 */
#include "ops/namespaces/clocks.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LIMIT 100000000000LL /* seconds; the kernel itself allows 146 years */

static const struct clock {
	const char *name;
	clockid_t id;
} table[] = {{"monotonic", CLOCK_MONOTONIC}, {"boottime", CLOCK_BOOTTIME}};

#define N_CLOCKS (sizeof(table) / sizeof(table[0]))

static const struct clock *find(const char *word)
{
	for (size_t i = 0; i < N_CLOCKS; i++) {
		size_t n = strlen(table[i].name);

		if (!strncmp(word, table[i].name, n) && word[n] == '=')
			return &table[i];
	}
	return NULL;
}

bool clocks_is(const char *word)
{
	return find(word) != NULL;
}

static long long unit(char c)
{
	switch (c) {
	case 's':
		return 1;
	case 'm':
		return 60;
	case 'h':
		return 3600;
	case 'd':
		return 86400;
	default:
		return 0;
	}
}

/* false: it is no offset. */
static bool parse(const char *text, long long *seconds)
{
	bool minus = *text == '-';
	long long total = 0, n;
	char *end;

	text += *text == '-' || *text == '+';
	for (bool more = true; more; text = end) {
		if (!isdigit((unsigned char)*text))
			return false;
		n = strtoll(text, &end, 10);
		if (n > LIMIT)
			return false;
		if (*end)
			n *= unit(*end);
		if (*end && !unit(*end++))
			return false;
		total += n;
		more = *end != '\0';
		if (total > LIMIT)
			return false;
	}
	*seconds = minus ? -total : total;
	return true;
}

int clocks_check(const char *word, struct err *err)
{
	long long seconds;

	if (parse(strchr(word, '=') + 1, &seconds))
		return 0;
	err_usage(err, "unshare: no offset of a clock: %.100s", word);
	err_why(err, "it is a number of seconds, or numbers with s m h d: +1d, -3600, 1h30m");
	return -1;
}

int clocks_text(int argc, char **argv, char *buf, unsigned size)
{
	int count = 0;
	unsigned n = 0;

	buf[0] = '\0';
	for (int i = 1; i < argc; i++) {
		const struct clock *clock = find(argv[i]);
		long long seconds;

		if (!clock || n >= size || !parse(strchr(argv[i], '=') + 1, &seconds))
			continue;
		n += (unsigned)snprintf(buf + n, size - n, "%s %lld 0\n", clock->name, seconds);
		count++;
	}
	return count;
}

const char *clocks_below_zero(int argc, char **argv, long long *now)
{
	for (int i = 1; i < argc; i++) {
		const struct clock *clock = find(argv[i]);
		struct timespec t;
		long long seconds;

		if (!clock || !parse(strchr(argv[i], '=') + 1, &seconds) ||
		    clock_gettime(clock->id, &t) < 0 || t.tv_sec + seconds >= 0)
			continue;
		*now = t.tv_sec;
		return argv[i];
	}
	return NULL;
}
