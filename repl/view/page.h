/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a word that shows something prints: tables and trees one below another,
 * fitted to the terminal (60 columns and more), or the same as one JSON object
 * with a list of rows for each table. To standard output; in a pipe lines are as
 * long as they have to be, and nothing but text.
 */
#ifndef CTRSH_REPL_VIEW_PAGE_H
#define CTRSH_REPL_VIEW_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "ops/err.h"

enum column_flags {
	COLUMN_TREE = 1,     /* the column that rows branch in */
	COLUMN_RIGHT = 2,    /* numbers to read, not sort */
	COLUMN_WRAP = 4,     /* goes on in further lines where the terminal ends */
	COLUMN_NUMBER = 8,   /* in JSON a number; an empty cell is null */
	COLUMN_BOOLEAN = 16, /* in JSON true or false, for "1" and "0" */
	COLUMN_TRUNC = 32    /* cut where the terminal ends */
};

struct column {
	const char *name;  /* in JSON: stable, documented in the man page */
	const char *title; /* above the column, in text; NULL: it's not shown there */
	unsigned flags;
};

struct page;

/* NULL and *err: the library that lays it out isn't there. */
struct page *page_new(bool json, struct err *err);
bool page_is_json(const struct page *p);

/* Columns of the terminal; 0: a line may be as long as it has to be. */
size_t page_width(const struct page *p);

/* Begins a table, with a NULL name after its columns. name: in JSON; title: the
 * line above it in text, or NULL. */
void page_table(struct page *p, const char *name, const char *title, const struct column *columns);

/* Begins a row, below another one (or NULL); its cells follow, one for each column, a
 * NULL format for an empty one. Control characters are made visible. */
void *page_row(struct page *p, void *parent);
void page_cell(struct page *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The row stands out: it must do so without colour as well, by a word or sign in it. */
void page_mark(struct page *p);

/* A line of text below; not in JSON. */
void page_note(struct page *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Prints it all and frees it. */
void page_print(struct page *p);

#endif
