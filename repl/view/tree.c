/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tree: the host, the boxes below it, in each the namespaces it has of its own
 * (a user namespace with those it owns, ioctl_ns(2)), its processes with both
 * PIDs, and the boxes made inside it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/facts/nssets.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/nstree.h"
#include "repl/command.h"
#include "repl/view/look.h"
#include "repl/view/page.h"

#define MOST 12 /* processes of a box, without --all */

struct tree {
	const struct shell *sh;
	struct page *page;
	struct procs procs;
	struct nssets sets;
	bool all;
	void **rows; /* of the sets; NULL: not shown */
};

static const struct column columns[] = {{"number", "namespace", COLUMN_RIGHT | COLUMN_NUMBER},
					{"pid", "PID", COLUMN_RIGHT | COLUMN_NUMBER},
					{"pid_inside", "inside", COLUMN_RIGHT | COLUMN_NUMBER},
					{"type", NULL, 0},
					{"what", " ", COLUMN_TREE | COLUMN_TRUNC},
					{NULL, NULL, 0}};

/* A row without numbers. */
static void *row(struct tree *t, void *parent, const char *type, const char *what)
{
	void *r = page_row(t->page, parent);

	for (int i = 0; i < 3; i++)
		page_cell(t->page, NULL);
	page_cell(t->page, "%s", type);
	page_cell(t->page, "%s", what);
	return r;
}

static void *put_namespace(struct tree *t, void *parent, const struct nsset *set,
			   const struct ns *ns)
{
	void *r = page_row(t->page, parent);

	page_cell(t->page, "%lu", (unsigned long)set->first->ns[procs_ns(ns->name)]);
	page_cell(t->page, NULL);
	page_cell(t->page, NULL);
	page_cell(t->page, "namespace");
	page_cell(t->page, "%s", ns->name);
	return r;
}

/* In nested PID namespaces it has a number in each: 7/1. Tools get its own. */
static void *process_row(struct tree *t, void *parent, const struct proc *p)
{
	const char *zombie = p->state == 'Z' ? " (ended, not waited for)" : "";
	void *r = page_row(t->page, parent);
	char inside[16 * PROC_LEVELS];
	size_t n = 0;

	for (int i = p->n > 1; i < p->n; i++)
		n += (size_t)snprintf(inside + n, sizeof(inside) - n, "%s%d", n ? "/" : "",
				      (int)p->in[i]);
	if (page_is_json(t->page))
		snprintf(inside, sizeof(inside), "%d", (int)p->in[p->n - 1]);
	page_cell(t->page, NULL);
	page_cell(t->page, "%d", (int)p->pid);
	page_cell(t->page, "%s", inside);
	page_cell(t->page, "process");
	page_cell(t->page, "%s%s", procs_what(&t->procs, p), zombie);
	return r;
}

/* The user namespace first: those that it owns are below it. */
static void put_namespaces(struct tree *t, void *parent, const struct nsset *set)
{
	ino_t user = set->first->ns[procs_ns("user")];
	void *owner = NULL;

	if (set->gained & CLONE_NEWUSER)
		owner = put_namespace(t, parent, set, ns_find("user"));
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		bool owned = owner && nstree_owned_by(set->first->pid, ns->name) == user;

		if ((set->gained & ns->flag) && ns->flag != CLONE_NEWUSER)
			put_namespace(t, owned ? owner : parent, set, ns);
	}
	if (!set->gained)
		row(t, parent, "note", "(nothing is unshared)");
}

/* Its own row, then its children in the same set. Returns how many are left out. */
static int put_process(struct tree *t, void *parent, int set, const struct proc *p, int *room)
{
	void *r = (*room)-- > 0 ? process_row(t, parent, p) : NULL;
	int left_out = r ? 0 : 1;

	for (size_t i = 0; i < t->procs.n; i++) {
		const struct proc *child = &t->procs.list[i];

		if (child->parent == p->pid && nssets_has(&t->sets, set, &t->procs, child))
			left_out += put_process(t, r ? r : parent, set, child, room);
	}
	return left_out;
}

static void put_processes(struct tree *t, void *parent, int set)
{
	int room = t->all || page_is_json(t->page) ? 1 << 30 : MOST, left_out = 0;
	char what[64];

	for (size_t i = 0; i < t->procs.n; i++) {
		const struct proc *p = &t->procs.list[i];
		const struct proc *above = procs_find(&t->procs, p->parent);

		if (nssets_has(&t->sets, set, &t->procs, p) &&
		    !(above && nssets_has(&t->sets, set, &t->procs, above)))
			left_out += put_process(t, parent, set, p, &room);
	}
	snprintf(what, sizeof(what), "and %d more: tree --all", left_out);
	if (left_out)
		row(t, parent, "note", what);
}

