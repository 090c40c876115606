/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A filter as the cause of a refusal: one around ctrsh, or one that the session loaded.
 */
#ifndef CTRSH_OPS_WHY_DIAGFILTER_H
#define CTRSH_OPS_WHY_DIAGFILTER_H

#include <stdbool.h>

#include "ops/op.h"

/* For EPERM and the like: true: found and told. */
bool diagnose_refused_by_filter(struct call *c);

/* Has the box more filters than the shell, from which it was forked? They are the session's. */
bool diagnose_own_filter(struct call *c);

/* In the process that is asked: makes the call of this name in a way that asks for
 * nothing. Its errno, 0: it succeeded, or the call is not known. */
int diagfilter_try(const char *call);

#endif
