/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The facts that decide most refusals, whatever was tried: the box's IDs,
 * capabilities and namespaces, what filters it, and its limits (proc(5),
 * namespaces(7), capabilities(7)).
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/cgroup/group.h"
#include "ops/facts/fact.h"
#include "ops/limits/limits.h"
#include "ops/namespaces/ns.h"
#include "ops/why/diagnose.h"
#include "ops/why/probes.h"

static void note_status(struct call *c)
{
	static const char *const keys[] = {"Uid",    "Gid",        "Groups",  "NSpid", "CapEff",
					   "CapBnd", "NoNewPrivs", "Seccomp", NULL};
	char value[192];

	for (const char *const *key = keys; *key; key++)
		diagnose_status(c, *key, value, sizeof(value));
}

static void note_namespaces(struct call *c)
{
	unsigned own = ns_differ(c->session->box.pid, getpid(), NS_ALL);
	char with[2][96] = {"", ""};

	for (const struct ns *ns = namespaces; ns->name; ns++) {
		char *list = with[!(own & ns->flag)];
		size_t n = strlen(list);

		if (ns_id(c->session->box.pid, ns))
			snprintf(list + n, sizeof(with[0]) - n, "%s%s", n ? " " : "", ns->name);
	}
	probes_note_proc(c, "ns", "namespaces of its own", "%s", with[0][0] ? with[0] : "none");
	probes_note_proc(c, "ns", "shared with the host", "%s", with[1][0] ? with[1] : "none");
}

void probes_note_file(struct call *c, const char *file, const char *name)
{
	char path[64], text[192];
	auto_fclose FILE *f = NULL;
	size_t n;

	box_proc(c->session, path, sizeof(path), file);
	f = fopen(path, "re");
	if (!f)
		return;
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	if (n || !ferror(f))
		probes_note(c, path, name, "%s", text[0] ? text : "empty");
}

void probes_note_link(struct call *c, const char *file, const char *name)
{
	char path[64], text[PATH_MAX];
	ssize_t n;

	box_proc(c->session, path, sizeof(path), file);
	n = readlink(path, text, sizeof(text) - 1);
	if (n < 0)
		return;
	text[n] = '\0';
	probes_note(c, path, name, "%s", text);
}

static void note_limits(struct call *c)
{
	static const char *const names[] = {"nproc", "nofile", "as", "fsize", NULL};
	long now, max;

	for (const char *const *name = names; *name; name++) {
		const struct limit *l = limit_find(*name);
		char name_of[48], soft[24], hard[24];
		struct rlimit value;

		if (limit_of(c->session->box.pid, l->resource, &value) < 0)
			continue;
		snprintf(name_of, sizeof(name_of), "RLIMIT_%s", l->constant);
		probes_note_proc(c, "limits", name_of, "%s, at most %s",
				 limit_show(soft, sizeof(soft), value.rlim_cur),
				 limit_show(hard, sizeof(hard), value.rlim_max));
	}
	if (group_numbers(c->session, &now, &max) == 0) {
		probes_note(c, "pids.current", "processes in its control group", "%ld", now);
		if (max != LONG_MAX)
			probes_note(c, "pids.max", "of at most", "%ld", max);
	}
}

static void note_items(struct call *c, const struct subject *who, const char *fact,
		       const char *name)
{
	const struct fact *f = fact_find(fact);
	struct items auto_items all = {0};
	char text[192] = "";
	size_t n = 0;

	f->read(who, &all);
	for (size_t i = 0; i < all.n && n < sizeof(text); i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s %s", n ? "; " : "",
				      all.list[i].key, all.list[i].value);
	if (!all.errnum)
		probes_note(c, "rtnetlink(7)", name, "%s", text);
}

/* A program tells its own reasons, if any, and those are often that nothing can be reached. */
static void note_network(struct call *c)
{
	auto_subject struct subject who = {.proc = -1};
	struct err err;

	if (c->err->kind != ERR_PROGRAM ||
	    !ns_differ(c->session->box.pid, getpid(), CLONE_NEWNET) ||
	    subject_open(&who, c->session->box.pid, &err) < 0)
		return;
	note_items(c, &who, "links", "links in the box");
	note_items(c, &who, "routes", "routes in the box");
}

void probes_general(struct call *c)
{
	c->session->probes.probed = c->session->probes.n;
	if (!c->session->box.pid)
		return;
	note_status(c);
	note_namespaces(c);
	probes_note_file(c, "uid_map", "uid_map");
	probes_note_file(c, "gid_map", "gid_map");
	probes_note_file(c, "setgroups", "setgroups");
	probes_note_file(c, "attr/current", "security label (LSM)");
	probes_note_link(c, "root", "root directory");
	probes_note_link(c, "cwd", "working directory");
	note_limits(c);
	note_network(c);
}
