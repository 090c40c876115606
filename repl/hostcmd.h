/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_REPL_HOSTCMD_H
#define CTRSH_REPL_HOSTCMD_H

#include "ops/err.h"

/* `!cmd`: runs it with /bin/sh, here on the host, and waits. 0, or -1 when it
 * ended with something other than 0. */
int hostcmd_run(const char *command, struct err *err);

#endif
