/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who keeps a mount busy; for diagnoses.
 */
#ifndef CTRSH_OPS_FILES_MOUNTUSER_H
#define CTRSH_OPS_FILES_MOUNTUSER_H

#include <stdbool.h>

#include "ops/op.h"

/* A process that has a file of the mount open (writing: for that), its root,
 * working directory or program there, in words. id: as in mountinfo. false:
 * none that we may see. */
bool mount_user(struct call *c, int id, bool writing, char *who, unsigned size);

#endif
