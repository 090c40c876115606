/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The traced calls that make files below a directory that is held as a
 * descriptor, and pivot_root. As in sys.h: the call's own
 * result, or -1 and c->err.
 */
#ifndef CTRSH_OPS_SYS_SYSNODE_H
#define CTRSH_OPS_SYS_SYSNODE_H

#include <sys/types.h>

#include "ops/op.h"

/* mknodat(2); mode has the type (S_IFCHR, S_IFBLK, S_IFIFO, S_IFREG). */
int sys_mknodat(struct call *c, int dirfd, const char *name, mode_t mode, dev_t dev);

int sys_symlinkat(struct call *c, const char *to, int dirfd, const char *name);

/* umask(2), which cannot fail: the mask before. */
mode_t sys_umask(struct call *c, mode_t mask);

int sys_pivot_root(struct call *c, const char *new_root, const char *put_old);

/* umount2(2) with MNT_DETACH: the mount on top of the working directory, or that
 * whose root it is. */
int sys_detach_here(struct call *c);

#endif
