/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nssets.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../ns.h"

static unsigned differ(const struct proc *a, const struct proc *b)
{
	unsigned flags = 0;

	for (int i = 0; namespaces[i].name && i < PROC_NS; i++)
		if (a->ns[i] && b->ns[i] && a->ns[i] != b->ns[i])
			flags |= namespaces[i].flag;
	return flags;
}

/* All or none can be read (ptrace(2), access mode checking). */
static bool is_readable(const struct proc *p)
{
	return p->ns[procs_ns("mnt")] != 0;
}

static bool is_before(const struct proc *a, const struct proc *b)
{
	bool a_init = a->in[a->n - 1] == 1, b_init = b->in[b->n - 1] == 1;

	if (a_init != b_init)
		return a_init;
	return a->age != b->age ? a->age < b->age : a->pid < b->pid;
}

static void add(struct nssets *s, const struct proc *p, unsigned own, bool box)
{
	struct nsset *more;

	for (int i = 0; own && i < s->n; i++)
		if (s->list[i].own && !differ(s->list[i].first, p)) {
			s->list[i].box |= box;
			if (is_before(p, s->list[i].first))
				s->list[i].first = p;
			return;
		}
	more = realloc(s->list, (size_t)(s->n + 1) * sizeof(*more));
	if (!more)
		return;
	s->list = more;
	s->list[s->n++] = (struct nsset){.first = p, .own = own, .box = box, .above = -1};
}

static bool descends(const struct procs *p, const struct proc *one, const struct proc *top)
{
	for (int depth = 0; one && depth < 10000; depth++) {
		if (one == top)
			return true;
		one = procs_find(p, one->parent);
	}
	return false;
}

bool nssets_has(const struct nssets *s, int i, const struct procs *p, const struct proc *one)
{
	const struct nsset *set = &s->list[i];

	return !one->kernel && is_readable(one) && !differ(set->first, one) &&
	       (set->own || descends(p, one, set->first));
}

/* The set of the nearest ancestor that is in another one; what is above ourselves is
 * none of them. */
static int above(const struct nssets *s, int i, const struct procs *p, const struct proc *us)
{
	const struct proc *one = procs_find(p, s->list[i].first->parent);

	for (int depth = 0; one && depth < 10000; depth++) {
		for (int j = 0; j < s->n; j++)
			if (j != i && nssets_has(s, j, p, one))
				return j;
		if (is_readable(one) && !differ(one, us))
			return -1;
		one = procs_find(p, one->parent);
	}
	return -1;
}

/* One that waits for lines; or has become a program, which ctrsh then is the parent of. */
static bool is_box(const struct procs *p, const struct proc *one, unsigned own)
{
	const struct proc *parent = procs_find(p, one->parent);

	return procs_is_box(p, one) ||
	       (own && parent && !strcmp(parent->name, "ctrsh") && !procs_is_box(p, parent));
}

static int by_pid(const void *a, const void *b)
{
	pid_t pa = ((const struct nsset *)a)->first->pid,
	      pb = ((const struct nsset *)b)->first->pid;

	return (pa > pb) - (pa < pb);
}

void nssets_read(struct nssets *s, const struct procs *p, pid_t our, pid_t box, pid_t extra)
{
	const struct proc *us = procs_find(p, our);

	*s = (struct nssets){0};
	if (!us)
		return;
	for (size_t i = 0; i < p->n; i++) {
		const struct proc *one = &p->list[i];
		unsigned own = differ(one, us);
		bool of_ctrsh = one->pid == box || is_box(p, one, own);

		if (one->kernel || one->state == 'Z')
			continue;
		if (!is_readable(one))
			s->unreadable++;
		else if (own || of_ctrsh || one->pid == extra)
			add(s, one, own, of_ctrsh);
	}
	if (s->n)
		qsort(s->list, (size_t)s->n, sizeof(*s->list), by_pid);
	for (int i = 0; i < s->n; i++) {
		struct nsset *set = &s->list[i];

		set->above = above(s, i, p, us);
		set->gained = set->above < 0 ? set->own
					     : differ(set->first, s->list[set->above].first);
	}
}

void nssets_release(struct nssets *s)
{
	free(s->list);
	*s = (struct nssets){0};
}
