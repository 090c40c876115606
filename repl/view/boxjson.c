/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * status for tools. The names are the manual's, and stay.
 */
#include <string.h>

#include "ops/auto.h"
#include "ops/namespaces/ns.h"
#include "repl/view/boxview.h"

static void put_box(const struct boxview *v, struct page *page)
{
	static const struct column columns[] = {{"pid", "", COLUMN_NUMBER},
						{"pid_inside", "", COLUMN_NUMBER},
						{"what", "", 0},
						{"box", "", COLUMN_BOOLEAN},
						{"root", "", 0},
						{"own_root", "", COLUMN_BOOLEAN},
						{"directory", "", 0},
						{"setgroups", "", 0},
						{"processes_count", "", COLUMN_NUMBER},
						{NULL, NULL, 0}};
	const struct proc *p = v->self;

	page_table(page, "box", NULL, columns);
	page_row(page, NULL);
	page_cell(page, "%d", (int)v->in.pid);
	page_cell(page, p ? "%d" : NULL, p ? (int)p->in[p->n - 1] : 0);
	page_cell(page, "%s", v->box || !p ? boxview_what(v) : p->command);
	page_cell(page, "%d", v->box);
	page_cell(page, v->root[0] ? "%s" : NULL, v->root);
	page_cell(page, v->root[0] ? "%d" : NULL, v->own_root);
	page_cell(page, v->cwd[0] ? "%s" : NULL, v->cwd);
	page_cell(page, v->setgroups[0] ? "%s" : NULL, v->setgroups);
	page_cell(page, v->n_procs >= 0 ? "%d" : NULL, v->n_procs);
}

static void put_namespaces(const struct boxview *v, struct page *page)
{
	static const struct column columns[] = {{"namespace", "", 0},
						{"own", "", COLUMN_BOOLEAN},
						{"number", "", COLUMN_NUMBER},
						{NULL, NULL, 0}};

	page_table(page, "namespaces", NULL, columns);
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		const char *id = items_find(&v->namespaces, ns->name);

		if (!id)
			continue;
		page_row(page, NULL);
		page_cell(page, "%s", ns->name);
		page_cell(page, "%d", (v->own & ns->flag) != 0);
		page_cell(page, "%s", id);
	}
}

static void put_mounts(const struct boxview *v, struct page *page)
{
	static const struct column columns[] = {{"mount_point", "", 0},
						{"own", "", COLUMN_BOOLEAN},
						{"mount", "", 0},
						{NULL, NULL, 0}};
	auto_free struct pair *pairs = NULL;
	size_t n;

	page_table(page, "mounts", NULL, columns);
	pairs = items_pair(&v->out_mounts, &v->mounts, &n);
	for (size_t i = 0; pairs && i < n; i++) {
		if (!pairs[i].b)
			continue;
		page_row(page, NULL);
		page_cell(page, "%s", pairs[i].key);
		page_cell(page, "%d", pair_differs(&pairs[i]));
		page_cell(page, "%s", pairs[i].b);
	}
}

/* Key and value as the fact has them. */
static void put_items(struct page *page, const char *name, const struct items *t)
{
	static const struct column columns[] = {{"key", "", 0}, {"value", "", 0}, {NULL, NULL, 0}};

	page_table(page, name, NULL, columns);
	for (size_t i = 0; i < t->n; i++) {
		page_row(page, NULL);
		page_cell(page, "%s", t->list[i].key);
		page_cell(page, "%s", t->list[i].value);
	}
}

static void put_processes(const struct boxview *v, struct page *page)
{
	static const struct column columns[] = {{"pid", "", COLUMN_NUMBER},
						{"pid_inside", "", COLUMN_NUMBER},
						{"parent", "", COLUMN_NUMBER},
						{"uid", "", COLUMN_NUMBER},
						{"state", "", 0},
						{"command", "", 0},
						{NULL, NULL, 0}};
	int level = v->self ? v->self->n - 1 : 0;

	page_table(page, "processes", NULL, columns);
	for (size_t i = 0; v->n_procs >= 0 && i < v->procs.n; i++) {
		const struct proc *p = &v->procs.list[i];

		if (!p->marked)
			continue;
		page_row(page, NULL);
		page_cell(page, "%d", (int)p->pid);
		page_cell(page, "%d", (int)p->in[level < p->n ? level : p->n - 1]);
		page_cell(page, "%d", (int)p->parent);
		page_cell(page, "%u", p->uid);
		page_cell(page, "%c", p->state);
		page_cell(page, "%s", p->command);
	}
}

/* What is missing above, and why. */
static void put_unreadable(const struct boxview *v, struct page *page)
{
	static const struct column columns[] = {{"what", "", 0}, {"error", "", 0}, {NULL, NULL, 0}};
	const struct {
		const char *what;
		int errnum;
	} parts[] = {{"namespaces", v->namespaces.errnum}, {"mounts", v->mounts.errnum},
		     {"users", v->users.errnum},           {"privileges", v->privileges.errnum},
		     {"limits", v->limits.errnum},         {"processes", v->procs_errnum}};

	page_table(page, "unreadable", NULL, columns);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (!parts[i].errnum)
			continue;
		page_row(page, NULL);
		page_cell(page, "%s", parts[i].what);
		page_cell(page, "%s", strerrorname_np(parts[i].errnum));
	}
}

void boxview_json(const struct boxview *v, struct page *page)
{
	put_box(v, page);
	put_namespaces(v, page);
	put_mounts(v, page);
	put_items(page, "users", &v->users);
	put_items(page, "privileges", &v->privileges);
	put_items(page, "limits", &v->limits);
	put_items(page, "usage", &v->usage);
	put_processes(v, page);
	put_unreadable(v, page);
}
