/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a namespace could not be joined.
 */
#ifndef CTRSH_OPS_NAMESPACES_JOINDIAG_H
#define CTRSH_OPS_NAMESPACES_JOINDIAG_H

#include "ops/op.h"

/* named: the namespaces that were asked for; 0: all. */
void join_diagnose(struct call *c, unsigned named);

#endif
