/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of network devices.
 */
#ifndef CTRSH_OPS_NET_NETNAME_H
#define CTRSH_OPS_NET_NETNAME_H

#include <stdbool.h>
#include <sys/types.h>

#include "ops/err.h"

/* Would the kernel take it as a name? Looks at nothing but the text. op: for
 * the message. 0, or -1 and *err. */
int netname_check(const char *op, const char *name, struct err *err);

/* The devices in the network namespace of a process, for as long as each does
 * not say false. */
void netname_visit(pid_t pid, bool (*each)(const char *name, void *arg), void *arg);

/* Is there one of that name? */
bool netname_has(pid_t pid, const char *name);

/* Their names, as "lo, eth0"; "none" if there are none. */
void netname_list(pid_t pid, char *buf, unsigned size);

#endif
