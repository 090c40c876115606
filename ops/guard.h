/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The guard: an op that would change the host, because the box still shares
 * with it the namespace that the op changes, is refused.
 */
#ifndef CTRSH_OPS_GUARD_H
#define CTRSH_OPS_GUARD_H

#include "ops/box/session.h"
#include "ops/op.h"

/* What the op changes with these arguments: CLONE_NEW*, CHANGES_MACHINE. */
unsigned guard_changes(const struct op *op, int argc, char **argv);

/* own: the namespaces that the box has of its own. -1 and *err (ERR_ORDER):
 * refused; 0: let it pass. */
int guard_refuses(const struct op *op, unsigned changes, unsigned own, struct err *err);

/* The same where the box has a mount namespace of its own, whose mounts still
 * propagate to the host. */
int guard_refuses_leak(const struct session *s, const struct op *op, struct err *err);

/* Those of the namespaces in mask that the box has of its own now, from /proc. */
unsigned guard_own(const struct session *s, unsigned mask);

#endif
