/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program of the host that a host half needs for its work.
 */
#ifndef CTRSH_OPS_BOX_HELPER_H
#define CTRSH_OPS_BOX_HELPER_H

#include "ops/op.h"

/* Where it is, in path (PATH_MAX): in a directory of PATH, then where
 * administrators' programs are. NULL: nowhere. */
const char *helper_find(const char *program, char *path);

/* Runs the program, looked up in PATH and then where administrators' programs
 * are; argv[0] is filled in. If it isn't there, missing is the remedy; if it
 * fails, what it says is the cause. 0 or -1. */
int helper_run(struct call *c, const char *program, char **argv, const char *missing);

#endif
