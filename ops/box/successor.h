/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Some namespaces take only children in. The box then forks, and the new
 * process goes on in its place.
 */
#ifndef CTRSH_OPS_BOX_SUCCESSOR_H
#define CTRSH_OPS_BOX_SUCCESSOR_H

#include "ops/op.h"

/* In the box half: returns in the new process only, 0; or -1, where there is
 * none. The reply to the shell makes it known there (box.c). */
int successor_take_over(struct call *c);

/* In the host half of an op that moves the box into other namespaces: asks the
 * box, and passes these descriptors along. 0 or -1. */
int successor_ask(struct call *c, const int *fds, int nfds);

#endif
