/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_OPS_LIMITS_IOPRIO_H
#define CTRSH_OPS_LIMITS_IOPRIO_H

#include <stdbool.h>

/* What the words of an ioprio line mean to ioprio_set(2). */
struct ioprio {
	const char *constant; /* IOPRIO_CLASS_... */
	const char *ionice;   /* the class in the words of ionice(1) */
	int class, level;     /* level: 0 to 7; 0 where the class has none */
	bool levels;          /* it has */
};

/* argv as an op has it. -1: malformed, and what is wrong stands in *err. */
struct err;
int ioprio_parse(int argc, char **argv, struct ioprio *p, struct err *err);

#endif
