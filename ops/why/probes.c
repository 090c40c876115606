/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Facts are kept with the session, in the shell. They are texts: what was true
 * when the call failed need not be true when the person asks.
 */
#include "ops/why/probes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ops/box/box.h"

/* In place, on one line: blanks to one, lines with "; " between. */
static void squeeze(char *text)
{
	char *to = text;
	size_t gap;

	for (const char *from = text; *from; from += gap) {
		size_t word = strcspn(from, " \t\n");
		bool line;

		memmove(to, from, word);
		to += word;
		from += word;
		gap = strspn(from, " \t\n");
		line = memchr(from, '\n', gap);
		if (!from[gap] || !gap)
			continue;
		if (to > text && line)
			*to++ = ';';
		if (to > text)
			*to++ = ' ';
	}
	*to = '\0';
}

static void note(struct call *c, const char *where, const char *name, const char *fmt, va_list ap)
{
	struct probes *f = &c->session->probes;
	struct probe *new = &f->list[f->n];

	if (f->n == PROBES_MAX)
		return;
	snprintf(new->name, sizeof(new->name), "%s", name);
	snprintf(new->where, sizeof(new->where), "%s", where);
	vsnprintf(new->value, sizeof(new->value), fmt, ap);
	squeeze(new->value);
	for (int i = 0; i < f->n; i++)
		if (!strcmp(f->list[i].name, new->name) && !strcmp(f->list[i].where, new->where))
			return;
	f->n++;
}

void probes_note(struct call *c, const char *where, const char *name, const char *value, ...)
{
	va_list ap;

	if (!c || !c->session)
		return;
	va_start(ap, value);
	note(c, where, name, value, ap);
	va_end(ap);
}

void probes_note_proc(struct call *c, const char *file, const char *name, const char *value, ...)
{
	char where[64];
	va_list ap;

	if (!c || !c->session)
		return;
	box_proc(c->session, where, sizeof(where), file);
	va_start(ap, value);
	note(c, where, name, value, ap);
	va_end(ap);
}
