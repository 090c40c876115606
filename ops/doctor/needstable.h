/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of needs: a line for each op.
 */
#ifndef CTRSH_OPS_DOCTOR_NEEDSTABLE_H
#define CTRSH_OPS_DOCTOR_NEEDSTABLE_H

#include <stdint.h>

#include "ops/op.h"

enum {
	NEED_IDS = 1,
	NEED_FILTER = 2,
	NEED_LIBMOUNT = 4,
	NEED_ROOT = 8,
	NEED_DIR = 16,
	NEED_TREE = 32,
	NEED_PERHAPS = 64
};

/* caps: over what is the box's; host: over what is the host's. NEED_DIR: an
 * argument is a directory of the host, as long as the root is; NEED_ROOT and
 * NEED_TREE: with programs in it. NEED_PERHAPS: some lines do without the caps. */
struct need {
	const char *op;
	uint64_t caps, host;
	const char *controller; /* "": the argument names it */
	unsigned flags;
};

/* Of the op; one without a name for an op that is not in the table. */
const struct need *needs_of(const struct op *op);

#endif
