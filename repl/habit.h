/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the hands type out of habit: other tools' words for the same steps.
 */
#ifndef CTRSH_REPL_HABIT_H
#define CTRSH_REPL_HABIT_H

#include <stdbool.h>

#include "ops/err.h"

/* true, and *err with our own line for it: the statement is another tool's. No
 * name of ours is. */
bool habit_refuses(int argc, char *const *argv, struct err *err);

/* The part for mount(8): what it takes with -t, -o, --bind and their like. */
bool habit_mount(int argc, char *const *argv, struct err *err);

/* And for unshare(1): options, and names that namespaces have elsewhere. */
bool habit_unshare(int argc, char *const *argv, struct err *err);

#endif
