/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The shell's side of seccomp notify: it holds the listener of the program that runs, is told
 * of each call, shows it, and says whether it goes on. The listener is the only descriptor
 * that the shell takes from a box, only once it has asked for it, and only if the kernel says
 * that it is one. With the last holder's end the kernel gives ENOSYS to each such call
 * (seccomp_unotify(2)): so no program ever waits for a shell that is gone.
 */
#ifndef CTRSH_OPS_SECCOMP_NOTIFY_H
#define CTRSH_OPS_SECCOMP_NOTIFY_H

#include "ops/box/session.h"

/* Takes a descriptor that came with REPLY_LISTENER; what is not wanted is closed. */
void notify_take(struct session *s, int fd);

/* Answers one call. The listener is readable, or nobody is left to make a call. */
void notify_answer(struct session *s);

/* The program has ended. What it left behind gets ENOSYS for such calls. */
void notify_end(struct session *s);

/* "openat(AT_FDCWD, "/etc/passwd", ...)" of that call, whose process has memory open as mem. */
struct seccomp_data;
void notify_text(char *buf, unsigned size, const struct seccomp_data *data, int mem);

#endif
