/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/facts/items.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void items_add(struct items *t, const char *key, const char *fmt, ...)
{
	struct item *list = realloc(t->list, (t->n + 1) * sizeof(*list));
	struct item item = {.key = strdup(key)};
	va_list ap;

	t->list = list ? list : t->list;
	va_start(ap, fmt);
	if (vasprintf(&item.value, fmt, ap) < 0)
		item.value = NULL;
	va_end(ap);
	if (list && item.key && item.value) {
		t->list[t->n++] = item;
		return;
	}
	free(item.key);
	free(item.value);
	t->errnum = ENOMEM;
}

const char *items_find(const struct items *t, const char *key)
{
	for (size_t i = 0; i < t->n; i++)
		if (!strcmp(t->list[i].key, key))
			return t->list[i].value;
	return NULL;
}

void items_release(struct items *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->list[i].key);
		free(t->list[i].value);
	}
	free(t->list);
	*t = (struct items){0};
}

/* The item of b that goes with one of a: the same key, not yet taken; rather one
 * with the same value. */
static size_t partner(const struct item *item, const struct items *b, const bool *taken)
{
	size_t found = b->n;

	for (size_t j = 0; j < b->n; j++) {
		if (taken[j] || strcmp(b->list[j].key, item->key) != 0)
			continue;
		if (!strcmp(b->list[j].value, item->value))
			return j;
		found = found == b->n ? j : found;
	}
	return found;
}

/* Those of b before place end that nobody took. */
static size_t only_b(const struct items *b, bool *taken, size_t end, struct pair *pairs)
{
	size_t n = 0;

	for (size_t j = 0; j < end; j++) {
		if (taken[j])
			continue;
		taken[j] = true;
		pairs[n++] = (struct pair){b->list[j].key, NULL, b->list[j].value};
	}
	return n;
}

/* Has a, from place i on, an item with this key? */
static bool comes_later(const struct items *a, size_t i, const char *key)
{
	for (; i < a->n; i++)
		if (!strcmp(a->list[i].key, key))
			return true;
	return false;
}

struct pair *items_pair(const struct items *a, const struct items *b, size_t *n)
{
	struct pair *pairs = calloc(a->n + b->n + 1, sizeof(*pairs));
	bool *taken = calloc(b->n + 1, sizeof(*taken));
	size_t done = 0; /* of b, in front */

	*n = 0;
	for (size_t i = 0; pairs && taken && i < a->n; i++) {
		size_t j = partner(&a->list[i], b, taken);

		pairs[(*n)++] = (struct pair){a->list[i].key, a->list[i].value,
					      j < b->n ? b->list[j].value : NULL};
		if (j < b->n)
			taken[j] = true;
		while (done < b->n && (taken[done] || !comes_later(a, i + 1, b->list[done].key))) {
			*n += only_b(b, taken, done + 1, pairs + *n);
			done++;
		}
	}
	if (pairs && taken)
		*n += only_b(b, taken, b->n, pairs + *n);
	free(taken);
	return pairs;
}

bool pair_differs(const struct pair *p)
{
	return !p->a || !p->b || strcmp(p->a, p->b) != 0;
}
