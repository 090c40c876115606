/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box half of "mount overlay".
 */
#ifndef CTRSH_OPS_FILES_LAYERS_H
#define CTRSH_OPS_FILES_LAYERS_H

#include "ops/op.h"

/* c->argv: name, DIR, lower, upper, work (both empty: thrown away), flags of
 * mount(2), further words for the file system (or empty). */
int layers_box(struct call *c);

#endif
