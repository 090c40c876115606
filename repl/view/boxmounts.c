/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mounts in status: those that the process can reach, and of these first
 * what tells most: its root, file systems of its own, what stands where the host
 * has nothing, and last what differs from the host's only by its options.
 */
#include <string.h>

#include "ops/auto.h"
#include "ops/namespaces/ns.h"
#include "repl/view/boxview.h"

#define MOST 8 /* lines */

/* The values end in it: "(0:42)". */
bool boxview_has_device(const struct items *t, const char *value)
{
	const char *device = strrchr(value, '(');

	for (size_t i = 0; device && i < t->n; i++) {
		const char *other = strrchr(t->list[i].value, '(');

		if (other && !strcmp(other, device))
			return true;
	}
	return !device;
}

/* The lower, the more it tells. */
static int rank(const struct boxview *v, const struct pair *p)
{
	bool foreign = !boxview_has_device(&v->out_visible, p->b);

	if (!strcmp(p->key, "/"))
		return 0;
	if (foreign && !strstr(p->b, " from "))
		return 1;
	return foreign || !items_find(&v->out_visible, p->key) ? 2 : 3;
}

void boxview_mounts(const struct boxview *v, struct page *page)
{
	auto_free struct pair *pairs = NULL;
	size_t n = 0, own = 0, same = 0, shown = 0;

	if (v->mounts.errnum) {
		boxview_row(page, "mounts", "not readable: %s", strerror(v->mounts.errnum));
		return;
	}
	if (!(v->own & CLONE_NEWNS)) {
		if (v->own)
			boxview_row(page, "mounts", "the host's");
		return;
	}
	pairs = items_pair(&v->out_visible, &v->visible, &n);
	for (size_t i = 0; pairs && i < n; i++) {
		own += pairs[i].b && pair_differs(&pairs[i]);
		same += pairs[i].b && !pair_differs(&pairs[i]);
	}
	boxview_row(page, "mounts", "%zu of its own, %zu as the host has them%s%s%s", own, same,
		    strcmp(v->root, "/") != 0 ? ", below its root" : "",
		    v->visible.n < v->mounts.n ? "; what these cover is left out" : "",
		    own > MOST ? "; peek mounts has all" : "");
	for (int r = 0; r <= 3; r++)
		for (size_t i = 0; pairs && i < n && shown < MOST; i++)
			if (pairs[i].b && pair_differs(&pairs[i]) && rank(v, &pairs[i]) == r) {
				boxview_row(page, "", "%s  %s", pairs[i].key, pairs[i].b);
				shown++;
			}
}
