/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_OPS_LIMITS_MEMPOLICY_H
#define CTRSH_OPS_LIMITS_MEMPOLICY_H

#include <sched.h>
#include <stdbool.h>

#include "ops/err.h"

/* What the words of a mempolicy line mean to set_mempolicy(2). */
struct mempolicy {
	const char *constant; /* MPOL_... */
	const char *numactl;  /* the option of numactl(8); NULL: it has none */
	int mode;
	bool nodes; /* it takes some */
};

/* argv as an op has it; *set: the nodes. -1: malformed, and what is wrong stands in *err. */
int mempolicy_parse(int argc, char **argv, struct mempolicy *p, cpu_set_t *set, struct err *err);

#endif
