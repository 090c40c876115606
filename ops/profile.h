/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * seccomp default: what container engines allow their containers.
 */
#ifndef CTRSH_OPS_PROFILE_H
#define CTRSH_OPS_PROFILE_H

#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>

/* Adds rules to a filter whose default is to deny with EPERM. caps: what the
 * program will hold. own: is there a rule for this call already? 0, or what
 * libseccomp returned. */
int profile_add(scmp_filter_ctx ctx, uint64_t caps, bool (*own)(int number));

#endif
