/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * seccomp default: what container engines allow their containers.
 */
#ifndef CTRSH_OPS_SECCOMP_PROFILE_H
#define CTRSH_OPS_SECCOMP_PROFILE_H

#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>

/* Names of system calls, with blanks between: always allowed; allowed to a program
 * that holds the capability (NULL at the end). */
extern const char profile_always[];
extern const struct profile_caps {
	int cap;
	const char *names;
} profile_with[];

/* Adds rules to a filter whose default is to deny with EPERM. caps: what the
 * program will hold. own: is there a rule for this call already? 0, or what
 * libseccomp returned. */
int profile_add(scmp_filter_ctx ctx, uint64_t caps, bool (*own)(int number));

#endif
