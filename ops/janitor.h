/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The janitor: a small process that puts the host back in order should the
 * shell be killed (SIGKILL leaves it no time). It holds one end of a pipe; the
 * end of the pipe without a farewell means that the shell is gone.
 */
#ifndef CTRSH_OPS_JANITOR_H
#define CTRSH_OPS_JANITOR_H

#include <termios.h>

#include "session.h"

/* Starts it, if it does not run yet. 0 or -1. */
int janitor_start(struct session *s);

/* From now on the terminal on descriptor 0 would be put back to this mode. */
void janitor_guard_terminal(struct session *s, const struct termios *mode);

/* From now on the group in this directory would be emptied and removed; NULL:
 * no longer. */
void janitor_guard_group(struct session *s, const char *dir);

/* The shell has cleaned up by itself. */
void janitor_dismiss(struct session *s);

#endif
