/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The terminal of a program in the box. When one of our standard streams is a
 * terminal, the program gets a new pseudo-terminal (pty(7)) in its place, and
 * we relay bytes and window size: job control works inside, and nothing inside
 * holds the person's own terminal. Streams that are no terminal are passed on.
 */
#ifndef CTRSH_OPS_BOX_TERMINAL_H
#define CTRSH_OPS_BOX_TERMINAL_H

#include <stdbool.h>

#include "ops/box/session.h"
#include "ops/err.h"

struct terminal {
	int streams[3];     /* for the program */
	int master;         /* our side of the pty, -1: there is none */
	int slave;          /* the program's side; closed once it is handed over */
	int person;         /* descriptor of the person's terminal, for output */
	bool keyboard;      /* our standard input is the terminal: it is read, and raw */
	bool held;          /* what the program says waits: it is not yet in the trace */
	bool key;           /* the last that was shown is a key that ended the program, as ^C */
	bool shared;        /* others of a pipeline write to it: it must go on to end their lines */
	char pending[4096]; /* typed, not yet taken by the pty */
	unsigned n_pending;
};

int terminal_open(struct terminal *t, struct session *s, struct err *err);

/* After the streams were sent to the box. */
void terminal_handed_over(struct terminal *t);

/* Relays, and answers calls that the shell is told of, until fd is readable or closed, or, where fd
 * is -1, until the box has ended. -1: a signal asks the shell to end. */
int terminal_wait(struct terminal *t, struct session *s, int fd);

/* Relays what is left, and puts the person's terminal back as it was. */
void terminal_close(struct terminal *t);

/* Is the person's terminal raw just now? Then a line ends in CR LF. */
bool terminal_is_raw(void);

#endif
