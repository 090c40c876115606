/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Is there a whole proc or sysfs, that the box may have another? For diagnoses.
 */
#ifndef CTRSH_OPS_FILES_MOUNTWHOLE_H
#define CTRSH_OPS_FILES_MOUNTWHOLE_H

#include "ops/op.h"

/* For EPERM: type: proc or sysfs. Fills why and fix, or leaves them empty. */
void mount_no_whole(struct call *c, const char *type);

#endif
