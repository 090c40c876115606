/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box half of an op, carried out in the box as the request says.
 */
#ifndef CTRSH_OPS_BOX_CARRY_H
#define CTRSH_OPS_BOX_CARRY_H

#include "ops/box/wire.h"
#include "ops/op.h"

/* A trace whose lines, and whose lines of results, go to the socket. */
void carry_trace_init(struct trace *t, int *sock);

/* c: trace and fds are the caller's to set. *r:
 * ready to be sent but for what only the caller knows. */
void carry_out(const struct request *req, char **argv, struct call *c, struct reply *r);

#endif
