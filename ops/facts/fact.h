/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The facts that can be looked at, of any process: one entry in the table and a
 * reader each. Whatever shows something (status, peek, what a step changed,
 * leaks) shows facts; nothing is remembered, all is read when it is asked for.
 */
#ifndef CTRSH_OPS_FACTS_FACT_H
#define CTRSH_OPS_FACTS_FACT_H

#include "ops/facts/items.h"
#include "ops/facts/subject.h"

struct fact {
	const char *name;    /* as in peek mounts */
	const char *summary; /* for help */
	const char *keys;    /* what the keys are: "mount point" */
	/* Namespaces (CLONE_NEW*) that decide it: two processes that share them see the
	 * same. 0: it is each process's own. */
	unsigned ns;
	bool steady; /* changes by steps only, not by itself: what a step changed is told from it */
	bool cut;    /* values may be long, and begin with what matters */
	/* Values that end so are many and tell little: of those that are only outside it is told
	 * how many `asides` there are. NULL: there are none. */
	const char *aside, *asides;
	/* Appends to *t; sets t->errnum where it can't be read. */
	void (*read)(const struct subject *who, struct items *t);
};

extern const struct fact *const fact_table[]; /* NULL at the end */
extern const char *const *fact_names(void);   /* the same names, NULL at the end */
const struct fact *fact_find(const char *name);

#endif
