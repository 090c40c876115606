/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the kernel checks in a call before it answers with an errno: not the
 * cause, of which there can be many, but all that is asked for.
 */
#ifndef CTRSH_OPS_WHY_CHECKS_H
#define CTRSH_OPS_WHY_CHECKS_H

#include "ops/err.h"

struct check {
	const char *call; /* as struct err.what begins, up to its ( */
	int errnum;
	const char *text;
	const char *pages; /* man pages */
};

/* For this failure, NULL: there is no entry. */
const struct check *check_find(const struct err *err);

#endif
