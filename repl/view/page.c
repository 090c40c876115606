/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page is put together in memory and printed at once. libsmartcols gives each
 * table in JSON as an object of its own; without their braces they are the
 * members of one.
 */
#include "repl/view/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ops/auto.h"
#include "repl/columns.h"
#include "repl/report.h"
#include "repl/view/smartcols.h"
#include "repl/visible.h"
#include "repl/wrap.h"

#define LEAST_WIDTH 60

struct page {
	const struct smartcols *lib;
	struct libscols_table *table; /* being filled; or NULL */
	struct libscols_line *row;
	const struct column *columns;
	size_t cell; /* the next one's column */
	bool json;
	bool any; /* there is something above */
	bool terminal;
	char *text;
	size_t size;
	FILE *f; /* to text */
};

struct page *page_new(bool json, struct err *err)
{
	const struct smartcols *lib = smartcols(err);
	struct page *p = lib ? calloc(1, sizeof(*p)) : NULL;

	if (!p)
		return NULL;
	columns_set_locale(); /* what may be printed, and how wide it is */
	p->lib = lib;
	p->json = json;
	p->terminal = isatty(1) && !json;
	p->f = open_memstream(&p->text, &p->size);
	if (p->f)
		return p;
	err_kernel(err, 0, "out of memory");
	free(p);
	return NULL;
}

bool page_is_json(const struct page *p)
{
	return p->json;
}

static size_t width(void)
{
	struct winsize w;

	if (ioctl(1, TIOCGWINSZ, &w) < 0 || !w.ws_col)
		return 80;
	return w.ws_col < LEAST_WIDTH ? LEAST_WIDTH : w.ws_col;
}

size_t page_width(const struct page *p)
{
	return p->terminal ? width() : 0;
}

static bool colored(const struct page *p)
{
	return p->terminal && report_color();
}

/* {"name": [ … ]} loses its braces. */
static void put_json(struct page *p, char *text)
{
	char *begin = strchr(text, '{'), *end = strrchr(text, '}');

	if (!begin || !end)
		return;
	while (end > begin && (end[-1] == '\n' || end[-1] == ' '))
		end--;
	*end = '\0';
	begin += 1 + strspn(begin + 1, "\n");
	fprintf(p->f, "%s%s", p->any ? ",\n" : "", begin);
}

static void finish_table(struct page *p)
{
	auto_free char *text = NULL;

	if (!p->table)
		return;
	p->lib->print_table_to_string(p->table, &text);
	p->lib->unref_table(p->table);
	p->table = NULL;
	if (text && p->json)
		put_json(p, text);
	else if (text)
		fprintf(p->f, "%s%s", text, *text && text[strlen(text) - 1] != '\n' ? "\n" : "");
	p->any = true;
}

static int flags_of(const struct page *p, const struct column *c)
{
	int flags = 0;

	if (c->flags & COLUMN_TREE)
		flags |= SCOLS_FL_TREE;
	if (c->flags & COLUMN_RIGHT)
		flags |= SCOLS_FL_RIGHT;
	if (c->flags & COLUMN_WRAP && p->terminal)
		flags |= SCOLS_FL_WRAP;
	if (c->flags & COLUMN_TRUNC && p->terminal)
		flags |= SCOLS_FL_TRUNC;
	if (!p->json && !c->title)
		flags |= SCOLS_FL_HIDDEN;
	return flags;
}

static int type_of(const struct column *c)
{
	return c->flags & COLUMN_NUMBER    ? SCOLS_JSON_NUMBER
	       : c->flags & COLUMN_BOOLEAN ? SCOLS_JSON_BOOLEAN
					   : SCOLS_JSON_STRING;
}

static void put_title(struct page *p, const char *title)
{
	if (p->json || !title)
		return;
	fprintf(p->f, "%s%s%s%s\n", p->any ? "\n" : "", colored(p) ? "\033[1m" : "", title,
		colored(p) ? "\033[0m" : "");
}

static bool has_headings(const struct column *columns)
{
	for (const struct column *c = columns; c->name; c++)
		if (c->title && *c->title)
			return true;
	return false;
}

void page_table(struct page *p, const char *name, const char *title, const struct column *columns)
{
	finish_table(p);
	put_title(p, title);
	p->table = p->lib->new_table();
	if (!p->table)
		return;
	p->columns = columns;
	p->lib->table_set_name(p->table, name);
	p->lib->table_enable_json(p->table, p->json);
	p->lib->table_enable_colors(p->table, colored(p));
	p->lib->table_set_termforce(p->table,
				    p->terminal ? SCOLS_TERMFORCE_ALWAYS : SCOLS_TERMFORCE_NEVER);
	if (p->terminal)
		p->lib->table_set_termwidth(p->table, width());
	p->lib->table_enable_noheadings(p->table, !has_headings(columns));
	for (const struct column *c = columns; c->name; c++) {
		struct libscols_column *col = p->lib->table_new_column(p->table,
								       p->json    ? c->name
								       : c->title ? c->title
										  : "",
								       0, flags_of(p, c));

		if (col)
			p->lib->column_set_json_type(col, type_of(c));
	}
}

void *page_row(struct page *p, void *parent)
{
	p->row = p->table ? p->lib->table_new_line(p->table, parent) : NULL;
	p->cell = 0;
	return p->row;
}

void page_cell(struct page *p, const char *fmt, ...)
{
	auto_free char *raw = NULL, *text = NULL;
	size_t at = p->cell++;
	va_list ap;

	if (!p->row || !fmt)
		return;
	va_start(ap, fmt);
	if (vasprintf(&raw, fmt, ap) < 0)
		raw = NULL;
	va_end(ap);
	text = raw ? visible_text(raw) : NULL;
	if (text)
		p->lib->line_set_data(p->row, at, text);
}

void page_mark(struct page *p)
{
	if (p->row)
		p->lib->line_set_color(p->row, "\033[1m");
}

void page_note(struct page *p, const char *fmt, ...)
{
	auto_free char *raw = NULL;
	va_list ap;

	finish_table(p);
	if (p->json)
		return;
	va_start(ap, fmt);
	if (vasprintf(&raw, fmt, ap) < 0)
		raw = NULL;
	va_end(ap);
	wrap_put(p->f, page_width(p), 0, 2, raw ? raw : "", " ");
	fputc('\n', p->f);
	p->any = true;
}

void page_print(struct page *p)
{
	int r = 0;

	finish_table(p);
	fclose(p->f);
	if (p->text && p->json)
		r = printf("{\n%s\n}\n", p->text);
	else if (p->text)
		r = fputs(p->text, stdout);
	report_flush(r);
	free(p->text);
	free(p);
}
