/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box on paper: what it would be after some ops, as far as their words
 * tell. What follows from that is certain on every machine, for every user.
 */
#ifndef CTRSH_OPS_PAPER_H
#define CTRSH_OPS_PAPER_H

#include <stdint.h>

#include "ops/op.h"

struct paper {
	unsigned own;   /* namespaces that are not the host's: at most these */
	unsigned owned; /* those that its own user namespace owns: at most these */
	bool user;      /* it made a user namespace, and joined nothing since */
	bool chrooted;  /* its root directory is not that of its mount namespace */
	bool frozen;    /* and cannot answer */
	bool uid, gid;  /* these maps are written */
	bool deny;      /* setgroups is denied */
	uint64_t lost;  /* capabilities it does not hold */
	bool unknown;   /* nothing is certain any more */
};

/* The box after the op. maybe: it could fail, and what follows be done all the same. */
void paper_do(struct paper *p, const struct op *op, int argc, char **argv, bool maybe);

/* -1 and *err (ERR_ORDER): the guard would refuse the op; or the kernel would. */
int paper_guard(const struct paper *p, const struct op *op, int argc, char **argv, bool insist,
		struct err *err);
int paper_refuses(const struct paper *p, const struct op *op, int argc, char **argv,
		  struct err *err);

#endif
