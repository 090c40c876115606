/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box, seen from within: it reads requests, carries out the box half of
 * each op on itself, and replies. Ends when the shell is gone.
 */
#ifndef CTRSH_OPS_BOX_SERVE_H
#define CTRSH_OPS_BOX_SERVE_H

/* In the forked process; sock is its end of the socket pair. */
_Noreturn void serve(int sock);

/* For a process that takes the box's place (unshare pid), and for children:
 * asks the kernel to kill it when its parent ends. A fork clears this. */
void serve_die_with_parent(void);

/* The shell gets a filter's listener; text: the call that made it, and its result. */
int serve_hand_over(const char *text, int listener);

/* After a change of the box's credentials (setresuid, setns to a user
 * namespace), which also clears this, and lets nobody look into it. */
void serve_credentials_changed(void);

/* In an op's box half: the call that is made next may not return. */
struct call;
void serve_announce_execve(struct call *c, const char *text);

/* Likewise: the program that starts next has a filter, of which this is told (filterwhy.h). */
void serve_tell_filter(const char *told);

#endif
