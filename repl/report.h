/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the person reads: errors, trace, notes. All of it goes to stderr, with
 * colour only where that is a terminal that wants it, and with control
 * characters made visible wherever a text comes from outside.
 */
#ifndef CTRSH_REPL_REPORT_H
#define CTRSH_REPL_REPORT_H

#include "repl/place.h"
#include "repl/shell.h"

void report_init(bool color);
bool report_color(void);

/* "place: what", why, fix, and a caret where the place has a column. */
void report_problem(const struct problem *p, const char *op);

/* A short remark, as on how a program ended. */
void report_note(const struct shell *sh, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* For struct trace. */
void report_trace(void *arg, const char *side, const char *line);

/* What a step changed, in as many lines as the terminal needs. */
void report_effect(const char *text);

/* A line of an op's result, to standard output; for struct trace. */
void report_result(void *arg, const char *line);

/* After printing to standard output (r: what that returned): is to arrive now. */
void report_flush(int r);

/* The errno with which a result could not be written; 0: all were. */
int report_failed(void);

#endif
