/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The warden: a process that waits on the host for the shell's death. Should
 * the shell be killed (SIGKILL leaves it no time), it removes what session.made
 * has and puts the terminal's mode back; at a regular end the shell does
 * that, and kills the warden.
 */
#ifndef CTRSH_OPS_BOX_WARDEN_H
#define CTRSH_OPS_BOX_WARDEN_H

#include <termios.h>

#include "ops/box/session.h"

/* Makes sure that it runs: before something is made on the host. 0, or -1 and
 * errno. */
int warden_start(struct session *s);

/* The same, with the failure in *err. */
struct err;
int warden_needed(struct session *s, struct err *err);

/* One that begins now takes the place of the one there is, if there is one: it holds what the
 * shell does by now (session.nets). 0, or -1 and *err: it is as before. */
int warden_follow(struct session *s, struct err *err);

/* Before each step: should it have been killed alone, another takes its place. */
void warden_renew(struct session *s);

/* From now on it would put the terminal on descriptor 0 back to this mode. */
void warden_guard_terminal(struct session *s, const struct termios *mode);

/* All is cleaned up: it goes. */
void warden_dismiss(struct session *s);

#endif
