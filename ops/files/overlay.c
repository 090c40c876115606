/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mount overlay: directories seen through each other; what is written goes to
 * the upper one, or is thrown away (overlayfs.rst in the kernel's documentation).
 * This is the shell's part: the words and their options.
 */
#include "ops/files/overlay.h"

#include <stdio.h>
#include <string.h>

#include "ops/box/box.h"
#include "ops/files/layers.h"
#include "ops/files/libmount.h"
#include "ops/files/mountdiag.h"
#include "ops/files/mountfs.h"
#include "ops/namespaces/ns.h"

#define INITIAL_USER 4026531837U /* PROC_USER_INIT_INO, the first user namespace */

int overlay_words(char **argv, struct overlay_words *w, const char **twice)
{
	*w = (struct overlay_words){.dir = argv[1]};
	for (int i = 2; argv[i]; i++) {
		const char **slot = &w->options;
		size_t n = 0;

		if (!strncmp(argv[i], "lower=", 6)) {
			slot = &w->lower;
			n = 6;
		} else if (!strncmp(argv[i], "upper=", 6)) {
			slot = &w->upper;
			n = 6;
		} else if (!strncmp(argv[i], "work=", 5)) {
			slot = &w->work;
			n = 5;
		}
		*twice = argv[i];
		if (*slot)
			return -1;
		*slot = argv[i] + n;
	}
	return 0;
}

bool overlay_next_lower(const char **rest, char *buf, unsigned size)
{
	unsigned n = 0;

	if (!**rest)
		return false;
	for (; **rest && **rest != ':'; ++*rest) {
		if (**rest == '\\' && (*rest)[1])
			++*rest;
		if (n + 1 < size)
			buf[n++] = **rest;
	}
	buf[n] = '\0';
	*rest += **rest == ':';
	return true;
}

/* Which of the names the word begins with; 6: none. */
static int keyword(const char *word, size_t *len)
{
	static const char *const names[] = {
		"lowerdir=", "upperdir=", "workdir=", "lower=", "upper=", "work="};
	int k = 0;

	while (k < 6 && strncmp(word, names[k], strlen(names[k])) != 0)
		k++;
	*len = k < 6 ? strlen(names[k]) : 0;
	return k;
}

/* As mount(8) has them: lowerdir=A,upperdir=B. Our line for it; a comma may also
 * belong to a name. */
static int habit(char **argv, struct err *err)
{
	static const char *const ours[] = {" lower=", " upper=", " work="};
	char line[ERR_TEXT / 2] = "";
	bool found = false, options = false;
	size_t n, len, used;

	for (int i = 2; argv[i]; i++)
		for (const char *w = argv[i]; *w; w += n + (w[n] == ',')) {
			int k = keyword(w, &len);

			n = strcspn(w, ",");
			found |= k < 3 || (k < 6 && w > argv[i]);
			used = strlen(line);
			snprintf(line + used, sizeof(line) - used, "%s%.*s",
				 k < 6     ? ours[k % 3]
				 : options ? ","
					   : " ",
				 (int)(n - len), w + len);
			options = k == 6;
		}
	if (!found)
		return 0;
	err_usage(err, "mount overlay: lower, upper, work and the options are a word each");
	err_fix(err, "mount overlay %.200s%s", argv[1], line);
	return -1;
}

static int check(int argc, char **argv, struct err *err)
{
	struct mount_words m;
	struct overlay_words w;
	const char *twice;

	(void)argc;
	if (habit(argv, err) < 0)
		return -1;
	if (overlay_words(argv, &w, &twice) < 0)
		return err_usage(err, "mount overlay: one too many: %.200s", twice);
	if (!w.lower || !*w.lower)
		return err_usage(err, "mount overlay: which directories? lower=DIR[:DIR...]");
	if (!w.dir[strspn(w.dir, "/")]) {
		err_usage(err, "mount overlay: not over / itself");
		err_why(err,
			"who has the old / as its root, as the box, would not see the new one");
		err_fix(err, "mount it at another directory, then chroot or pivot_root there");
		return -1;
	}
	if (!w.upper != !w.work) {
		err_usage(err, "mount overlay: %s= is missing", w.upper ? "work" : "upper");
		err_why(err,
			"what is written is prepared in an empty directory on the same file "
			"system as the upper one; without both it is thrown away");
		return -1;
	}
	return mount_words(argv[0], w.options, &m, err);
}

/* In a user namespace an overlay may not set trusted.* attributes; user.* will do. */
static const char *more_data(struct call *c, const char *data)
{
	ino_t user = ns_id(c->session->box.pid, ns_find("user"));

	return user && user != INITIAL_USER && !strstr(data, "userxattr") ? "userxattr" : "";
}

static int host(struct call *c)
{
	struct overlay_words w;
	struct mount_words m;
	struct call sub = *c;
	const char *more;
	char flags[32], data[2 * MOUNT_DATA];

	overlay_words(c->argv, &w, &more);
	if (mount_words(c->op->name, w.options, &m, c->err) < 0)
		return -1;
	more = more_data(c, m.data);
	snprintf(flags, sizeof(flags), "%lu", m.set);
	snprintf(data, sizeof(data), "%s%s%s", m.data, *m.data && *more ? "," : "", more);
	sub.argv = (char *[]){c->argv[0],
			      (char *)w.dir,
			      (char *)w.lower,
			      (char *)(w.upper ? w.upper : ""),
			      (char *)(w.work ? w.work : ""),
			      flags,
			      data,
			      NULL};
	sub.argc = 7;
	return box_ask(&sub);
}

static const char *const words[] = {"lower=", "upper=", "work=", NULL};

const struct op op_mount_overlay = {
	.name = "mount overlay",
	.usage = "mount overlay [--host] DIR lower=DIR[:DIR...] [upper=DIR work=DIR] [OPTIONS]",
	.summary = "directories seen through each other, writes kept apart",
	.detail =
		"DIR shows the lower directories, the first on top, and above them the upper one,\n"
		"which takes all that is written; work is an empty directory on the same file system.\n"
		"Without these two, what is written is thrown away: it goes to a tmpfs that is\n"
		"mounted at DIR first, holds upper and work, and is covered by the overlay (so two\n"
		"umounts show DIR as it was); DIR may be lower itself. In a name \\: is a colon. In a user namespace the word\n"
		"userxattr is added. OPTIONS is a list as ro,metacopy=on.\n"
		"See mount(8), overlayfs.rst in the kernel's documentation.",
	.argmin = 2,
	.argmax = 5,
	.changes = CLONE_NEWNS,
	.args = {{ARG_DIR, NULL}, {ARG_WORD, words}},
	.check = check,
	.host = host,
	.box = layers_box,
	.diagnose = mount_overlay_diagnose,
};
