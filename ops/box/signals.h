/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: what the shell, the box and the programs in it do with them.
 * In the shell, the signals that ask it to end, and those that say that the
 * window changed or a child ended, are blocked and delivered only while it waits (ppoll), so
 * that none is lost between a test and a sleep.
 */
#ifndef CTRSH_OPS_BOX_SIGNALS_H
#define CTRSH_OPS_BOX_SIGNALS_H

#include <poll.h>
#include <signal.h>

/* At the start of the program: dispositions and masks inherited from a careless
 * parent are put right (SIGCHLD ignored, signals blocked). */
void signals_shell(void);

/* In the box: the keyboard's signals are for the programs in it, not for it. */
void signals_box(void);

/* In a process that is about to execute a program: as the program expects
 * them; what our own parent ignored (nohup) stays ignored. */
void signals_program(void);

/* The mask to wait with (ppoll, readline): the one before we blocked anything. */
const sigset_t *signals_waiting(void);

/* The signal that asked the shell to end, or 0. */
int signals_ending(void);

/* Forgets an interrupt; after one was handled at the prompt. */
void signals_forget(void);

/* Waits until fd is readable. -1 with EINTR: a signal asks the shell to end. */
int signals_wait(int fd);

/* Waits so many nanoseconds. -1 with EINTR: a signal asks the shell to end. */
int signals_pause(long ns);

/* ppoll(2) with the waiting mask; -1 with EINTR when a signal came. */
int signals_poll(struct pollfd *fds, nfds_t n);

#endif
