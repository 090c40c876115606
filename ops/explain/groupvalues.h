/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of the texts for control groups: the files that an op would write and
 * what, by the version here (cgroups(7)), in other tools' words and in C.
 */
#ifndef CTRSH_OPS_EXPLAIN_GROUPVALUES_H
#define CTRSH_OPS_EXPLAIN_GROUPVALUES_H

#include "ops/explain/explain.h"

/* As explain_value: cgtools, cgc, set1 to set4, docker... */
bool explain_group_value(const struct explaining *x, const char *name, FILE *f);

/* The controller of "cgroup WORD", "cgroup weight WORD" or "cgroup FILE". */
void explain_controller(const struct explaining *x, char *name, size_t size);

#endif
