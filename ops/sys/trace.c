/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a system call is written down: strings quoted as in C, flags by name.
 */
#include "ops/sys/trace.h"

#include <stdarg.h>
#include <stdio.h>

void trace_line(const struct trace *t, const char *fmt, ...)
{
	char line[1024];
	va_list ap;

	if (!t || !t->on)
		return;
	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	t->emit(t->arg, t->side, line);
}

void trace_print(const struct trace *t, const char *fmt, ...)
{
	char line[1001];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	t->print(t->arg, line);
}

static unsigned quote_char(char *out, unsigned char c)
{
	if (c == '"' || c == '\\')
		return (unsigned)sprintf(out, "\\%c", c);
	if (c == '\n')
		return (unsigned)sprintf(out, "\\n");
	if (c < 0x20 || c == 0x7f)
		return (unsigned)sprintf(out, "\\%03o", c);
	*out = (char)c;
	return 1;
}

const char *trace_quote(char *buf, unsigned size, const char *s)
{
	unsigned n = 0;

	if (!s)
		return "NULL";
	buf[n++] = '"';
	/* room for one escaped character (4), the dots (3), the quote and the end */
	for (; *s && n + 9 <= size; s++)
		n += quote_char(buf + n, (unsigned char)*s);
	snprintf(buf + n, size - n, "%s\"", *s ? "..." : "");
	return buf;
}

const char *trace_flags(char *buf, unsigned size, const struct trace_flag *table,
			unsigned long flags)
{
	unsigned n = 0;

	buf[0] = '\0';
	for (; table->name && n < size; table++) {
		if ((flags & table->bit) != table->bit)
			continue;
		n += (unsigned)snprintf(buf + n, size - n, "%s%s", n ? "|" : "", table->name);
		flags &= ~table->bit;
	}
	if ((flags || !n) && n < size)
		snprintf(buf + n, size - n, flags ? "%s%#lx" : "%s%lu", n ? "|" : "", flags);
	return buf;
}
