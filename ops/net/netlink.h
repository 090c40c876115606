/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Requests to the kernel over rtnetlink(7), built with libnl and sent here, so
 * that each is traced from its own bytes once it has been answered. The
 * socket belongs to the network namespace of the process that opened it.
 */
#ifndef CTRSH_OPS_NET_NETLINK_H
#define CTRSH_OPS_NET_NETLINK_H

#include "ops/op.h"

struct nl_sock;
struct nl_msg;
struct nlmsghdr;

#define NETLINK_TEXT 400

void netlink_close_(struct nl_sock **sk);
#define auto_netlink __attribute__((cleanup(netlink_close_)))

/* NULL, and c->err, when there is none to be had. */
struct nl_sock *netlink_open(struct call *c);

/* Sends msg (which is freed in any case; NULL: there was no memory for it) and
 * waits for all of the answer; each (may be NULL) is given its messages. 0, or -1 and c->err with
 * the errno of the kernel's answer and, in said, its extended
 * acknowledgement. */
int netlink_ask(struct call *c, struct nl_sock *sk, struct nl_msg *msg,
		void (*each)(struct nl_msg *msg, void *arg), void *arg);

/* The request in words: RTM_NEWLINK name="eth0" kind=veth ... */
const char *netlink_text(char buf[NETLINK_TEXT], struct nlmsghdr *h);

#endif
