/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The warden: a second process beside the box, which stays on the host and
 * looks after what is made there for a box. Ops with OP_WARDEN have their host
 * half carried out by it, so that libcgroup does its slow start beside the
 * box's work and not in its way. And should the shell be killed (SIGKILL
 * leaves it no time), the warden puts the host back in order: it sees the end
 * of its socket.
 */
#ifndef CTRSH_OPS_WARDEN_H
#define CTRSH_OPS_WARDEN_H

#include <termios.h>

#include "op.h"
#include "session.h"

/* Makes sure that it runs. prepare: what it does first, or NULL. 0 or -1. */
int warden_start(struct session *s, void (*prepare)(void));

/* Has the host half of the op carried out. 0 or -1. */
int warden_ask(struct call *c);

/* Has it taken back. */
void warden_undo(struct call *c);

/* From now on it would put the terminal on descriptor 0 back to this mode. */
void warden_guard_terminal(struct session *s, const struct termios *mode);

/* Removes what was made on the host for the box that has ended. What could not
 * be removed is named in *left (room for 256), else it is empty. */
void warden_clean(struct session *s, char *left);

/* All is cleaned up: it goes. */
void warden_dismiss(struct session *s);

#endif
