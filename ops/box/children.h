/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Children of a process, as the kernel lists them.
 */
#ifndef CTRSH_OPS_BOX_CHILDREN_H
#define CTRSH_OPS_BOX_CHILDREN_H

#include <stdbool.h>
#include <sys/types.h>

/* How many there are; *list is the caller's to free. 0 when it can't be told. */
int children_list(pid_t **list); /* our own */

/* Those of another process: of its one thread, or of all. */
int children_of(pid_t pid, bool single, pid_t **list);

/* Kills the children of another process, and theirs, until it has none; for at
 * most two seconds. */
void children_kill_all(pid_t of);

bool children_has(const pid_t *list, int n, pid_t pid);

#endif
