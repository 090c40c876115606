/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cd: the working directory of the box (chdir(2)), from which relative paths
 * in later ops and the programs in it start.
 */
#include <stddef.h>

#include "ops/sys/sys.h"
#include "ops/why/diagnose.h"

static int box(struct call *c)
{
	return sys_chdir(c, c->argv[1]);
}

static void diagnose(struct call *c)
{
	diagnose_path(c, c->argv[1]);
}

const struct op op_cd = {
	.name = "cd",
	.usage = "cd DIR",
	.summary = "change the working directory of the box",
	.detail = "Relative paths in later ops, and programs, start there. See chdir(2).",
	.argmin = 1,
	.argmax = 1,
	.args = {{ARG_DIR, NULL}},
	.box = box,
	.diagnose = diagnose,
};
