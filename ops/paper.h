/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box on paper: what it would be after some ops, as far as their words
 * tell. What follows from that is certain on every machine, for every user.
 */
#ifndef CTRSH_OPS_PAPER_H
#define CTRSH_OPS_PAPER_H

#include <stdint.h>

#include "ops/op.h"

/* What is certain; where it is not, the bit is clear. */
enum paper_fact {
	PAPER_USER = 1,        /* it made a user namespace, and joined none since */
	PAPER_CHROOTED = 2,    /* its root directory is not that of its mount namespace */
	PAPER_FROZEN = 4,      /* it cannot answer */
	PAPER_UIDS = 8,        /* a map of user IDs is written */
	PAPER_GIDS = 16,       /* the same of group IDs */
	PAPER_NO_UIDS = 32,    /* it is not */
	PAPER_NO_GIDS = 64,    /* nor that */
	PAPER_ONE_ID = 128,    /* they have 0 and nothing else */
	PAPER_DENY = 256,      /* setgroups is denied */
	PAPER_ZERO = 512,      /* it is user 0 of its user namespace, or holds nothing in effect */
	PAPER_FIXUP = 1024,    /* a change of the user ID takes what is in effect */
	PAPER_FORGETS = 2048,  /* and what is permitted */
	PAPER_NOT_ZERO = 4096, /* it is not user 0 */
	PAPER_PRIVS = 8192,    /* no_new_privs is not set */
	PAPER_RULES = 16384,   /* seccomp lines wait for a program */
	PAPER_NO_RULES = 32768 /* there are none */
};

struct paper {
	unsigned own;   /* namespaces that are not the host's: at most these */
	unsigned owned; /* those that its own user namespace owns: at most these */
	unsigned facts; /* PAPER_* */
	uint64_t lost;  /* capabilities it does not hold in effect */
	uint64_t gone;  /* those it is not even permitted */
	uint64_t bound; /* those that its bounding set has */
	bool unknown;   /* nothing is certain any more */
};

/* The box before the first op. */
struct paper paper_new(void);

/* The box after the op. maybe: it could fail, and what follows be done all the same. */
void paper_do(struct paper *p, const struct op *op, int argc, char **argv, bool maybe);

/* -1 and *err (ERR_ORDER): the guard would refuse the op; or the kernel would. */
int paper_guard(const struct paper *p, const struct op *op, int argc, char **argv, bool insist,
		struct err *err);
int paper_refuses(const struct paper *p, const struct op *op, int argc, char **argv,
		  struct err *err);

/* The capabilities without which the op certainly fails, whatever there is. */
uint64_t paper_needs(const struct op *op, int argc, char **argv);

#endif
