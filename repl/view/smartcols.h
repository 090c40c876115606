/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsmartcols, which lays out tables and trees. It has no static archive, and
 * is opened at first need.
 */
#ifndef CTRSH_REPL_VIEW_SMARTCOLS_H
#define CTRSH_REPL_VIEW_SMARTCOLS_H

#include <libsmartcols/libsmartcols.h>

#include "ops/err.h"

#define SMARTCOLS(X)                                                                               \
	X(new_table)                                                                               \
	X(unref_table)                                                                             \
	X(table_set_name)                                                                          \
	X(table_enable_json)                                                                       \
	X(table_enable_colors)                                                                     \
	X(table_enable_noheadings)                                                                 \
	X(table_set_termforce)                                                                     \
	X(table_set_termwidth)                                                                     \
	X(table_new_column)                                                                        \
	X(column_set_json_type)                                                                    \
	X(table_new_line)                                                                          \
	X(line_set_data)                                                                           \
	X(line_set_color)                                                                          \
	X(print_table_to_string)

/* Its functions without their scols_. */
#define SMARTCOLS_FIELD(name) typeof(scols_##name) *(name);
struct smartcols {
	SMARTCOLS(SMARTCOLS_FIELD)
};

/* NULL and *err: it isn't there. */
const struct smartcols *smartcols(struct err *err);

#endif
