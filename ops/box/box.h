/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box, seen from the shell: a process that carries out one op after
 * another on itself and so becomes the container.
 */
#ifndef CTRSH_OPS_BOX_BOX_H
#define CTRSH_OPS_BOX_BOX_H

#include <stdbool.h>

#include "ops/box/session.h"
#include "ops/box/wire.h"
#include "ops/op.h"

/* Makes sure that there is a box. 0 or -1. */
int box_start(struct session *s, struct err *err);

/* Kills the box and everything in it, and waits for them. Returns how the box
 * ended, as waitpid(2) gives it. Without a box: 0. */
int box_end(struct session *s);

/* For what is no op (wire.h): a request whose arguments are packed, and the next message
 * that belongs to it. Replies to earlier ones, which were given up by ^C, are passed
 * over. 0, or -1 and errno (EINTR: we are to end, signals.h). */
int box_request(struct session *s, struct request *r, const int *fds, int nfds);
int box_await(struct session *s, struct reply *r);

/* Asks the box for its half of the op and waits; descriptors can go along. 0 or -1. */
int box_ask(struct call *c);
int box_ask_with(struct call *c, const int *fds, int nfds);

/* The same in steps: send; then take replies until one is neither REPLY_TRACE
 * nor REPLY_PRINT. These are passed on. The result of REPLY_DONE and REPLY_FAILED is in
 * *c. REPLY_GONE: the box ended, or a program took its place. */
int box_send(struct call *c, const int *fds, int nfds, bool terminal);
enum reply_kind box_receive(struct call *c, struct reply *r);

/* Fills *err: a signal asks the shell to end. Always -1. */
int box_interrupted(struct err *err);

/* Is there one that has ended by itself? */
bool box_has_ended(const struct session *s);

/* Or one that is about to: what /proc says of it holds no more. */
bool box_is_ending(const struct session *s);

/* Fills *err: the box ended by itself. Always -1. */
int box_gone(struct session *s, struct err *err);

/* The box tells its hostname again (for a prompt). 0 or -1. */
int box_refresh(struct session *s);

/* A path below the box's /proc/PID directory, as in "root/etc"; for a look
 * from outside. */
void box_proc(const struct session *s, char *buf, unsigned size, const char *name);

#endif
