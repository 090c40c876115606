/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a map was not taken.
 */
#ifndef CTRSH_OPS_NAMESPACES_MAPDIAG_H
#define CTRSH_OPS_NAMESPACES_MAPDIAG_H

#include <stdbool.h>

#include "ops/op.h"

void map_diagnose(struct call *c);

/* Was uid_map or gid_map of the box written before? Then that is why. */
bool map_diagnose_written(struct call *c, const char *file);

/* For explain: are there ranges for map auto? 0, or -1 and c->err. */
int map_auto_refuses(struct call *c);

#endif
