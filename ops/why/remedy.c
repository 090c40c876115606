/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Remedies that can be carried out. What they are put together from (paths,
 * names of files in a foreign root) must not become a line that does something
 * else: each is a word of its own, and stays one.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "ops/op.h"
#include "ops/table.h"
#include "ops/text/quote.h"

/* A va_list can be an array, and is then not itself in a function that gets it. */
struct words {
	va_list list;
};

/* Adds one conversion; at is behind its %. Returns what follows it, NULL: it is
 * none of ours, or its word cannot be put. */
static const char *convert(FILE *f, const char *at, bool host, struct words *w)
{
	char word[ERR_TEXT];
	int longs = 0;

	for (; *at == 'l'; at++)
		longs++;
	if (*at == 's') {
		const char *s = quote_word(word, sizeof(word), va_arg(w->list, const char *));

		/* In "…" sh(1) finds more to do than we. */
		if (!s || (host && *s == '"'))
			return NULL;
		fprintf(f, "%s", s);
	} else if (*at == 'd' && longs < 2) {
		fprintf(f, "%ld", longs ? va_arg(w->list, long) : (long)va_arg(w->list, int));
	} else if (*at == 'd') {
		fprintf(f, "%lld", va_arg(w->list, long long));
	} else if (*at == 'u' && longs != 1) {
		fprintf(f, "%llu",
			longs ? va_arg(w->list, unsigned long long)
			      : (unsigned long long)va_arg(w->list, unsigned));
	} else {
		return NULL;
	}
	return at + 1;
}

static void put_lines(struct err *e, enum remedy remedy, const char *fmt, va_list ap)
{
	bool host = strchr(fmt, '!') != NULL;
	FILE *f = fmemopen(e->fix, sizeof(e->fix), "w");
	const char *at = fmt;
	struct words w;

	va_copy(w.list, ap);
	while (f && at && *at)
		if (*at == '%')
			at = convert(f, at + 1, host, &w);
		else
			fputc(*at++, f);
	va_end(w.list);
	/* A line that was cut would be another line. */
	if (!f || !at || fflush(f) != 0 || ftell(f) >= (long)sizeof(e->fix) - 1)
		at = NULL;
	if (f)
		fclose(f);
	if (!at)
		e->fix[0] = '\0';
	e->remedy = at ? remedy : REMEDY_WORDS;
}

void err_first(struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_lines(e, REMEDY_FIRST, fmt, ap);
	va_end(ap);
}

void err_instead(struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_lines(e, REMEDY_INSTEAD, fmt, ap);
	va_end(ap);
}

void err_first_names(struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e->fix, sizeof(e->fix), fmt, ap);
	va_end(ap);
	e->remedy = REMEDY_FIRST;
}

void err_instead_names(struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e->fix, sizeof(e->fix), fmt, ap);
	va_end(ap);
	e->remedy = REMEDY_INSTEAD;
}

/* Does a line begin with an op that is the box's alone? */
static bool is_of_box(const char *line)
{
	char name[64];
	size_t n = strspn(line, " "), first = strcspn(line + n, " ;");
	size_t both = first + strspn(line + n + first, " ");
	const struct op *op;

	both += strcspn(line + n + both, " ;");
	snprintf(name, sizeof(name), "%.*s", (int)both, line + n);
	op = table_find(name);
	if (!op) {
		name[first < sizeof(name) ? first : 0] = '\0';
		op = table_find(name);
	}
	return op && (!op->host || op->flags & OP_INSIDE) && !(op->flags & OP_ENDS);
}

/* At every ; a line may begin; where that is quoted, it is looked at in vain. */
void err_distrust(struct err *e)
{
	bool lines = e->remedy == REMEDY_FIRST || e->remedy == REMEDY_INSTEAD;

	e->fix[sizeof(e->fix) - 1] = '\0';
	for (const char *at = e->fix; at && lines;
	     at = strchr(at, ';') ? strchr(at, ';') + 1 : NULL)
		lines = is_of_box(at);
	if (!lines || strstr(e->fix, "--host") || strpbrk(e->fix, "!\n$\\"))
		e->remedy = REMEDY_WORDS;
}