static const char *name_of(const struct tree *t, const struct nsset *set, char *buf, size_t size)
{
	const struct proc *first = set->first;
	const struct session *session = &t->sh->session;

	if (session->box.pid && nssets_has(&t->sets, (int)(set - t->sets.list), &t->procs,
					   procs_ours(&t->procs, session->box.pid)))
		snprintf(buf, size, "this session's box");
	else if (set->ctrsh)
		snprintf(buf, size, "box of ctrsh %d", (int)set->ctrsh);
	else
		snprintf(buf, size, "%s: %s", set->above < 0 ? "other" : "inside it", first->name);
	return buf;
}

/* Boxes, what is below them, and what is attached; all with --all. */
static bool is_wanted(struct tree *t, int i)
{
	const struct nsset *set = &t->sets.list[i];
	const struct proc *attached = procs_find(&t->procs, t->sh->attached.pid);

	return t->all || set->ctrsh || (set->above >= 0 && is_wanted(t, set->above)) ||
	       (attached && nssets_has(&t->sets, i, &t->procs, attached));
}

/* And what these are in, up to the host: they have namespaces of it. */
static bool is_shown(struct tree *t, int i)
{
	for (int j = 0; j < t->sets.n; j++)
		for (int up = j; up >= 0 && is_wanted(t, j); up = t->sets.list[up].above)
			if (up == i)
				return true;
	return false;
}

/* The row that it stands below, which is made before it. */
static void *put_set(struct tree *t, int i, void *host)
{
	const struct nsset *set = &t->sets.list[i];
	void *parent = host;
	char name[128];

	if (t->rows[i])
		return t->rows[i];
	if (set->above >= 0 && is_shown(t, set->above))
		parent = put_set(t, set->above, host);
	t->rows[i] = row(t, parent, set->ctrsh ? "box" : "processes",
			 name_of(t, set, name, sizeof(name)));
	page_mark(t->page);
	put_namespaces(t, t->rows[i], set);
	put_processes(t, t->rows[i], i);
	return t->rows[i];
}

static void put_tree(struct tree *t)
{
	int hidden = 0;
	void *host;

	page_table(t->page, "tree", NULL, columns);
	host = row(t, NULL, "host", "host");
	for (int i = 0; i < t->sets.n; i++) {
		if (is_shown(t, i))
			put_set(t, i, host);
		else
			hidden++;
	}
	if (hidden)
		page_note(t->page, "%d other set%s of namespaces, not of ctrsh: tree --all", hidden,
			  hidden == 1 ? "" : "s");
	if (t->sets.unreadable)
		page_note(t->page, "%d process%s can't be looked into (ptrace(2))",
			  t->sets.unreadable, t->sets.unreadable == 1 ? "" : "es");
}

static int do_tree(struct shell *sh, int argc, char **argv, struct err *err)
{
	struct tree t = {.sh = sh};
	bool json = false;

	for (int i = 1; i < op_first(argc, argv); i++) {
		t.all |= !strcmp(argv[i], "--all");
		json |= !strcmp(argv[i], "--json");
	}
	if (look_ready(sh, err) < 0)
		return -1;
	t.page = page_new(json, err);
	if (!t.page)
		return -1;
	procs_read(&t.procs);
	nssets_read(&t.sets, &t.procs, getpid(), sh->session.box.pid, sh->attached.pid);
	t.rows = calloc((size_t)t.sets.n + 1, sizeof(*t.rows));
	if (t.rows)
		put_tree(&t);
	page_print(t.page);
	free(t.rows);
	nssets_release(&t.sets);
	procs_release(&t.procs);
	return 0;
}

static const char *const options[] = {"--all", "--json", NULL};

const struct command command_tree = {
	.name = "tree",
	.usage = "tree [--all] [--json]",
	.summary = "boxes, namespaces and processes as a tree",
	.detail =
		"The host, below it the boxes of this and other sessions; below each the\n"
		"namespaces it has of its own (those that a user namespace owns are below that),\n"
		"its processes with both PIDs, and what was unshared inside it. --all has other\n"
		"processes in namespaces of their own as well, and every process of a box.",
	.options = options,
	.run = do_tree,
};
