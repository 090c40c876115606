/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an op would do with these arguments now: the calls, in plain words, and
 * the same in other tools' words. The texts are data (struct explain), one entry
 * for each op, in which $NAME is filled in: from the arguments, by the functions
 * that the op itself reads them with, and from what the kernel says about the
 * box (values.c). Nothing is carried out. A test holds each entry against the
 * trace of the op.
 */
#ifndef CTRSH_OPS_EXPLAIN_EXPLAIN_H
#define CTRSH_OPS_EXPLAIN_EXPLAIN_H

#include <stdbool.h>
#include <stdio.h>

#include "ops/box/session.h"
#include "ops/op.h"
#include "ops/paper.h"

struct explain_step {
	const char *call;  /* "box call(...)" or "host call(...)"; "..." is not known before */
	const char *words; /* what it does */
	const char *when;  /* conditions that must hold, ! for not; NULL: always */
};

struct explain {
	const char *op;
	const struct explain_step *steps; /* ends with a NULL call */
	const char *tools;  /* the same, in words of unshare(1), mount(8), ...; a line each */
	const char *docker; /* as options of docker run, or why there is none */
	const char *c;      /* NULL: the calls of the steps, as statements */
	bool each;          /* the steps are made for each of the arguments */
};

/* The entries, grouped as the ops are; each array ends with a NULL op. */
extern const struct explain explain_namespaces[], explain_limits[], explain_process[],
	explain_mounts[], explain_files[], explain_net[], explain_privilege[];

/* One op with its arguments, and the state in which it would be carried out. */
struct explaining {
	const struct op *op;
	int argc;
	char **argv; /* as an op gets them */
	bool insist;
	const struct session *session; /* NULL: on paper, the box is not there */
	struct paper box;              /* what it is */
	bool init;                     /* PID 1 in a namespace of its own */
};

const struct explain *explain_find(const struct op *op);

/* The session; before there is a box: as if we were it. */
struct session explain_session(const struct explaining *x);

/* The state of the session's box, or of the one there would be. */
void explain_look(struct explaining *x, const struct session *s);

/* A set of capabilities of the box, by its name in /proc/PID/status (proc(5)); all on paper. */
uint64_t explain_caps(const struct explaining *x, const char *key);

/* Is that a directory, as the box sees it? */
bool explain_is_dir(const struct explaining *x, const char *path);

/* Why it would be refused now, before the kernel is asked or by it. 0: nothing is
 * known against it; -1 and *err. */
int explain_refuses(const struct explaining *x, struct err *err);

/* Do the conditions hold? And a text with its values filled in; the caller's to
 * free, NULL without memory. */
bool explain_holds(const struct explaining *x, const char *when);
char *explain_fill(const struct explaining *x, const char *text);

/* For fill: the value of that name is written to f. false: there is no such name. */
bool explain_value(const struct explaining *x, const char *name, FILE *f);

#endif
