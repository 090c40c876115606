/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands for $NAME in the texts, and the conditions of steps, in tables: one of each for a
 * family of ops, in the file of its name, beside the functions. A name is in one table alone.
 */
#ifndef CTRSH_OPS_EXPLAIN_VALUE_H
#define CTRSH_OPS_EXPLAIN_VALUE_H

#include "ops/explain/explain.h"

struct explain_value {
	const char *name;
	void (*put)(const struct explaining *x, FILE *f);
};

struct explain_condition {
	const char *name;
	bool (*holds)(const struct explaining *x);
};

/* Each ends with a NULL name. */
extern const struct explain_value explain_values_attributes[], explain_values_bind[],
	explain_values_caps[], explain_values_dev[], explain_values_files[], explain_values_group[],
	explain_values_join[], explain_values_label[], explain_values_mount[],
	explain_values_namespaces[], explain_values_net[], explain_values_overlay[],
	explain_values_privilege[], explain_values_process[], explain_values_rlimit[],
	explain_values_tree[], explain_values_user[];

extern const struct explain_condition explain_conditions_bind[], explain_conditions_caps[],
	explain_conditions_dev[], explain_conditions_group[], explain_conditions_join[],
	explain_conditions_namespaces[], explain_conditions_net[], explain_conditions_overlay[],
	explain_conditions_rlimit[], explain_conditions_attributes[];

/* A string as in C; a word in capitals. */
void explain_quote(FILE *f, const char *text);
void explain_put_upper(FILE *f, const char *word);

bool explain_is_number(const char *word);

#endif
