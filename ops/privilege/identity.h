/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who the box is: user, group, supplementary groups (credentials(7)). All but
 * the diagnosis runs in the box.
 */
#ifndef CTRSH_OPS_PRIVILEGE_IDENTITY_H
#define CTRSH_OPS_PRIVILEGE_IDENTITY_H

#include <stdbool.h>
#include <sys/types.h>

#include "ops/op.h"

struct identity {
	uid_t uid;
	gid_t gid;
	gid_t *groups; /* until another is parsed */
	int n_groups;
};

/* "USER[:GROUP][,GROUP...]", names or numbers. With neither group nor groups
 * it is what a login gives the user; GROUP alone: no others. 0 or -1. */
int identity_parse(const char *text, struct identity *id, struct err *err);

/* Is it well-formed? Looks into no file. */
bool identity_is_text(const char *text);

/* setgroups, setresgid, setresuid, in the one order that works: the last takes
 * away the right to the others. If one fails those before it are taken back. */
int identity_become(struct call *c, const struct identity *id);

/* Around a change of credentials: it clears the parent-death signal and the
 * dumpable flag (prctl(2)); both are put back. r is handed through. */
int identity_dumpable(void);
int identity_settle(int dumpable, int r);

/* After EPERM or EINVAL of one of these calls, or a missing file. */
void identity_diagnose(struct call *c);

#endif
