/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_REPL_HOSTCMD_H
#define CTRSH_REPL_HOSTCMD_H

#include <sys/types.h>

#include "ops/err.h"
#include "repl/vars.h"

#define HOSTCMD_BOX "CTRSH_BOX" /* the box's PID, in its environment */

/* `!cmd`: runs it with /bin/sh, here on the host, and waits. It has the script's arguments as its
 * own, and the variables in its environment; box: 0, there is none. 0, or -1 when it ended with
 * something other than 0. */
int hostcmd_run(const char *command, const struct vars *vars, pid_t box, struct err *err);

#endif
