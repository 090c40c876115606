/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Variables: what `set NAME VALUE` defined, the script's arguments ($0 to $9,
 * $@, $#), and the environment, in this order.
 */
#ifndef CTRSH_REPL_VARS_H
#define CTRSH_REPL_VARS_H

#include <stdbool.h>

struct vars {
	char **names, **values;
	int n;
	const char *script; /* $0 */
	char **args;        /* $1 is args[0] */
	int n_args;
	char scratch[16];
};

bool vars_is_name(const char *s);

/* 0, or -1 without memory. */
int vars_set(struct vars *v, const char *name, const char *value);

/* The value, or NULL: undefined. Valid until the next call. $@ is not a value. */
const char *vars_get(struct vars *v, const char *name);

void vars_release(struct vars *v);

#endif
