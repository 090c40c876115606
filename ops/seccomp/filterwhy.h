/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The filter as the cause of a program's death. The rules are in the box, which exec uses
 * up, so it tells of them before a program starts; what comes from a box is a text to look
 * words up in, and no more.
 */
#ifndef CTRSH_OPS_SECCOMP_FILTERWHY_H
#define CTRSH_OPS_SECCOMP_FILTERWHY_H

#include <stdbool.h>

#include "ops/err.h"

/* In the box: what its filters refuse that may end a program; "": nothing. */
const char *filterwhy_told(char *buf, unsigned size);

/* In the shell: adds the cause to *e. wait_status: as waitpid(2) gives it. true: the filter is
 * the cause. */
bool filterwhy(const char *told, int wait_status, struct err *e);

#endif
