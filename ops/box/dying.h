/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A process that is killed is not yet one that has ended.
 */
#ifndef CTRSH_OPS_BOX_DYING_H
#define CTRSH_OPS_BOX_DYING_H

#include "ops/facts/subject.h"

/* Has it ended, or does it so just now, and can't be kept from that? */
bool dying(const struct subject *who);

#endif
