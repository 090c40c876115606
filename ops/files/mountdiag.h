/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why the kernel refused a mount: each looks at the box's mounts, namespaces
 * and files, and fills why and fix of c->err, or leaves them empty.
 */
#ifndef CTRSH_OPS_FILES_MOUNTDIAG_H
#define CTRSH_OPS_FILES_MOUNTDIAG_H

#include "ops/op.h"

void mount_fs_diagnose(struct call *c);

/* For EINVAL: uid=N, gid=N in options that do not exist in the box's user namespace. */
void mount_ids_diagnose(struct call *c, const char *options);

void mount_bind_diagnose(struct call *c);
void mount_change_diagnose(struct call *c); /* remount, propagation */
void mount_overlay_diagnose(struct call *c);
void umount_diagnose(struct call *c);

#endif
