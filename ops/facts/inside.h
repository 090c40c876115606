/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What only a process inside a namespace is told (uname(2), netlink, System V
 * objects): a child of ours enters, reads, hands back what it read, and ends.
 */
#ifndef CTRSH_OPS_FACTS_INSIDE_H
#define CTRSH_OPS_FACTS_INSIDE_H

#include "ops/facts/items.h"
#include "ops/facts/subject.h"

#define INSIDE_NAME "ctrsh-look" /* what that child is called */

/* Has read() called in those of the namespaces (CLONE_NEW*) of the process; never
 * in its root, and never as one of its processes: its PID namespace is not
 * entered. If they are ours, no child is needed. */
void inside_read(const struct subject *who, unsigned namespaces, void (*read)(struct items *),
		 struct items *t);

#endif
