/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The traced calls that work on descriptors of mounts and directories. As in
 * sys.h: the call's own result, or -1 and c->err. Descriptors are close-on-exec.
 */
#ifndef CTRSH_OPS_SYS_SYSMOUNT_H
#define CTRSH_OPS_SYS_SYSMOUNT_H

#include <stdint.h>
#include <sys/types.h>

#include "ops/op.h"

/* openat2(2) with O_PATH|O_CLOEXEC and these flags and RESOLVE_* bits. */
int sys_openat2_path(struct call *c, int dirfd, const char *path, int flags, uint64_t resolve);

/* openat(2) with O_PATH|O_NOFOLLOW|O_CLOEXEC. */
int sys_openat_nofollow(struct call *c, int dirfd, const char *name);

/* open_tree(2) with OPEN_TREE_CLONE: a detached copy of the mount at path, with
 * those below it if recursive. An empty path: at dirfd itself. */
int sys_open_tree(struct call *c, int dirfd, const char *path, bool recursive);

/* move_mount(2): the mount that fd refers to goes to where target refers to. */
int sys_move_mount(struct call *c, int fd, int target);

/* mount_setattr(2) on the mount that fd refers to: MOUNT_ATTR_* bits. */
int sys_mount_setattr(struct call *c, int fd, bool recursive, uint64_t set, uint64_t clear);

/* Such bits as text. */
const char *sys_mount_attributes(char *buf, unsigned size, uint64_t bits);

/* mount_setattr(2) with MOUNT_ATTR_IDMAP and the user namespace whose maps count; and private,
 * for a copy of a shared mount is its peer. */
int sys_mount_setidmap(struct call *c, int fd, uint64_t set, uint64_t clear, int userns);

int sys_mkdirat(struct call *c, int dirfd, const char *name, mode_t mode);

#endif
