/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One half of an op, carried out where the request was received: the box half
 * in the box, the host half in the warden.
 */
#ifndef CTRSH_OPS_CARRY_H
#define CTRSH_OPS_CARRY_H

#include "op.h"
#include "wire.h"

/* A trace whose lines, and whose lines of results, go to the socket. */
void carry_trace_init(struct trace *t, int *sock, const char *side);

/* c: trace, session (host half) or fds (box half) are the caller's to set. *r:
 * ready to be sent but for what only the caller knows. */
void carry_out(const struct request *req, char **argv, struct call *c, struct reply *r);

#endif
