/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages. A message is put together first and written at once, so that
 * lines of two processes do not mix.
 */
#include "repl/report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/box/terminal.h"
#include "repl/columns.h"
#include "repl/visible.h"
#include "repl/wrap.h"

#define LEAST_WIDTH 60
#define MARGIN      5 /* of a line with a caret: blanks, and dots for what is left out */

#define RED   "\033[1;31m"
#define DIM   "\033[2m"
#define BOLD  "\033[1m"
#define PLAIN "\033[0m"

static bool color;

void report_init(bool on)
{
	color = on;
}

bool report_color(void)
{
	return color;
}

static const char *paint(const char *code)
{
	return color ? code : "";
}

static void flush(FILE *f, char **text)
{
	fclose(f);
	if (*text)
		fputs(*text, stderr);
	free(*text);
}

static void put_place(FILE *f, const struct place *place)
{
	if (place->line) {
		fputs(place->file ? place->file : "", f);
		if (place->file)
			fprintf(f, ":%d:", place->line);
		if (place->file && place->column)
			fprintf(f, "%d:", place->column);
		fputs(place->file ? " " : "", f);
	}
}

/* How many bytes the character has, and its columns as visible_put shows it, a tab as one. */
static size_t shown_width(const char *s, size_t *width)
{
	size_t n = columns_next(s, width);

	if ((unsigned char)*s < 0x20 && *s != '\t')
		*width = 4;
	return n;
}

/* Of a line that is wider than the terminal, the part with the caret in its middle. */
static size_t first_shown(const char *text, size_t caret, size_t columns)
{
	size_t before = 0, at = 0, width;

	if (!columns || columns_of(text) + MARGIN <= columns)
		return 0;
	for (size_t i = 0; i < caret && text[i]; before += width)
		i += shown_width(text + i, &width);
	for (; before > columns / 2; before -= width)
		at += shown_width(text + at, &width);
	return at;
}

static void put_caret(FILE *f, const struct place *place)
{
	size_t columns = wrap_columns(2, LEAST_WIDTH), caret = (size_t)place->column - 1, at, width;
	const char *text = place->text;

	if (!place->column || !text[0] || place->column > (int)sizeof(place->text) - 20)
		return;
	at = first_shown(text, caret, columns);
	fprintf(f, "  %s", at ? "..." : "");
	visible_part(f, text + at,
		     columns ? columns_fit(text + at, columns - MARGIN) : strlen(text + at));
	fprintf(f, "\n  %s", at ? "   " : "");
	for (; at < caret && text[at];) {
		bool tab = text[at] == '\t';

		at += shown_width(text + at, &width);
		fprintf(f, "%*s", tab ? 0 : (int)width, "");
		fputs(tab ? "\t" : "", f);
	}
	fprintf(f, "%s^%s\n", paint(RED), paint(PLAIN));
}

/* Does the text begin with "OP:" by itself? */
static bool names_op(const char *text, const char *op)
{
	size_t n = strlen(op);

	return !strncmp(text, op, n) && text[n] == ':';
}

static char *first_line(const struct problem *p, const char *op)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return NULL;
	put_place(f, &p->place);
	if (op && !names_op(p->err.what, op))
		fprintf(f, "%s: ", op);
	fputs(p->err.what, f);
	if (p->err.errnum)
		fprintf(f, " = %s (%s)", strerrorname_np(p->err.errnum), strerror(p->err.errnum));
	fclose(f);
	return text;
}

/* What stands behind fix: can be typed. A sentence that leads itself in needs no label. */
static const char *remedy_label(const struct err *e)
{
	if (e->remedy != REMEDY_WORDS)
		return "fix: ";
	return !strncmp(e->fix, "usage: ", 7) || !strncmp(e->fix, "did you mean ", 13) ? ""
										       : "do: ";
}

static void put_labelled(FILE *f, const char *label, const char *text)
{
	size_t column = 2 + strlen(label);

	if (!text[0])
		return;
	fprintf(f, "  %s%s%s", paint(BOLD), label, paint(PLAIN));
	wrap_put(f, wrap_columns(2, LEAST_WIDTH), column, column, text, " ");
	fputc('\n', f);
}

void report_problem(const struct problem *p, const char *op)
{
	auto_free char *first = first_line(p, op);
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return;
	fputs(paint(RED), f);
	wrap_put(f, wrap_columns(2, LEAST_WIDTH), 0, 4, first ? first : p->err.what, " |");
	fprintf(f, "%s\n", paint(PLAIN));
	put_labelled(f, "why: ", p->err.why);
	put_labelled(f, remedy_label(&p->err), p->err.fix);
	put_caret(f, &p->place);
	flush(f, &text);
}

void report_note(const struct shell *sh, const char *fmt, ...)
{
	auto_free char *note = NULL;
	char *text = NULL;
	size_t size = 0;
	va_list ap;
	FILE *f;

	if (sh->quiet)
		return;
	va_start(ap, fmt);
	if (vasprintf(&note, fmt, ap) < 0)
		note = NULL;
	va_end(ap);
	f = note ? open_memstream(&text, &size) : NULL;
	if (!f)
		return;
	fputs(paint(BOLD), f);
	wrap_put(f, wrap_columns(2, LEAST_WIDTH), 0, 4, note, " ");
	fprintf(f, "%s\n", paint(PLAIN));
	flush(f, &text);
}

static void put_lines(FILE *f, const char *line)
{
	wrap_put(f, wrap_columns(2, LEAST_WIDTH), 8, 8, line, " |");
}

void report_trace(void *arg, const char *side, const char *line)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	(void)arg;
	if (!f)
		return;
	fprintf(f, "%s  %-4s  ", paint(DIM), side);
	put_lines(f, line);
	fprintf(f, "%s%s\n", paint(PLAIN), terminal_is_raw() ? "\r" : "");
	flush(f, &text);
}

void report_effect(const char *effect)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return;
	fprintf(f, "%s  now   ", paint(BOLD));
	put_lines(f, effect);
	fprintf(f, "%s\n", paint(PLAIN));
	flush(f, &text);
}

static int failed;

void report_result(void *arg, const char *line)
{
	(void)arg;
	visible_put(stdout, line);
	report_flush(putchar('\n'));
}

void report_flush(int r)
{
	if (r < 0 || fflush(stdout) != 0)
		failed = errno;
}

int report_failed(void)
{
	return failed;
}
