/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of resource limits. prlimit(2) would show another user's process
 * only to a privileged caller; the file in /proc shows it to all.
 */
#include "ops/limits/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"

const struct limit limits[] = {
	{"as", "AS", "Max address space", RLIMIT_AS, true},
	{"core", "CORE", "Max core file size", RLIMIT_CORE, true},
	{"cpu", "CPU", "Max cpu time", RLIMIT_CPU, false},
	{"data", "DATA", "Max data size", RLIMIT_DATA, true},
	{"fsize", "FSIZE", "Max file size", RLIMIT_FSIZE, true},
	{"locks", "LOCKS", "Max file locks", RLIMIT_LOCKS, false},
	{"memlock", "MEMLOCK", "Max locked memory", RLIMIT_MEMLOCK, true},
	{"msgqueue", "MSGQUEUE", "Max msgqueue size", RLIMIT_MSGQUEUE, true},
	{"nice", "NICE", "Max nice priority", RLIMIT_NICE, false},
	{"nofile", "NOFILE", "Max open files", RLIMIT_NOFILE, false},
	{"nproc", "NPROC", "Max processes", RLIMIT_NPROC, false},
	{"rss", "RSS", "Max resident set", RLIMIT_RSS, true},
	{"rtprio", "RTPRIO", "Max realtime priority", RLIMIT_RTPRIO, false},
	{"rttime", "RTTIME", "Max realtime timeout", RLIMIT_RTTIME, false},
	{"sigpending", "SIGPENDING", "Max pending signals", RLIMIT_SIGPENDING, false},
	{"stack", "STACK", "Max stack size", RLIMIT_STACK, true},
	{NULL, NULL, NULL, 0, false},
};

const char *const limit_names[] = {"as",      "core",     "cpu",        "data",   "fsize", "locks",
				   "memlock", "msgqueue", "nice",       "nofile", "nproc", "rss",
				   "rtprio",  "rttime",   "sigpending", "stack",  NULL};

const struct limit *limit_find(const char *name)
{
	for (const struct limit *l = limits; l->name; l++)
		if (!strcmp(l->name, name))
			return l;
	return NULL;
}

/* How far a number is shifted by what follows it; -1: that is no unit. */
static int shift_of(const struct limit *l, const char *unit, size_t n)
{
	static const char units[] = "KMGT";
	const char *at;

	if (n == 0)
		return 0;
	at = n == 1 && l->bytes ? strchr(units, *unit) : NULL;
	return at ? 10 * (int)(at - units + 1) : -1;
}

bool limit_parse(const struct limit *l, const char *text, size_t n, rlim_t *value)
{
	size_t digits = strspn(text, "0123456789");
	unsigned long long v;
	int shift;

	if (n == 9 && !strncmp(text, "unlimited", n)) {
		*value = RLIM_INFINITY;
		return true;
	}
	if (digits > n)
		digits = n;
	shift = shift_of(l, text + digits, n - digits);
	if (!digits || digits > 18 || shift < 0)
		return false;
	v = strtoull(text, NULL, 10);
	*value = (rlim_t)v << shift;
	/* one that overflows, or means infinity, is a slip */
	return *value >> shift == v && *value != RLIM_INFINITY;
}

static rlim_t number(const char *word)
{
	return strcmp(word, "unlimited") ? strtoull(word, NULL, 10) : RLIM_INFINITY;
}

bool limit_in(const char *text, const struct limit *l, struct rlimit *value)
{
	const char *line = strstr(text, l->title);
	char soft[24], hard[24];

	if (!line || sscanf(line + strlen(l->title), " %23s %23s", soft, hard) != 2)
		return false;
	*value = (struct rlimit){number(soft), number(hard)};
	return true;
}

int limit_of(pid_t pid, int resource, struct rlimit *value)
{
	char path[64], text[4096];
	const struct limit *l = limits;
	auto_fclose FILE *f = NULL;
	size_t n;

	while (l->name && l->resource != resource)
		l++;
	snprintf(path, sizeof(path), "/proc/%d/limits", (int)pid);
	f = fopen(path, "re");
	n = f ? fread(text, 1, sizeof(text) - 1, f) : 0;
	text[n] = '\0';
	return l->name && limit_in(text, l, value) ? 0 : -1;
}

const char *limit_show(char *buf, size_t size, rlim_t value)
{
	if (value == RLIM_INFINITY)
		return "unlimited";
	snprintf(buf, size, "%llu", (unsigned long long)value);
	return buf;
}
