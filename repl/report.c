/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages. A message is put together first and written at once, so that
 * lines of two processes do not mix.
 */
#include "report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "../ops/terminal.h"
#include "visible.h"

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
		visible_put(f, place->file ? place->file : "");
		if (place->file)
			fprintf(f, ":%d:", place->line);
		if (place->file && place->column)
			fprintf(f, "%d:", place->column);
		fputs(place->file ? " " : "", f);
	}
}

static void put_caret(FILE *f, const struct place *place)
{
	if (!place->column || !place->text[0] || place->column > (int)sizeof(place->text) - 20)
		return;
	fputs("  ", f);
	visible_put(f, place->text);
	fputs("\n  ", f);
	for (int i = 0; i < place->column - 1 && place->text[i]; i++) {
		unsigned char c = (unsigned char)place->text[i];

		if (c == '\t')
			fputc('\t', f);
		else if ((c & 0xc0) != 0x80) /* not inside a UTF-8 character */
			fputs(c < 0x20 ? "    " : " ", f);
	}
	fprintf(f, "%s^%s\n", paint(RED), paint(PLAIN));
}

/* Does the text begin with "OP:" by itself? */
static bool names_op(const char *text, const char *op)
{
	size_t n = strlen(op);

	return !strncmp(text, op, n) && text[n] == ':';
}

void report_problem(const struct problem *p, const char *op)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return;
	put_place(f, &p->place);
	fputs(paint(RED), f);
	if (op && !names_op(p->err.what, op))
		fprintf(f, "%s: ", op);
	visible_put(f, p->err.what);
	if (p->err.errnum)
		fprintf(f, " = %s (%s)", strerrorname_np(p->err.errnum), strerror(p->err.errnum));
	fprintf(f, "%s\n", paint(PLAIN));
	if (p->err.why[0]) {
		fprintf(f, "  %swhy:%s ", paint(BOLD), paint(PLAIN));
		visible_put(f, p->err.why);
		fputc('\n', f);
	}
	if (p->err.fix[0]) {
		fprintf(f, "  %sfix:%s ", paint(BOLD), paint(PLAIN));
		visible_put(f, p->err.fix);
		fputc('\n', f);
	}
	put_caret(f, &p->place);
	flush(f, &text);
}

void report_note(const struct shell *sh, const char *fmt, ...)
{
	char note[1024], *text = NULL;
	size_t size = 0;
	va_list ap;
	FILE *f;

	if (sh->quiet)
		return;
	va_start(ap, fmt);
	vsnprintf(note, sizeof(note), fmt, ap);
	va_end(ap);
	f = open_memstream(&text, &size);
	if (!f)
		return;
	fputs(paint(BOLD), f);
	visible_put(f, note);
	fprintf(f, "%s\n", paint(PLAIN));
	flush(f, &text);
}

/* Columns of the terminal behind stderr; no terminal, no end. */
static size_t columns(void)
{
	struct winsize w;

	return ioctl(2, TIOCGWINSZ, &w) == 0 && w.ws_col >= 60 ? w.ws_col : SIZE_MAX;
}

#define MARGIN "        "

/* The text is broken behind a comma, where the terminal ends; not in a pipe. */
static void put_lines(FILE *f, const char *line)
{
	size_t room = columns() == SIZE_MAX ? SIZE_MAX : columns() - strlen(MARGIN) - 1;
	char part[1024];

	while (strlen(line) > room) {
		const char *end = memrchr(line, ',', room);

		if (!end || !end[1] || (size_t)(end - line) >= sizeof(part) - 1)
			break;
		snprintf(part, sizeof(part), "%.*s", (int)(end - line) + 1, line);
		visible_put(f, part);
		line = end + 1 + strspn(end + 1, " ");
		fprintf(f, "%s\n%s", terminal_is_raw() ? "\r" : "", MARGIN);
	}
	visible_put(f, line);
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
