/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line as mount(8) has it, read to the end, and written as ours.
 */
#include <stdio.h>
#include <string.h>

#include "repl/habit.h"

struct line {
	const char *type, *how; /* how: bind, rbind, remount, private ... */
	char options[ERR_TEXT / 4];
	const char *words[3];
	int n;
	bool recursive, foreign; /* foreign: something only mount(8) takes was there */
};

static void add_option(struct line *l, const char *word, size_t n)
{
	size_t used = strlen(l->options);

	snprintf(l->options + used, sizeof(l->options) - used, "%s%.*s", used ? "," : "", (int)n,
		 word);
}

static bool is(const char *word, size_t n, const char *name)
{
	return strlen(name) == n && !strncmp(word, name, n);
}

static void take_options(struct line *l, const char *list)
{
	for (size_t n; *list; list += n + (list[n] == ',')) {
		n = strcspn(list, ",");
		if (is(list, n, "bind"))
			l->how = "bind";
		else if (is(list, n, "rbind"))
			l->how = "rbind";
		else if (is(list, n, "remount"))
			l->how = "remount";
		else if (n && !is(list, n, "defaults"))
			add_option(l, list, n);
	}
}

static bool take_flag(struct line *l, const char *flag)
{
	static const char *const kinds[] = {"private", "slave", "shared", "unbindable", NULL};

	if (!strcmp(flag, "--bind") || !strcmp(flag, "-B"))
		l->how = "bind";
	else if (!strcmp(flag, "--rbind") || !strcmp(flag, "-R"))
		l->how = "rbind";
	else if (!strcmp(flag, "-r") || !strcmp(flag, "--read-only"))
		add_option(l, "ro", 2);
	else if (strncmp(flag, "--make-", 7) != 0)
		return flag[0] == '-' && flag[1] && strcmp(flag, "--host") != 0;
	for (const char *const *k = kinds; *k && flag[1] == '-' && flag[2] == 'm'; k++) {
		l->recursive |= flag[7] == 'r' && !strcmp(flag + 8, *k);
		if (!strcmp(flag + 7, *k) || !strcmp(flag + 8, *k))
			l->how = *k;
	}
	return true;
}

static void read_line(int argc, char *const *argv, struct line *l)
{
	for (int i = 1; i < argc; i++) {
		const char *word = argv[i];
		bool type = !strncmp(word, "-t", 2) || !strcmp(word, "--types");
		bool option = !strncmp(word, "-o", 2) || !strcmp(word, "--options");
		bool glued = word[0] == '-' && word[1] != '-' && word[1] && word[2];
		const char *value = glued ? word + 2 : i + 1 < argc ? argv[i + 1] : "";

		if (type || option) {
			l->foreign = true;
			i += !glued;
			if (type)
				l->type = value;
			else
				take_options(l, value);
		} else if (take_flag(l, word)) {
			l->foreign = true;
		} else if (l->n < 3 && strcmp(word, "--host") != 0) {
			l->words[l->n++] = word;
		}
	}
}

/* lowerdir=A,upperdir=B,workdir=C as words. */
static void overlay(const struct line *l, char *buf, size_t size)
{
	size_t n = (size_t)snprintf(buf, size, "mount overlay %.200s",
				    l->n ? l->words[l->n - 1] : "DIR");

	for (const char *o = l->options; *o && n < size; o += strcspn(o, ","), o += *o == ',') {
		const char *dir = strstr(o, "dir=");
		size_t len = strcspn(o, ",");

		if (dir && dir == o + 5)
			n += (size_t)snprintf(buf + n, size - n, " %.5s%.*s", o, (int)len - 8,
					      o + 8);
		else if (dir && dir == o + 4)
			n += (size_t)snprintf(buf + n, size - n, " %.4s%.*s", o, (int)len - 7,
					      o + 7);
	}
}

static void ours(const struct line *l, char *buf, size_t size)
{
	const char *last = l->n ? l->words[l->n - 1] : "DIR",
		   *first = l->n > 1 ? l->words[0] : "SRC";
	const char *space = l->options[0] ? " " : "";

	if (l->how && (!strcmp(l->how, "bind") || !strcmp(l->how, "rbind")))
		snprintf(buf, size, "mount %s %.150s %.150s%s%s", l->how, first, last, space,
			 l->options);
	else if (l->how && !strcmp(l->how, "remount"))
		snprintf(buf, size, "remount %.200s %s", last, l->options);
	else if (l->how)
		snprintf(buf, size, "propagation %s%s %.200s", l->recursive ? "--recursive " : "",
			 l->how, last);
	else if (l->type && !strcmp(l->type, "overlay"))
		overlay(l, buf, size);
	else
		snprintf(buf, size, "mount %.60s %.150s %.150s%s%s", l->type ? l->type : "TYPE",
			 first, last, space, l->options);
}

bool habit_mount(int argc, char *const *argv, struct err *err)
{
	char line[ERR_TEXT];
	struct line l = {0};

	read_line(argc, argv, &l);
	if (!l.foreign && l.n == 2 && strchr(l.words[0], '/')) {
		err_usage(err, "mount: the type comes first, nothing is guessed");
		err_fix(err,
			"mount ext4 %.150s %.150s, say; for a directory: mount bind %.150s %.150s",
			l.words[0], l.words[1], l.words[0], l.words[1]);
		return true;
	}
	if (!l.foreign)
		return false;
	ours(&l, line, sizeof(line));
	err_usage(err,
		  "mount: -t, -o, --bind and their like are the command's; here it goes without");
	err_fix(err, "%.600s", line);
	return true;
}
