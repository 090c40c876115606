/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Devices of the host that are in the box for as long as it lasts (net move).
 * When a network namespace ends, the kernel gives physical devices back to the
 * first one, down, without addresses and under the name they have by then, and
 * deletes all others. So shell and warden hold the namespace, and fetch them
 * before they let it go.
 */
#ifndef CTRSH_OPS_NET_MOVED_H
#define CTRSH_OPS_NET_MOVED_H

#include "ops/box/session.h"
#include "ops/net/link.h"

/* Notes what the device has on the host, marks it, and sees to it that it comes back from the
 * namespace netns, of which it takes the descriptor. 0; or -1 and c->err: nothing was done. */
int moved_note(struct call *c, struct nl_sock *sk, const struct link *l, int netns);

/* The one noted last did not go, or not as it should: as if nothing had been done. The descriptor
 * is the caller's again. */
void moved_undo(struct session *s);

/* Brings all back, and gives them what they had. What did not come is added to left (size
 * SESSION_LEFT). */
void moved_return(struct session *s, char *left);

#endif
