/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a namespace could not be kept, or let go.
 */
#ifndef CTRSH_OPS_NAMESPACES_KEEPDIAG_H
#define CTRSH_OPS_NAMESPACES_KEEPDIAG_H

#include "ops/op.h"

void keep_diagnose(struct call *c);

/* Is the namespace the host's? -1 and c->err: there is nothing to keep. */
int keep_refuses(struct call *c);

#endif
