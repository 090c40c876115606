/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is not on the host as it was when the session began, and what earlier
 * sessions left. Only what bears the mark of ctrsh, or is a child of ours, is
 * called ours: everything else may be anybody's work.
 */
#ifndef CTRSH_OPS_LEAKS_LEAKS_H
#define CTRSH_OPS_LEAKS_LEAKS_H

#include "ops/box/session.h"
#include "ops/leaks/host.h"

enum leak_kind {
	LEAK_OURS,    /* this session made it, and it is still there without a box */
	LEAK_EARLIER, /* a ctrsh that has ended left it */
	LEAK_CHANGED, /* since the start, by this session's --host, or by somebody else */
	LEAK_KEPT,    /* since the start, a namespace in a file */
	LEAK_BOX,     /* belongs to the box, and goes with it */
	LEAK_UNKNOWN, /* could not be compared */
};

struct leak {
	enum leak_kind kind;
	const char *fact; /* hostname, mounts, links, cgroups, processes, sysctl */
	char *what;
	char *before, *now; /* NULL: it was not there, it is not there any more */
	char *fix;          /* the line that removes it or puts it back; NULL: none is known */
};

struct leaks {
	struct leak *list;
	size_t n;
	size_t counts[HOST_FACTS]; /* items looked at now */
	int errnum;                /* no memory: the list is not complete */
};

#define auto_leaks __attribute__((cleanup(leaks_release)))

/* before may be NULL: there is nothing to compare with. */
void leaks_find(const struct host_state *before, const struct session *s, struct leaks *l);
void leaks_release(struct leaks *l);

/* How many of a kind. */
size_t leaks_count(const struct leaks *l, enum leak_kind kind);

/* Appends one. fix (shline.h) becomes the list's; NULL: none is known. */
void leaks_add(struct leaks *l, enum leak_kind kind, const char *fact, const char *what,
	       const char *before, const char *now, char *fix);

/* Parts of leaks_find: links and processes that are ours. Names of links that bear
 * ctrsh's mark go to *marked: they are no one else's. */
void leaks_find_links(const struct session *s, struct leaks *l, struct items *marked);
void leaks_find_processes(const struct session *s, struct leaks *l);

#endif
