/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is looked at: the box, or the process that `attach` chose.
 */
#ifndef CTRSH_REPL_VIEW_LOOK_H
#define CTRSH_REPL_VIEW_LOOK_H

#include "ops/facts/subject.h"
#include "repl/shell.h"

/* The process inside: that of attach; else the box, which is started if there is none.
 * If that of attach has ended, that is the error, and it is attached no longer. */
int look_inside(struct shell *sh, struct subject *s, struct err *err);

/* The same without looking at it. */
int look_ready(struct shell *sh, struct err *err);

/* The host's side: this process. */
int look_outside(struct subject *s, struct err *err);

/* From now on this process is looked at, or the box again (NULL). *s is taken over. */
void look_at(struct shell *sh, struct subject *s);

/* Has the attached process ended? Then says so, and the box is looked at again. */
bool look_notice_end(struct shell *sh);

/* Refuses an op while another process is looked at, or when that has ended unseen. */
int look_refuses(struct shell *sh, const char *op, struct err *err);

/* What to say when something of the process can't be read: the reason for errno,
 * found by looking. */
void look_why(const struct subject *s, int errnum, struct err *err);

#endif
