/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A root is another one if it is another directory: the text of the link alone
 * is "/" after pivot_root, too.
 */
#include "repl/view/boxview.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"
#include "ops/facts/mounts.h"
#include "ops/namespaces/ns.h"

static bool is_own_root(const struct boxview *v)
{
	struct stat in, out;

	if (fstatat(v->in.proc, "root", &in, 0) < 0 || stat("/", &out) < 0)
		return false;
	return in.st_dev != out.st_dev || in.st_ino != out.st_ino;
}

/* The working directory's link begins at our root; what is before its own root goes. */
static void read_directories(struct boxview *v)
{
	size_t n;

	subject_link(&v->in, "root", v->root, sizeof(v->root));
	subject_link(&v->in, "cwd", v->cwd, sizeof(v->cwd));
	v->own_root = is_own_root(v);
	n = strlen(v->root);
	if (n > 1 && !strncmp(v->cwd, v->root, n) && (v->cwd[n] == '/' || !v->cwd[n]))
		memmove(v->cwd, v->cwd[n] ? v->cwd + n : "/", strlen(v->cwd + n) + 1 + !v->cwd[n]);
}

static void read_processes(struct boxview *v, bool mine)
{
	procs_read(&v->procs);
	v->self = procs_find(&v->procs, v->in.pid);
	v->n_procs = procs_mark(&v->procs, &v->in);
	v->procs_errnum = v->n_procs < 0 ? errno : 0;
	v->mine = mine;
	v->box = mine || (v->self && procs_is_box(&v->procs, v->self));
}

static void read_namespaces(struct boxview *v)
{
	fact_find("namespaces")->read(&v->in, &v->namespaces);
	fact_find("namespaces")->read(&v->out, &v->out_namespaces);
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		const char *in = items_find(&v->namespaces, ns->name);
		const char *out = items_find(&v->out_namespaces, ns->name);

		if (in && out && strcmp(in, out) != 0)
			v->own |= ns->flag;
	}
}

void boxview_read(struct boxview *v)
{
	auto_free char *setgroups = NULL;

	read_processes(v, v->mine);
	read_namespaces(v);
	read_directories(v);
	fact_find("users")->read(&v->in, &v->users);
	fact_find("privileges")->read(&v->in, &v->privileges);
	fact_find("privileges")->read(&v->out, &v->out_privileges);
	fact_find("mounts")->read(&v->in, &v->mounts);
	mounts_visible(&v->in, &v->visible);
	mounts_visible(&v->out, &v->out_visible);
	fact_find("mounts")->read(&v->out, &v->out_mounts);
	fact_find("limits")->read(&v->in, &v->limits);
	fact_find("usage")->read(&v->in, &v->usage);
	fact_find("limits")->read(&v->out, &v->out_limits);
	setgroups = subject_read(&v->in, "setgroups", NULL);
	if (setgroups)
		snprintf(v->setgroups, sizeof(v->setgroups), "%.*s", (int)strcspn(setgroups, "\n"),
			 setgroups);
}

void boxview_release(struct boxview *v)
{
	items_release(&v->namespaces);
	items_release(&v->users);
	items_release(&v->privileges);
	items_release(&v->mounts);
	items_release(&v->visible);
	items_release(&v->out_visible);
	items_release(&v->limits);
	items_release(&v->usage);
	items_release(&v->out_namespaces);
	items_release(&v->out_privileges);
	items_release(&v->out_mounts);
	items_release(&v->out_limits);
	procs_release(&v->procs);
	subject_close(&v->in);
	subject_close(&v->out);
}

const char *boxview_what(const struct boxview *v)
{
	if (v->mine)
		return "this session's box, waiting for lines";
	if (v->box)
		return "a box of another ctrsh";
	return v->self ? v->self->command : "it has just ended";
}

const char *boxview_map(const char *map, char *buf, size_t size)
{
	unsigned long in, out, count;
	size_t n = 0;
	int used;

	buf[0] = '\0';
	for (; n < size && sscanf(map, "%lu %lu %lu%n", &in, &out, &count, &used) == 3;
	     map += map[0] ? strspn(map, ", ") : 0) {
		map += used;
		if (count == 1)
			n += (size_t)snprintf(buf + n, size - n, "%s%lu is %lu outside",
					      n ? ", " : "", in, out);
		else
			n += (size_t)snprintf(buf + n, size - n, "%s%lu-%lu are %lu-%lu outside",
					      n ? ", " : "", in, in + count - 1, out,
					      out + count - 1);
	}
	if (!n)
		snprintf(buf, size, "no ID is mapped: all are 65534 (nobody) inside");
	return buf;
}
