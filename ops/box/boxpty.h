/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A new pseudo-terminal (pty(7)) for a program in the box.
 */
#ifndef CTRSH_OPS_BOX_BOXPTY_H
#define CTRSH_OPS_BOX_BOXPTY_H

#include "ops/box/session.h"
#include "ops/err.h"

/* From the devpts that is mounted at the box's /dev/pts, so that inside the
 * terminal has a name (tty(1)) and can be opened by it; where there is none,
 * from the host's. Both ends are close-on-exec and no controlling terminal of
 * ours; the program's end belongs to the box's user. 0 or -1. */
int boxpty_open(const struct session *s, int *master, int *slave, struct err *err);

#endif
