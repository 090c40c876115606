/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * status for people: the important first, and of what is as the host has it not
 * more than that.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ops/namespaces/ns.h"
#include "repl/view/boxview.h"
#include "repl/wrap.h"

#define MOST     8  /* lines of processes */
#define VALUE_AT 14 /* the column after "no_new_privs", and a blank at the end */

static const struct column columns[] = {
	{"what", "", 0}, {"value", "", COLUMN_WRAP}, {NULL, NULL, 0}};

/* What does not fit goes on in rows below. */
void boxview_row(struct page *page, const char *what, const char *fmt, ...)
{
	size_t width = page_width(page), room = width ? width - VALUE_AT : 0, n;
	char text[4096];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	for (const char *rest = text;; what = "") {
		n = wrap_part(rest, room, " ");
		page_row(page, NULL);
		page_cell(page, "%s", what);
		page_cell(page, "%.*s", (int)n, rest);
		rest += n;
		if (!*rest)
			break;
		rest += strspn(rest, " ");
	}
}

static void put_box(const struct boxview *v, struct page *page)
{
	const struct proc *p = v->self;

	boxview_row(page, "what", "%s", boxview_what(v));
	if (p && p->n > 1)
		boxview_row(page, "PID", "%d inside, %d outside", (int)p->in[p->n - 1],
			    (int)p->pid);
	else
		boxview_row(page, "PID", "%d", (int)v->in.pid);
}

static void put_namespaces(const struct boxview *v, struct page *page)
{
	const char *what = "namespaces";

	if (v->namespaces.errnum) {
		boxview_row(page, what, "not readable: %s", strerror(v->namespaces.errnum));
		return;
	}
	if (!v->own) {
		boxview_row(page, what, "nothing is unshared: all are the host's");
		return;
	}
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		const char *id = items_find(&v->namespaces, ns->name);

		if (!id)
			continue;
		boxview_row(page, what, "%-7s %-8s %s", ns->name,
			    v->own & ns->flag ? "own" : "host's", id);
		if (v->own & ns->flag)
			page_mark(page);
		what = "";
	}
}

static void put_root(const struct boxview *v, struct page *page)
{
	const char *on = items_find(&v->visible, "/"), *host = items_find(&v->out_visible, "/");

	if (!v->root[0])
		boxview_row(page, "root", "not readable");
	else if (!v->own_root && v->own & CLONE_NEWNS && on && host && strcmp(on, host) != 0)
		boxview_row(page, "root",
			    "the host's directory, by a mount of its own: %s; working "
			    "directory %s",
			    on, v->cwd);
	else if (!v->own_root)
		boxview_row(page, "root", "the host's; working directory %s", v->cwd);
	else if (strcmp(v->root, "/") != 0)
		boxview_row(page, "root", "%s; working directory inside %s", v->root, v->cwd);
	else
		boxview_row(page, "root", "%s of its own%s%s; working directory %s",
			    on && boxview_has_device(&v->out_mounts, on) ? "a mount"
									 : "a file system",
			    on ? ": " : "", on ? on : "", v->cwd);
}

static void put_map(const struct boxview *v, struct page *page, const char *what, const char *key)
{
	const char *map = items_find(&v->users, key);
	char text[600];

	if (map && v->own & CLONE_NEWUSER)
		boxview_row(page, what, "%s", boxview_map(map, text, sizeof(text)));
}

static void put_users(const struct boxview *v, struct page *page)
{
	const char *uid = items_find(&v->users, "uid"), *gid = items_find(&v->users, "gid");

	boxview_row(page, "user", "%s, group %s%s", uid ? uid : "?", gid ? gid : "?",
		    v->own & CLONE_NEWUSER ? ", as seen outside" : "");
	put_map(v, page, "user IDs", "uid_map");
	put_map(v, page, "group IDs", "gid_map");
	if (v->own & CLONE_NEWUSER && !strcmp(v->setgroups, "deny"))
		boxview_row(page, "", "setgroups is denied");
}

