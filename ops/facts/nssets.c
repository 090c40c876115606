/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/facts/nssets.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/namespaces/ns.h"

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

static void add(struct nssets *s, const struct nsset *set)
{
	struct nsset *more;

	for (int i = 0; !set->apart && i < s->n; i++)
		if (!s->list[i].apart && !differ(s->list[i].first, set->first)) {
			if (set->ctrsh)
				s->list[i].ctrsh = set->ctrsh;
			if (is_before(set->first, s->list[i].first))
				s->list[i].first = set->first;
			return;
		}
	more = realloc(s->list, (size_t)(s->n + 1) * sizeof(*more));
	if (!more)
		return;
	s->list = more;
	s->list[s->n++] = *set;
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

static bool fits(const struct nsset *set, const struct procs *p, const struct proc *one)
{
	return !one->kernel && is_readable(one) && !differ(set->first, one) &&
	       (!set->apart || descends(p, one, set->first));
}

/* What is in one that is apart is in none around that. */
bool nssets_has(const struct nssets *s, int i, const struct procs *p, const struct proc *one)
{
	const struct nsset *set = &s->list[i];

	if (!fits(set, p, one))
		return false;
	for (int j = 0; j < s->n; j++)
		if (j != i && s->list[j].apart && fits(&s->list[j], p, one) &&
		    (!set->apart || descends(p, s->list[j].first, set->first)))
			return false;
	return true;
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

/* One that waits for lines; or has become a program, in namespaces that ctrsh, its parent,
 * is not in. (The warden, the other child, is in those of its parent.) */
static bool is_box(const struct procs *p, const struct proc *one, const struct proc *parent)
{
	return procs_is_box(p, one) || (parent && !strcmp(parent->name, "ctrsh") &&
					differ(one, parent) && !procs_is_box(p, parent));
}

static int by_pid(const void *a, const void *b)
{
	pid_t pa = ((const struct nsset *)a)->first->pid,
	      pb = ((const struct nsset *)b)->first->pid;

	return (pa > pb) - (pa < pb);
}

void nssets_read(struct nssets *s, const struct procs *p, pid_t our, pid_t box_pid, pid_t extra)
{
	const struct proc *us = procs_ours(p, our), *ours = procs_ours(p, box_pid);

	*s = (struct nssets){0};
	if (!us)
		return;
	for (size_t i = 0; i < p->n; i++) {
		const struct proc *one = &p->list[i];
		const struct proc *parent = procs_find(p, one->parent);
		bool box = one == ours || is_box(p, one, parent);
		struct nsset set = {.first = one, .own = differ(one, us), .above = -1};

		if (one->kernel || one->state == 'Z')
			continue;
		set.ctrsh = box ? one->parent : 0;
		set.apart = !set.own || (box && parent && !differ(one, parent));
		if (!is_readable(one))
			s->unreadable++;
		else if (set.own || box || one->pid == extra)
			add(s, &set);
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
