/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the kernel would refuse, as far as looking tells. c: a call that is not made.
 */
#ifndef CTRSH_OPS_EXPLAIN_REFUSED_H
#define CTRSH_OPS_EXPLAIN_REFUSED_H

#include "ops/op.h"

/* Would it be? 0, or -1 and c->err. */
int explain_foresees(struct call *c);
int explain_rights_refuse(struct call *c);

/* The op's diagnosis of errnum from that call. 0: it knows nothing. */
int explain_diagnosed(struct call *c, int errnum, const char *call);

#endif
