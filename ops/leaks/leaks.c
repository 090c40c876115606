/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two readings of the same facts, compared item by item.
 */
#include "ops/leaks/leaks.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/leaks/groups.h"
#include "ops/leaks/shline.h"
#include "ops/limits/sysctlkey.h"
#include "ops/text/quote.h"

static char *copy(const char *s)
{
	return s ? strdup(s) : NULL;
}

void leaks_add(struct leaks *l, enum leak_kind kind, const char *fact, const char *what,
	       const char *before, const char *now, char *fix)
{
	struct leak *more = reallocarray(l->list, l->n + 1, sizeof(*more));

	if (!more) {
		free(fix);
		l->errnum = 1;
		return;
	}
	l->list = more;
	l->list[l->n++] = (struct leak){.kind = kind,
					.fact = fact,
					.what = copy(what),
					.before = copy(before),
					.now = copy(now),
					.fix = fix};
}

void leaks_release(struct leaks *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->list[i].what);
		free(l->list[i].before);
		free(l->list[i].now);
		free(l->list[i].fix);
	}
	free(l->list);
	*l = (struct leaks){0};
}

size_t leaks_count(const struct leaks *l, enum leak_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += l->list[i].kind == kind;
	return n;
}

static char *rename_line(const char *key, const char *value)
{
	if (!strcmp(key, "hostname") && access("/proc/sys/kernel/hostname", F_OK) < 0)
		return shline("hostname %s", value);
	return shline("echo %s >/proc/sys/kernel/%s", value, key);
}

static void add_name(struct leaks *l, const struct pair *p)
{
	leaks_add(l, LEAK_CHANGED, "hostname", p->key, p->a, p->b,
		  p->a ? rename_line(p->key, p->a) : NULL);
}

/* A line of ctrsh in one of sh(1). */
static char *unkeep_line(const char *file)
{
	char word[PATH_MAX + 8], line[sizeof(word) + 8];

	if (!quote_word(word, sizeof(word), file))
		return NULL;
	snprintf(line, sizeof(line), "unkeep %s", word);
	return shline("ctrsh -c %s", line);
}

/* "nsfs nsfs from net:[4026532218] rw": a namespace that is kept. */
static void add_mount(struct leaks *l, const struct pair *p)
{
	bool kept = !p->a && !strncmp(p->b, "nsfs ", 5);

	leaks_add(l, kept ? LEAK_KEPT : LEAK_CHANGED, "mounts", p->key, p->a, p->b,
		  p->a   ? NULL
		  : kept ? unkeep_line(p->key)
			 : shline("umount %s", p->key));
}

static void add_link(struct leaks *l, const struct pair *p, const struct items *marked)
{
	if (!items_find(marked, p->key))
		leaks_add(l, LEAK_CHANGED, "links", p->key, p->a, p->b,
			  p->a ? NULL : shline("ip link delete %s", p->key));
}

static void add_group(struct leaks *l, const struct pair *p)
{
	if (groups_maker(p->key) || groups_is_leaf(p->key))
		return; /* told by its name, not by when it came */
	leaks_add(l, LEAK_CHANGED, "cgroups", p->key, p->a, p->b,
		  p->a ? NULL : groups_removal(p->key));
}

static void add_unknown(struct leaks *l, enum host_fact fact, int errnum)
{
	bool proc = access("/proc/self", F_OK) == 0;

	leaks_add(l, LEAK_UNKNOWN, host_fact_names[fact],
		  proc ? strerror(errnum) : "no /proc to read them from", NULL, NULL,
		  proc ? NULL : shline("mount -t proc proc /proc"));
}

/* The last comes first: what was mounted upon something, or made below it, has to go
 * before that can. */
static void compare(struct leaks *l, enum host_fact fact, const struct items *before,
		    const struct items *now, const struct items *marked)
{
	auto_free struct pair *pairs = NULL;
	size_t n;

	if (before->errnum || now->errnum) {
		add_unknown(l, fact, before->errnum ? before->errnum : now->errnum);
		return;
	}
	pairs = items_pair(before, now, &n);
	for (size_t i = pairs ? n : 0; i-- > 0;) {
		if (!pair_differs(&pairs[i]))
			continue;
		if (fact == HOST_NAME)
			add_name(l, &pairs[i]);
		else if (fact == HOST_MOUNTS)
			add_mount(l, &pairs[i]);
		else if (fact == HOST_LINKS)
			add_link(l, &pairs[i], marked);
		else
			add_group(l, &pairs[i]);
	}
}

static bool is_the_boxs(const struct session *s, const char *dir)
{
	for (int i = 0; s->made && i < s->made->n_groups; i++)
		if (!strcmp(s->made->groups[i].dir, dir))
			return true;
	return false;
}

/* Groups tell by their names whose they are. */
static void find_groups(const struct session *s, const struct items *all, struct leaks *l)
{
	char by[64];

	for (size_t i = 0; i < all->n; i++) {
		const char *dir = all->list[i].key;
		int pid = groups_maker(dir);

		if (!pid && !groups_is_leaf(dir))
			continue;
		if (pid && is_the_boxs(s, dir))
			leaks_add(l, LEAK_BOX, "cgroups", dir, NULL, "", shline("reset"));
		else if (pid == s->shell)
			leaks_add(l, LEAK_OURS, "cgroups", dir, NULL, "", groups_removal(dir));
		else if (pid ? groups_maker_lives(pid) : groups_has_user(all, dir))
			continue; /* another session's */
		else {
			snprintf(by, sizeof(by), "by ctrsh %d, which is not to be seen here", pid);
			leaks_add(l, LEAK_EARLIER, "cgroups", dir, NULL, pid ? by : "",
				  groups_removal(dir));
		}
	}
}

static void find_sysctls(const struct items *watched, struct leaks *l)
{
	char now[1024];

	for (size_t i = 0; i < watched->n; i++) {
		const struct item *w = &watched->list[i];

		if (!host_sysctl(w->key, now, sizeof(now)) || !strcmp(now, w->value))
			continue;
		leaks_add(l, LEAK_CHANGED, "sysctl", w->key, w->value, now,
			  shline("echo %s >" SYSCTL_ROOT "/%s", w->value, w->key));
	}
}

void leaks_find(const struct host_state *before, const struct session *s, struct leaks *l)
{
	auto_items struct items marked = {0};
	struct host_state now;

	*l = (struct leaks){0};
	host_read(&now);
	leaks_find_links(s, l, &marked);
	for (int i = 0; i < HOST_FACTS; i++) {
		l->counts[i] = now.facts[i].n;
		if (before)
			compare(l, i, &before->facts[i], &now.facts[i], &marked);
	}
	find_groups(s, &now.facts[HOST_GROUPS], l);
	leaks_find_processes(s, l);
	if (before)
		find_sysctls(&before->sysctls, l);
	host_release(&now);
}
