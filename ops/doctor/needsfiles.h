/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of the needs that is about files. As needs_lack: true, and why.
 */
#ifndef CTRSH_OPS_DOCTOR_NEEDSFILES_H
#define CTRSH_OPS_DOCTOR_NEEDSFILES_H

#include "ops/doctor/needs.h"
#include "ops/doctor/needstable.h"

bool lacks_directory(const struct stand *s, const struct need *n, const struct op *op, int argc,
		     char **argv, char *why, unsigned size);
bool lacks_sight(const struct machine *m, const struct stand *s, const struct op *op, char *why,
		 unsigned size);

/* The step is taken. */
void needsfiles_go_on(struct stand *s, const struct need *n, const struct op *op, int argc,
		      char **argv);

#endif
