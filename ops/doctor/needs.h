/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each op needs of the machine, and whether it has that: so it can be told
 * of a step, before it is taken, that it will fail here.
 */
#ifndef CTRSH_OPS_DOCTOR_NEEDS_H
#define CTRSH_OPS_DOCTOR_NEEDS_H

#include <stdint.h>

#include "ops/doctor/machine.h"
#include "ops/op.h"

/* How far a box would be, on paper. */
struct stand {
	bool user;     /* it has a user namespace of its own */
	bool root;     /* another root: paths are not the host's any more */
	bool mounted;  /* something was mounted: what is in a directory is not known */
	bool bare;     /* what the host has mounted was taken off with its root */
	bool proc;     /* it mounted a procfs */
	unsigned own;  /* CLONE_NEW* */
	bool no_privs; /* no_new_privs */
	/* Directories that it made or mounted upon, the first of them: what is there and below is
	 * not known. */
	char made[4][128];
	int n_made;
};

/* Would the op fail here? true, and why. Otherwise the stand goes on. */
bool needs_lack(const struct machine *m, struct stand *s, const struct op *op, int argc,
		char **argv, char *why, unsigned size);

/* All capabilities that some op needs. */
uint64_t needs_capabilities(void);

#endif
