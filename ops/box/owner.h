/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whose is what stays on the host: a session, written as ctrsh-PID-START-PIDNS-TIMENS-LINK into
 * a link's alternative names, and into an attribute of a control group. PID and START
 * (proc_pid_stat(5), in ticks) tell a process from a later one of the same number; both mean
 * something only in that PID and time namespace.
 */
#ifndef CTRSH_OPS_BOX_OWNER_H
#define CTRSH_OPS_BOX_OWNER_H

#include <stdbool.h>
#include <sys/types.h>

struct owner {
	int pid;
	unsigned long long start;
	unsigned long pidns, timens;
};

#define OWNER_TEXT 128 /* ALTIFNAMSIZ */

/* Of a process in our own namespaces. 0 or -1. */
int owner_of(pid_t pid, struct owner *o);

void owner_name(const struct owner *o, const char *link, char name[OWNER_TEXT]);

/* false: that is not such a name. */
bool owner_read(const char *name, struct owner *o);

bool owner_same(const struct owner *a, const struct owner *b);

/* The process has certainly ended. */
bool owner_is_dead(const struct owner *o);

#endif
