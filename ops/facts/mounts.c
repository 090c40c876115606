/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mounts that a process sees below its root. A mount has options of its own,
 * and its file system has some for all its mounts (size=64k); as mount(8) lists
 * them they are one: it is read-only if either says so.
 */
#include "ops/facts/mounts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/cgroup/groupfile.h"
#include "ops/facts/fact.h"
#include "ops/facts/mountline.h"
#include "ops/namespaces/ns.h"

/* Both kinds of options as one list, the caller's to free. */
static char *all_options(const struct mount_line *m)
{
	bool ro = groupfile_word_in(m->super, "ro", ","), rw = !strncmp(m->options, "rw", 2);
	char *list = NULL, *rest = m->super;
	size_t size = 0;
	FILE *f = open_memstream(&list, &size);

	if (!f)
		return NULL;
	fprintf(f, "%s%s", ro && rw ? "ro" : "", m->options + (ro && rw ? 2 : 0));
	for (char *o = strsep(&rest, ","); o; o = strsep(&rest, ","))
		if (!groupfile_word_in(m->options, o, ",") && strcmp(o, "rw") != 0 &&
		    strcmp(o, "ro") != 0)
			fprintf(f, ",%s", o);
	fclose(f);
	if (list)
		mountline_decode(list);
	return list;
}

/* The device tells apart what is mounted alike: two instances of proc. */
static void add_mount(const struct mount_line *m, struct items *t)
{
	bool part = strcmp(m->root, "/") != 0;
	auto_free char *options = all_options(m);

	items_add(t, m->point, "%s %s%s%s %s (%s)", m->type, m->source, part ? " from " : "",
		  part ? m->root : "", options ? options : m->options, m->device);
}

/* The list, the caller's to free; its strings are the text's. */
static struct mount_line *parse_all(char *text, size_t *n)
{
	struct mount_line *list = NULL, *more;
	char *rest = NULL;

	*n = 0;
	for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		more = realloc(list, (*n + 1) * sizeof(*list));
		if (!more)
			break;
		list = more;
		*n += mountline_parse(line, &list[*n]);
	}
	return list;
}

static bool is_below(const char *path, const char *point)
{
	size_t n = strcmp(point, "/") != 0 ? strlen(point) : 0;

	return !strncmp(path, point, n) && (!path[n] || path[n] == '/');
}

/* Is a mounted on b? Those whose parent is not in the list are on the root (b NULL). */
static bool is_on(const struct mount_line *list, size_t n, const struct mount_line *a,
		  const struct mount_line *b)
{
	if (b)
		return a->parent == b->id && a != b;
	for (size_t i = 0; i < n; i++)
		if (list[i].id == a->parent && &list[i] != a)
			return false;
	return true;
}

/* The mount that the path leads to: at each directory on the way the kernel goes on in what
 * is mounted there (path_resolution(7)), and a mount has no two on one directory. */
static const struct mount_line *lookup(const struct mount_line *list, size_t n, const char *path)
{
	const struct mount_line *at = NULL, *next;
	size_t depth = 0; /* steps; no loop is longer than the list */

	do {
		next = NULL;
		for (size_t i = 0; i < n; i++)
			if (is_below(path, list[i].point) && is_on(list, n, &list[i], at) &&
			    (!next || strlen(list[i].point) < strlen(next->point)))
				next = &list[i];
		at = next ? next : at;
	} while (next && depth++ < n);
	return at;
}

static void read_mounts(const struct subject *who, struct items *t, bool covered)
{
	auto_free char *text = subject_read(who, "mountinfo", NULL);
	struct mount_line *list = NULL;
	size_t n = 0;

	if (text)
		list = parse_all(text, &n);
	else
		t->errnum = errno;
	for (size_t i = 0; i < n; i++)
		if (covered || lookup(list, n, list[i].point) == &list[i])
			add_mount(&list[i], t);
	free(list);
}

static void read_fact(const struct subject *who, struct items *t)
{
	read_mounts(who, t, true);
}

void mounts_visible(const struct subject *who, struct items *t)
{
	read_mounts(who, t, false);
}

const struct fact fact_mounts = {
	.name = "mounts",
	.summary = "what is mounted below its root (proc_pid_mountinfo(5))",
	.keys = "mount point",
	.steady = true,
	.read = read_fact,
};
