/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Traced calls on file system contexts: a file system is opened, configured
 * word by word, created (or changed), and then mounted nowhere yet. As in
 * sys.h: the call's own result, or -1 and c->err; the reason that the kernel
 * leaves in the context, if there is one, becomes the error's why.
 */
#ifndef CTRSH_OPS_SYS_SYSCONTEXT_H
#define CTRSH_OPS_SYS_SYSCONTEXT_H

#include <stdint.h>

#include "ops/op.h"

int sys_fsopen(struct call *c, const char *type);

/* The context of the file system whose mount fd refers to, to change it. */
int sys_fspick(struct call *c, int fd);

/* value NULL: a word without one. */
int sys_fsconfig_set(struct call *c, int context, const char *key, const char *value);

int sys_fsconfig_create(struct call *c, int context);
int sys_fsconfig_reconfigure(struct call *c, int context);
int sys_fsmount(struct call *c, int context, uint64_t attributes);

/* Each of the words of data (as in mount(2)) is set, until one is refused. */
int context_set_all(struct call *c, int context, const char *data);

/* mount(2) has refused data: which word is to blame? Tries them out on a context
 * that is never mounted, unseen. Fills why, if it finds one. */
void context_blame(struct call *c, const char *type, const char *data);

#endif
