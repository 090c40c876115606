/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which processes belong to a box. A PID namespace has a parent that the kernel
 * tells of, up to our own (ioctl_ns(2)). Where a process's namespaces can't be
 * read, its ancestors tell.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/facts/membership.h"
#include "ops/facts/procs.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/nstree.h"

/* Is the PID namespace of the process below that one? */
static bool is_below(const struct proc *p, ino_t top)
{
	int fd = nstree_open(p->pid, "pid"), up;
	struct stat st;
	bool found = false;

	for (; fd >= 0 && !found; fd = up) {
		found = fstat(fd, &st) == 0 && st.st_ino == top;
		up = found ? -1 : nstree_parent(fd);
		close(fd);
	}
	return found;
}

/* Marks the descendants of the marked; a parent can have a higher PID than its child. */
static void mark_descendants(struct procs *p)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < p->n; i++) {
			const struct proc *parent = p->list[i].marked
							    ? NULL
							    : procs_find(p, p->list[i].parent);

			if (parent && parent->marked)
				more = p->list[i].marked = true;
		}
	}
}

static void mark_by_namespace(struct procs *p, const struct proc *top, ino_t id)
{
	const int at = procs_ns("pid");

	for (size_t i = 0; i < p->n; i++) {
		struct proc *one = &p->list[i];

		one->marked = one->ns[at] == id ||
			      (one->ns[at] && top && one->n > top->n && is_below(one, id));
	}
	/* Those below whose namespaces can't be read. */
	for (size_t i = 0; i < p->n; i++) {
		const struct proc *parent = procs_find(p, p->list[i].parent);

		if (!p->list[i].ns[at] && parent && parent->marked)
			p->list[i].marked = true;
	}
}

/* Is it in all the groups in which the box is and we, and the groups above us, aren't? */
static bool in_its_groups(const struct proc *one, const char *its, const char *ours)
{
	auto_free char *copy = strdup(its);
	char *rest = copy;
	struct membership m;
	int n = 0;

	while (copy && membership_next(&rest, &m)) {
		size_t len;
		const char *path = membership_in(ours, &m, &len);

		if (!path || membership_below(m.path, path, len))
			continue;
		n++;
		path = membership_in(one->groups, &m, &len);
		if (!path || !membership_below(m.path, path, len))
			return false;
	}
	return n > 0;
}

static void mark_by_descent(struct procs *p, const struct proc *top)
{
	const struct proc *self = procs_find(p, getpid());

	for (size_t i = 0; i < p->n; i++) {
		struct proc *one = &p->list[i];

		one->marked = top && (one->pid == top->pid ||
				      (self && self->groups && top->groups && one->groups &&
				       in_its_groups(one, top->groups, self->groups)));
	}
	mark_descendants(p);
}

int procs_mark(struct procs *p, const struct subject *who)
{
	const struct proc *top = procs_find(p, who->pid);
	struct stat theirs, ours;
	int n = 0;

	if (fstatat(who->proc, "ns/pid", &theirs, 0) < 0 || stat("/proc/self/ns/pid", &ours) < 0)
		return -1;
	if (theirs.st_ino != ours.st_ino)
		mark_by_namespace(p, top, theirs.st_ino);
	else if (who->pid != getpid())
		mark_by_descent(p, top);
	for (size_t i = 0; i < p->n; i++) {
		p->list[i].marked |= who->pid == getpid();
		n += p->list[i].marked;
	}
	return n;
}
