/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The names of capabilities (capabilities(7)), as libcap knows them. A set is
 * a mask, bit N for capability N, as in /proc/PID/status.
 */
#ifndef CTRSH_OPS_PRIVILEGE_CAPNAME_H
#define CTRSH_OPS_PRIVILEGE_CAPNAME_H

#include <stdint.h>

#include "ops/err.h"

#define CAP_BIT(cap) (UINT64_C(1) << (cap))

/* All that this kernel knows (/proc/sys/kernel/cap_last_cap). */
uint64_t capname_all(void);

/* The number of a name, with or without cap_, in any case. -1 and *err for the
 * op: there is none. */
int capname_number(const char *name, const char *op, struct err *err);

/* CAP_NAME, in buf. */
const char *capname_upper(char *buf, unsigned size, int cap);

/* A set in words: all, none, all but NAME..., or NAME... */
const char *capname_list(char *buf, unsigned size, uint64_t set);

/* For completion: these words, and then all names. NULL at the end. */
const char *const *capname_words(const char *const *first);

#endif
