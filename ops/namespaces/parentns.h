/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Acting from the parent of the box's user namespace: only there, or in the
 * namespace itself, may its ID maps be written (user_namespaces(7)).
 */
#ifndef CTRSH_OPS_NAMESPACES_PARENTNS_H
#define CTRSH_OPS_NAMESPACES_PARENTNS_H

#include <stdbool.h>

#include "ops/op.h"

/* In a host half: carries fn out where that is: here, when it is our own user
 * namespace, else in a process that has joined it. 0 or -1. */
int parentns_do(struct call *c, int (*fn)(struct call *c));

/* Is it ours? */
bool parentns_is_ours(struct call *c);

#endif
