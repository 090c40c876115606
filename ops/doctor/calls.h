/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * System calls that ctrsh makes, each tried with arguments that the kernel must
 * refuse, in a way that tells whether it got to look at them: a filter of
 * seccomp(2) answers before the kernel does.
 */
#ifndef CTRSH_OPS_DOCTOR_CALLS_H
#define CTRSH_OPS_DOCTOR_CALLS_H

#include <stdbool.h>

#define CALLS_MAX 16

enum call_verdict {
	CALL_WORKS,
	CALL_MISSING,  /* ENOSYS, and the kernel is older */
	CALL_FILTERED, /* another errno, or ENOSYS of a kernel that has it, or it kills */
};

struct known_call {
	const char *name, *since; /* since: the version of Linux; "": always */
	long number;
	long args[5];
	int errnum;       /* what the kernel itself says to it */
	const char *what; /* for what ctrsh makes it */
};

extern const struct known_call known_calls[]; /* ends with a NULL name */

/* Fills one verdict for each of them. */
void calls_look(enum call_verdict verdicts[CALLS_MAX]);

/* Is a version, as uname(2) gives it, less than another? */
bool calls_older(const char *release, const char *than);

#endif
