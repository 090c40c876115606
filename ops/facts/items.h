/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a fact is made of: items, each with a key (a mount point, a PID, the
 * name of a limit) and a value. Two lists can be compared, which is how the
 * two sides are shown beside each other, what a step changed, and whether the
 * host is as it was.
 */
#ifndef CTRSH_OPS_FACTS_ITEMS_H
#define CTRSH_OPS_FACTS_ITEMS_H

#include <stdbool.h>
#include <stddef.h>

struct item {
	char *key, *value;
};

struct items {
	struct item *list;
	size_t n;
	int errnum; /* why it could not be read; 0: it was */
};

#define auto_items __attribute__((cleanup(items_release)))

/* Adds one; without memory, the list is marked as not read. */
void items_add(struct items *t, const char *key, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The value of the first item with this key, NULL: there is none. */
const char *items_find(const struct items *t, const char *key);

void items_release(struct items *t);

/* The two lists as one, each key of both once for each time it stands in either
 * (two mounts on one point are two): in the order of a, what is only in b where
 * it stands there. */
struct pair {
	const char *key;
	const char *a, *b; /* NULL: only on the other side */
};

/* *n pairs, the caller's to free; their strings are the lists'. */
struct pair *items_pair(const struct items *a, const struct items *b, size_t *n);

/* Do the values differ, or is it only on one side? */
bool pair_differs(const struct pair *p);

#endif
