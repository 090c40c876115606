/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why unshare failed.
 */
#ifndef CTRSH_OPS_NAMESPACES_UNSHAREDIAG_H
#define CTRSH_OPS_NAMESPACES_UNSHAREDIAG_H

#include "ops/op.h"

/* flags: the namespaces that were wanted. */
void unshare_diagnose(struct call *c, unsigned flags);

#endif
