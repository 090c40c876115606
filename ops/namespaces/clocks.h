/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The offsets of a time namespace's clocks (time_namespaces(7)), as words:
 * monotonic=+1d, boottime=-3600.
 */
#ifndef CTRSH_OPS_NAMESPACES_CLOCKS_H
#define CTRSH_OPS_NAMESPACES_CLOCKS_H

#include <stdbool.h>

#include "ops/err.h"

/* Does the word begin with monotonic= or boottime=? */
bool clocks_is(const char *word);

/* Is it well-formed? 0 or -1. */
int clocks_check(const char *word, struct err *err);

/* The words among argv as /proc/PID/timens_offsets wants them, a line each, in
 * buf (size at least 100). How many there are. */
int clocks_text(int argc, char **argv, char *buf, unsigned size);

/* The same for a diagnosis: the first of the words by which its clock would be
 * set below 0 at this moment; NULL: none. *now: what the clock says. */
const char *clocks_below_zero(int argc, char **argv, long long *now);

#endif
