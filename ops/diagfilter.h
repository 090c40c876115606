/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A filter around ctrsh as the cause of a refusal.
 */
#ifndef CTRSH_OPS_DIAGFILTER_H
#define CTRSH_OPS_DIAGFILTER_H

#include <stdbool.h>

#include "op.h"

/* For EPERM and the like: true: found and told. */
bool diagnose_refused_by_filter(struct call *c);

#endif
