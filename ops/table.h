/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every op, in the order in which a container is built.
 */
#ifndef CTRSH_OPS_TABLE_H
#define CTRSH_OPS_TABLE_H

#include "ops/op.h"

extern const struct op *const op_table[]; /* NULL at the end */

const struct op *table_find(const char *name); /* the exact name, or NULL */
const struct op *table_at(unsigned place);     /* NULL: no such place */
unsigned table_place(const struct op *op);

#endif
