/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each name is looked at with readlinkat(2), behind a part that has no link in
 * it any more: so no link is ever followed from here, where an absolute one
 * would lead into our own root.
 */
#include "ops/files/follow.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINKS 40 /* MAXSYMLINKS, include/linux/namei.h */

struct way {
	int root, cwd;
	struct followed *f;
	char rest[PATH_MAX]; /* still to go */
	int links;
};

static ssize_t read_link(const struct way *w, const char *path, char *to)
{
	const char *name = path + strspn(path, "/");

	return readlinkat(path[0] == '/' ? w->root : w->cwd, *name ? name : ".", to, PATH_MAX - 1);
}

/* The root is above itself; a path that begins with .. keeps it. */
static bool go_up(char *done)
{
	char *slash = strrchr(done, '/');
	const char *last = slash ? slash + 1 : done;

	if (!strcmp(done, "/"))
		return true;
	if (!*done || !strcmp(last, "..")) {
		if (strlen(done) + 4 > PATH_MAX)
			return false;
		strcat(done, *done ? "/.." : "..");
		return true;
	}
	if (slash)
		slash[slash == done] = '\0';
	else
		*done = '\0';
	return true;
}

static bool append(char *path, const char *name, size_t n)
{
	size_t len = strlen(path);
	const char *between = len && path[len - 1] != '/' ? "/" : "";

	return snprintf(path + len, PATH_MAX - len, "%s%.*s", between, (int)n, name) <
	       (int)(PATH_MAX - len);
}

/* What the link holds comes before what is still to go, which begins with / if it is anything. */
static bool enter_link(struct way *w, const char *to)
{
	char rest[PATH_MAX];

	w->f->circle = ++w->links > LINKS;
	if (w->f->circle || snprintf(rest, sizeof(rest), "%s%s", to, w->rest) >= (int)sizeof(rest))
		return false;
	memcpy(w->rest, rest, strlen(rest) + 1);
	if (to[0] == '/') {
		w->f->absolute = true;
		strcpy(w->f->real, "/");
	}
	return true;
}

/* The next name. false: no further. */
static bool step(struct way *w)
{
	char name[NAME_MAX + 1], to[PATH_MAX], part[PATH_MAX];
	size_t at = strspn(w->rest, "/"), n = strcspn(w->rest + at, "/");
	ssize_t r;

	if (n > NAME_MAX)
		return false;
	memcpy(name, w->rest + at, n);
	name[n] = '\0';
	memmove(w->rest, w->rest + at + n, strlen(w->rest + at + n) + 1);
	if (!n || !strcmp(name, "."))
		return true;
	if (!strcmp(name, ".."))
		return go_up(w->f->real);
	snprintf(part, sizeof(part), "%s", w->f->real);
	if (!append(part, name, n))
		return false;
	r = read_link(w, part, to);
	if (r >= 0) {
		to[r] = '\0';
		return enter_link(w, to);
	}
	w->f->missing = errno == ENOENT;
	if (errno != EINVAL && errno != ENOENT) /* EINVAL: it is no link */
		return false;
	snprintf(w->f->real, sizeof(w->f->real), "%s", part);
	at = strspn(w->rest, "/");
	return !w->f->missing || !w->rest[at] ||
	       append(w->f->real, w->rest + at, strlen(w->rest + at));
}

bool follow_links(int root, int cwd, const char *path, struct followed *f)
{
	struct way w = {.root = root, .cwd = cwd, .f = f};

	*f = (struct followed){.real = ""};
	if (strlen(path) >= sizeof(w.rest))
		return false;
	strcpy(w.rest, path);
	strcpy(f->real, path[0] == '/' ? "/" : "");
	while (w.rest[0] && !f->missing)
		if (!step(&w))
			return false;
	return true;
}
