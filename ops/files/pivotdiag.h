/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why pivot_root(2) refused. The kernel has ten reasons and says EINVAL or
 * EBUSY; they are looked for in /proc/PID/mountinfo.
 */
#ifndef CTRSH_OPS_FILES_PIVOTDIAG_H
#define CTRSH_OPS_FILES_PIVOTDIAG_H

#include "ops/op.h"

void pivot_diagnose(struct call *c);

#endif
