/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box enters namespaces that exist.
 */
#ifndef CTRSH_OPS_NAMESPACES_ENTER_H
#define CTRSH_OPS_NAMESPACES_ENTER_H

#include "ops/op.h"

/* In the box half. c->fds: what to enter (argv[1] says what it is, for the
 * trace), and, if there are two, the root directory to take. 0 or -1. */
int enter_box(struct call *c, unsigned flags);

#endif
