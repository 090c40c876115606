/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can't be closed in the box as it is, for a step that is done already rules the step
 * out that would do it: which lines, and where they have to stand in a box made anew.
 */
#include <stdio.h>
#include <string.h>

#include "ops/audit/audit.h"

struct list {
	char *buf;
	unsigned size, n;
};

static void add(struct list *l, const char *line, const char *where, int closes)
{
	if (l->n < l->size && closes)
		l->n += (unsigned)snprintf(l->buf + l->n, l->size - l->n, "%s%s, %s (closes %d)",
					   l->n ? "; " : "", line, where, closes);
}

static int count(const struct finding *list, int n, unsigned steps)
{
	int sum = 0;

	for (int i = 0; i < n; i++)
		sum += list[i].state >= WAY_PARTLY && (list[i].steps & steps) == steps;
	return sum;
}

static const struct finding *first(const struct finding *list, int n, unsigned steps)
{
	for (int i = 0; i < n; i++)
		if (list[i].state >= WAY_PARTLY && (list[i].steps & steps) == steps)
			return &list[i];
	return NULL;
}

const char *audit_fresh(const struct audit *a, const struct finding *list, int n, char *buf,
			unsigned size)
{
	const struct finding *chroot = first(list, n, STEP_PIVOT | STEP_FRESH);
	struct list l = {buf, size, 0};
	char line[160];

	*buf = '\0';
	if (chroot)
		add(&l, audit_step(a, STEP_PIVOT, chroot, line, sizeof(line)), "in place of chroot",
		    count(list, n, STEP_PIVOT | STEP_FRESH));
	for (unsigned s = STEP_UNSHARE; s < STEP_USER; s <<= 1)
		if (audit_is_late(a, s) && audit_is_possible(a, s) &&
		    (s != STEP_UNSHARE || a->gains)) /* else there is none to name */
			add(&l, audit_step(a, s, NULL, line, sizeof(line)),
			    "before the capabilities go", count(list, n, s));
	add(&l, audit_step(a, STEP_USER, NULL, line, sizeof(line)), "first of all",
	    count(list, n, STEP_USER));
	return buf;
}
