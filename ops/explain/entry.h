/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the files with entries: how one is written down.
 */
#ifndef CTRSH_OPS_EXPLAIN_ENTRY_H
#define CTRSH_OPS_EXPLAIN_ENTRY_H

#include "ops/explain/explain.h"

/* Versions of clang-format differ about a macro that is braces. */
/* clang-format off */
#define STEP(...) {__VA_ARGS__} /* a name for one of them */
/* clang-format on */
#define STEPS(...)                                                                                 \
	(const struct explain_step[])                                                              \
	{                                                                                          \
		__VA_ARGS__,                                                                       \
		{                                                                                  \
			NULL, NULL, NULL                                                           \
		}                                                                                  \
	}

#endif
