/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is looked at: the box, or the process that `attach` chose.
 */
#ifndef CTRSH_REPL_VIEW_LOOK_H
#define CTRSH_REPL_VIEW_LOOK_H

#include "../../ops/facts/subject.h"
#include "../shell.h"

/* The process inside: that of attach; else the box, which is started if there is none. */
int look_inside(struct shell *sh, struct subject *s, struct err *err);

/* The host's side: this process. */
int look_outside(struct subject *s, struct err *err);

#endif
