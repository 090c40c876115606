/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values that only C needs: what the calls of a step would be as statements, where a
 * trace line is none.
 */
#ifndef CTRSH_OPS_EXPLAIN_CVALUES_H
#define CTRSH_OPS_EXPLAIN_CVALUES_H

#include "ops/explain/explain.h"

/* As explain_value. */
bool explain_c_value(const struct explaining *x, const char *name, FILE *f);

#endif
