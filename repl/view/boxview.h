/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All that status shows, read at once: the facts of the process that is looked
 * at, and of our side, which it is compared with.
 */
#ifndef CTRSH_REPL_VIEW_BOXVIEW_H
#define CTRSH_REPL_VIEW_BOXVIEW_H

#include "ops/facts/items.h"
#include "ops/facts/procs.h"
#include "repl/view/page.h"

struct boxview {
	struct subject out, in;
	const struct proc *self; /* the process itself; NULL: it has just ended */
	bool box, mine;          /* is it a box of ctrsh that is no program; this session's */
	struct items namespaces, users, privileges, mounts, limits, usage; /* of the process */
	struct items visible, out_visible; /* mounts that no other covers */
	struct items out_namespaces, out_privileges, out_mounts, out_limits;
	struct procs procs;         /* those that belong to it are marked */
	int n_procs;                /* how many; -1: it can't be told */
	int procs_errnum;           /* then: why */
	unsigned own;               /* CLONE_NEW*: namespaces that are not ours */
	char root[4096], cwd[4096]; /* as seen from here and from its root; "": not readable */
	bool own_root;              /* is its root another directory than ours? */
	char setgroups[16];         /* allow, deny; "": unknown */
};

void boxview_read(struct boxview *v);
void boxview_release(struct boxview *v);

/* In text: a table of what and value; in JSON: one of each kind. */
void boxview_text(const struct boxview *v, struct page *page);
void boxview_json(const struct boxview *v, struct page *page);

/* A row of the text; what does not fit goes on in rows below. */
void boxview_row(struct page *page, const char *what, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Is there one of the same file system in the list, as is told by its device? */
bool boxview_has_device(const struct items *mounts, const char *value);
void boxview_mounts(const struct boxview *v, struct page *page);

/* Which numbers are the same outside, "0 1000 1, 1 100000 65536" in words; buf. */
const char *boxview_map(const char *map, char *buf, size_t size);

/* What the process is, in words. */
const char *boxview_what(const struct boxview *v);

#endif
