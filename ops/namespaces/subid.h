/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ranges of IDs that a user may map beside his own (subuid(5), subgid(5)).
 */
#ifndef CTRSH_OPS_NAMESPACES_SUBID_H
#define CTRSH_OPS_NAMESPACES_SUBID_H

#include <sys/types.h>

#include "ops/namespaces/idmap.h"

/* Map 0 onto own, and from 1 on the ranges that the file gives to the user.
 * How many ranges these are; -1: the file cannot be read. */
int subid_map(const char *file, uid_t user, unsigned own, struct idmap *m);

/* The user's name, or his number, in buf. */
const char *subid_name(uid_t user, char *buf, unsigned size);

#endif
