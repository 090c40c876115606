/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What ctrsh makes on the host for a box: one end of each pair of veths, and
 * bridges. All of them bear the mark of ctrsh from the moment they are made
 * (their group, IFLA_GROUP) and the names of the sessions that use them
 * (owner.h); a veth is called ctrshPID-N besides. One without a living user
 * goes. Nothing is remembered: the kernel is asked what there is.
 */
#ifndef CTRSH_OPS_NET_LINKS_H
#define CTRSH_OPS_NET_LINKS_H

#include <stdbool.h>

#include "ops/box/owner.h"
#include "ops/box/session.h"
#include "ops/net/link.h"

#define LINKS_GROUP 0x63747273u /* "ctrs" */

/* Nobody else makes or removes marked links in this network namespace until
 * the descriptor is closed. -1: not to be had within a few seconds. */
int links_lock(void);

/* Writes this session's name on the link; away with it. 0 or -1. */
int links_use(struct call *c, struct nl_sock *sk, const char *link);
int links_leave(struct call *c, struct nl_sock *sk, const char *link);

/* Who uses it, apart from the one that leaves (NULL: nobody). */
struct links_users {
	bool any;     /* somebody is written down */
	bool alive;   /* another than the leaving one perhaps lives */
	bool leaving; /* the leaving one is among them */
};
struct links_users links_users(const struct link *l, const struct owner *leaving);

/* Is it ours? Does this session use it? */
bool links_is_ours(const struct link *l);
bool links_is_used(const struct link *l, const struct session *s);

/* Once in a session: removes what no living session uses. lock: as links_lock
 * gave it. What it removes is in the trace. */
void links_sweep(struct call *c, int lock);

/* The end of the box: removes what only this session used. What could not be
 * removed is named in left (size SESSION_LEFT), else it is empty. */
void links_remove(struct session *s, char *left);

/* May this process administer the network namespace it is in, as far as its
 * capabilities tell? */
bool links_has_capability(void);

/* The socket and the lock for a host half, after a sweep; -1 in *lock is fine.
 * NULL and c->err. */
struct nl_sock *links_begin(struct call *c, int *lock);

/* Adds why and fix to the error of a request on the host. Always -1. */
int links_explain(struct call *c);

#endif
