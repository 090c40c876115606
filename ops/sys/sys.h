/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thin layer through which ops make system calls. Each function makes the
 * call of its name (section 2 of the manual), writes it into the trace, and on
 * failure fills c->err with the call and its errno. Result: the call's own, or
 * -1.
 */
#ifndef CTRSH_OPS_SYS_SYS_H
#define CTRSH_OPS_SYS_SYS_H

#include <sys/types.h>

#include "ops/op.h"

int sys_unshare(struct call *c, unsigned flags);
int sys_setns(struct call *c, int fd, const char *fdname, unsigned flags);
int sys_sethostname(struct call *c, const char *name);
int sys_chroot(struct call *c, const char *dir);
int sys_chdir(struct call *c, const char *dir);
int sys_fchdir(struct call *c, int fd, const char *fdname);
int sys_open_path(struct call *c, const char *path);
int sys_pidfd_open_self(struct call *c);
int sys_mount(struct call *c, const char *src, const char *dir, const char *type,
	      unsigned long flags, const char *data);
/* The names of its flags. */
const char *sys_mount_flags(char *buf, unsigned size, unsigned long flags);
int sys_umount(struct call *c, const char *dir, int flags);
int sys_mkdir(struct call *c, const char *dir, mode_t mode);
pid_t sys_fork(struct call *c);
pid_t sys_waitpid(struct call *c, pid_t pid, int *status);

/* fork(2) of a sibling: the new process is a child of the caller's parent
 * (CLONE_PARENT). In the parent the call is traced; the child only returns 0. */
pid_t sys_clone_sibling(struct call *c);

/* execve(2). The text of the call is written to line (size ERR_TEXT) before it
 * is made, for it does not return when it succeeds. */
int sys_execve(struct call *c, const char *path, char **argv);
void sys_execve_text(char *line, unsigned size, const char *path, char **argv);

/* For calls that are made elsewhere (libraries): traces "text = result", and
 * fills c->err when errnum is not 0. */
int sys_report(struct call *c, long result, int errnum, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

#endif
