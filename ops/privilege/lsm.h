/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The security modules of the kernel (LSM): which of them are at work.
 */
#ifndef CTRSH_OPS_PRIVILEGE_LSM_H
#define CTRSH_OPS_PRIVILEGE_LSM_H

#include <stdbool.h>

/* Their names, as "capability, yama, apparmor". false: the kernel does not tell. */
bool lsm_list(char *buf, unsigned size);

/* One that labels programs. */
struct lsm {
	const char *name;   /* in a label line */
	const char *title;  /* in a sentence */
	const char *file;   /* below /proc/PID: the label of the next program (proc_pid_attr(5)) */
	const char *before; /* what is written before the label */
	const char *thing;  /* what it calls a label */
	const char *sign;   /* a file that says whether it is at work, */
	const char *said;   /* with this in a line */
};

/* Ends with a NULL name. And the one of that name, or NULL. */
extern const struct lsm lsms[];
const struct lsm *lsm_find(const char *name);

/* Whether it is at work, also where lsm_list() knows nothing. */
bool lsm_at_work(const struct lsm *l);

#endif