static void put_privileges(const struct boxview *v, struct page *page)
{
	const char *no = items_find(&v->privileges, "no_new_privs");
	const char *seccomp = items_find(&v->privileges, "seccomp");
	const char *label = items_find(&v->privileges, "label");
	const char *host = items_find(&v->out_privileges, "label");
	const char *effective = items_find(&v->privileges, "effective");

	boxview_row(page, "capabilities", "%s%s", effective ? effective : "not readable",
		    effective && v->own & CLONE_NEWUSER && strcmp(effective, "none") != 0
			    ? ", in its own user namespace"
			    : "");
	for (size_t i = 0; i < v->privileges.n; i++) {
		const struct item *item = &v->privileges.list[i];
		const char *out = items_find(&v->out_privileges, item->key);

		if ((!strcmp(item->key, "bounding") && (!out || strcmp(item->value, out) != 0)) ||
		    (!strcmp(item->key, "permitted") && effective &&
		     strcmp(item->value, effective) != 0) ||
		    ((!strcmp(item->key, "ambient") || !strcmp(item->key, "inheritable")) &&
		     strcmp(item->value, "none") != 0))
			boxview_row(page, "", "%s: %s", item->key, item->value);
	}
	if (label && host && !strcmp(label, host))
		label = NULL;
	boxview_row(page, "no_new_privs", "%s; seccomp %s%s%s", no ? no : "?",
		    seccomp ? seccomp : "?", label ? "; label " : "", label ? label : "");
}

/* Those that the host's side is not under as well. */
static void put_limits(const struct boxview *v, struct page *page)
{
	const char *what = "limits";

	for (size_t i = 0; i < v->limits.n; i++) {
		const struct item *item = &v->limits.list[i];
		const char *out = items_find(&v->out_limits, item->key), *used;

		if (!strcmp(item->value, "no limit") || (out && !strcmp(out, item->value)))
			continue;
		used = items_find(&v->usage, item->key);
		boxview_row(page, what, "%s %s%s%s%s", item->key, item->value, used ? ", " : "",
			    used ? used : "", used && strncmp(used, "held", 4) != 0 ? " used" : "");
		what = "";
	}
	if (*what)
		boxview_row(page, what, v->limits.errnum ? "not readable" : "none but the host's");
}

/* A long command line is cut where the line ends. */
static void put_process(const struct boxview *v, struct page *page, const struct proc *p)
{
	size_t width = page_width(page);
	int level = v->self ? v->self->n - 1 : 0, cut = width ? (int)width - VALUE_AT - 15 : 200;
	const char *zombie = p->state == 'Z' ? " (ended, not waited for)" : "";
	const char *what = procs_what(&v->procs, p);

	if (level && level < p->n)
		boxview_row(page, "", "%5d %7d  %.*s%s", (int)p->in[level], (int)p->pid, cut, what,
			    zombie);
	else
		boxview_row(page, "", "%7d  %.*s%s", (int)p->pid, cut, what, zombie);
}

static void put_processes(const struct boxview *v, struct page *page)
{
	int shown = 0;

	if (v->n_procs < 0) {
		boxview_row(page, "processes", "not readable: %s", strerror(v->procs_errnum));
		return;
	}
	boxview_row(page, "processes", "%d%s", v->n_procs,
		    v->own & CLONE_NEWPID ? " (PID inside, PID outside)"
					  : "; it sees all of the host's, by the same PIDs");
	for (size_t i = 0; i < v->procs.n && shown < MOST; i++) {
		if (!v->procs.list[i].marked)
			continue;
		shown++;
		put_process(v, page, &v->procs.list[i]);
	}
	if (v->n_procs > shown)
		boxview_row(page, "", "and %d more: peek processes", v->n_procs - shown);
}

void boxview_text(const struct boxview *v, struct page *page)
{
	page_table(page, "status", NULL, columns);
	put_box(v, page);
	put_namespaces(v, page);
	put_root(v, page);
	boxview_mounts(v, page);
	put_users(v, page);
	put_privileges(v, page);
	put_limits(v, page);
	put_processes(v, page);
}
