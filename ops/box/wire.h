/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The messages between shell and box, on a SOCK_SEQPACKET pair: one request,
 * then any number of trace lines, then one result. What comes from the box is
 * checked, for foreign code may live beside it: lengths, kinds, terminators;
 * and no descriptor is accepted from it but a listener that was asked for (notify.h).
 */
#ifndef CTRSH_OPS_BOX_WIRE_H
#define CTRSH_OPS_BOX_WIRE_H

#include <stdbool.h>
#include <sys/types.h>

#include "ops/err.h"

#define WIRE_ARGS 65536 /* bytes of all arguments of one op, with their NULs */
#define WIRE_ARGC 4096
#define WIRE_FDS  3
#define WIRE_TEXT 1024

struct request {
	unsigned op;   /* place in the table; REQUEST_STATE: none, only reply */
	bool trace;    /* send trace lines */
	bool terminal; /* the descriptors are a terminal's */
	unsigned nfds; /* so many descriptors come along; fewer arrive at a limit (unix(7)) */
	unsigned argc, len;
	char args[WIRE_ARGS]; /* argc strings, each with its NUL */
};

/* In place of an op: reply, and do nothing; try ways out (audit/probe.h); make a call that
 * asks for nothing (diagfilter.h). */
#define REQUEST_STATE    ((unsigned)-1)
#define REQUEST_PROBE    ((unsigned)-2)
#define REQUEST_HARMLESS ((unsigned)-3)

enum reply_kind {
	REPLY_TRACE, /* text: a finished call */
	REPLY_PRINT, /* text: a line of the op's result, for standard output */
	/* text: the execve(2) that exec makes next and may not return from, or that run made */
	REPLY_EXECVE,
	REPLY_FILTER, /* text: what the filter of the next program refuses (filterwhy.h) */
	/* text: the call that loaded a filter with a listener, and its result; the listener came
	   along */
	REPLY_LISTENER,
	REPLY_DONE,   /* the op succeeded */
	REPLY_FAILED, /* the op failed: err */
	REPLY_GONE,   /* the other end is closed; never sent */
};

struct reply {
	enum reply_kind kind;
	int listener;      /* of REPLY_LISTENER: the receiver's to close; else -1 */
	int status;        /* of a program that ran, as waitpid(2) gives it */
	char hostname[65]; /* of the box, with its last result: uname(2) */
	union {
		char text[WIRE_TEXT];
		struct err err;
	};
};

/* The bytes that arguments take in a request, -1: too many, or too many of them. */
int request_size(int argc, char **argv);

/* -1: the arguments do not fit (E2BIG) or the other end is gone (errno). fds
 * are passed along (SCM_RIGHTS). */
int request_pack(struct request *r, int argc, char **argv);
int request_send(int sock, struct request *r, const int *fds, int nfds);

/* 1: a request, whose strings argv points into; 0: the other end is closed;
 * -1: malformed. argv has room for WIRE_ARGC + 1. Up to WIRE_FDS descriptors,
 * close-on-exec, are the caller's to close. */
int request_receive(int sock, struct request *r, char **argv, int *fds, int *nfds);

int reply_send(int sock, const struct reply *r);

/* The same with a descriptor: REPLY_LISTENER. */
int reply_send_listener(int sock, const struct reply *r, int listener);

/* Waits for one reply; REPLY_GONE is one. -1: it could not be received, or, for
 * reply_await, a signal asks the shell to end (errno). pid: the sender, as
 * the kernel vouches for it (SCM_CREDENTIALS; the socket has SO_PASSCRED), in the reader's PID
 * namespace. */
int reply_receive(int sock, struct reply *r, pid_t *pid);
int reply_await(int sock, struct reply *r, pid_t *pid);

#endif
