/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_OPS_FACTS_MOUNTS_H
#define CTRSH_OPS_FACTS_MOUNTS_H

#include "ops/facts/items.h"
#include "ops/facts/subject.h"

/* The items of the fact, but for the mounts that another one, on the same point or
 * above it, covers: those that the process can't reach by their path. */
void mounts_visible(const struct subject *who, struct items *t);

#endif
