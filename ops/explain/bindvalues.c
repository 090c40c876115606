/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of mount bind and remount: words as "ro,nosuid", for mount(8) and as attributes of
 * mount_setattr(2).
 */
#include <linux/mount.h>
#include <string.h>

#include "ops/explain/value.h"
#include "ops/files/libmount.h"
#include "ops/sys/sysmount.h"

/* In one line mount(8) would drop the flags that the mount has, and of rbind leave those below
 * as they are. */
static void put_bind(const struct explaining *x, FILE *f)
{
	const char *how = x->op->name + strlen("mount "), *dir = x->argv[2];

	fprintf(f, "mount --%s %s %s", how, x->argv[1], dir);
	if (x->argc > 3 && *how == 'r')
		fprintf(f, "; findmnt -Rrno TARGET %s | xargs -n 1 mount -o remount,bind,%s", dir,
			x->argv[3]);
	else if (x->argc > 3)
		fprintf(f, "; mount -o remount,bind,%s %s", x->argv[3], dir);
}

static bool is_read_only(const struct explaining *x)
{
	struct mount_attributes a;
	struct mount_words w;
	struct err err;

	return x->argc > 3 && mount_words(x->op->name, x->argv[3], &w, &err) == 0 &&
	       mount_attributes(&w, &a) == 0 && (a.set & MOUNT_ATTR_RDONLY);
}

/* remount: which of its words are for this mount, and which for the file system. */
static bool has_attributes(const struct explaining *x)
{
	struct mount_attributes a;
	struct mount_words w;
	struct err err;

	return mount_words("remount", x->argv[x->argc - 1], &w, &err) == 0 &&
	       mount_attributes(&w, &a) == 0 && (a.set | a.clear);
}

static bool has_data(const struct explaining *x)
{
	struct mount_words w;
	struct err err;

	return mount_words("remount", x->argv[x->argc - 1], &w, &err) == 0 && *w.data;
}

static void put_bits(FILE *f, const char *field, uint64_t bits)
{
	char text[256];

	if (bits)
		fprintf(f, "%s%s", field, sys_mount_attributes(text, sizeof(text), bits));
}

/* "{.attr_set = ..., .attr_clr = ...}" of words as "ro,nosuid". false: there is none. */
static bool put_attributes(const char *op, const char *words, FILE *f)
{
	struct mount_attributes a;
	struct mount_words w;
	struct err err;

	if (mount_words(op, words, &w, &err) < 0 || mount_attributes(&w, &a) < 0 ||
	    !(a.set | a.clear))
		return false;
	fputs("&(struct mount_attr){", f);
	put_bits(f, ".attr_set = ", a.set);
	put_bits(f, a.set ? ", .attr_clr = " : ".attr_clr = ", a.clear);
	fputs("}, sizeof(struct mount_attr));", f);
	return true;
}

static void put_bind_c(const struct explaining *x, FILE *f)
{
	const char *recursive = strcmp(x->op->name, "mount rbind") != 0 ? "" : "|AT_RECURSIVE";

	fputs("int fd = open_tree(AT_FDCWD, ", f);
	explain_quote(f, x->argv[1]);
	fprintf(f, ", OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC%s); ", recursive);
	if (x->argc > 3) {
		fprintf(f, "mount_setattr(fd, \"\", AT_EMPTY_PATH%s, ", recursive);
		if (!put_attributes(x->op->name, x->argv[3], f))
			fputs("&(struct mount_attr){0}, sizeof(struct mount_attr));", f);
		fputc(' ', f);
	}
	fputs("move_mount(fd, \"\", AT_FDCWD, ", f);
	explain_quote(f, x->argv[2]);
	fputs(", MOVE_MOUNT_F_EMPTY_PATH);", f);
}

/* What is this mount's, and what the whole file system's, is two lines for mount(8), too. */
static void put_remount_tools(const struct explaining *x, FILE *f)
{
	const char *dir = x->argv[x->argc - 2];
	char copy[MOUNT_DATA], flags[MOUNT_DATA] = "", *rest = copy, *word;
	bool below = explain_holds(x, "option");
	struct mount_words w;
	struct err err;
	size_t n = 0;

	snprintf(copy, sizeof(copy), "%s", x->argv[x->argc - 1]);
	if (mount_words(x->op->name, copy, &w, &err) < 0)
		return;
	while ((word = strsep(&rest, ",")) != NULL)
		if (mount_words(x->op->name, word, &w, &err) == 0 && !*w.data)
			n += (size_t)snprintf(flags + n, sizeof(flags) - n, ",%s", word);
	mount_words(x->op->name, x->argv[x->argc - 1], &w, &err);
	if (*w.data)
		fprintf(f, "mount -o remount,%s %s%s", w.data, dir, n ? "; " : "");
	if (n && below)
		fprintf(f, "findmnt -Rrno TARGET %s | xargs -n 1 mount -o remount,bind%s", dir,
			flags);
	else if (n)
		fprintf(f, "mount -o remount,bind%s %s", flags, dir);
}

/* Each word for the file system is a parameter of its own. */
static void put_parameters(char *data, FILE *f)
{
	char *word;

	while ((word = strsep(&data, ",")) != NULL) {
		char *value = strchr(word, '=');

		if (value)
			*value++ = '\0';
		fprintf(f, " fsconfig(fd, FSCONFIG_SET_%s, ", value ? "STRING" : "FLAG");
		explain_quote(f, word);
		fputs(", ", f);
		if (value)
			explain_quote(f, value);
		else
			fputs("NULL", f);
		fputs(", 0);", f);
	}
}

static void put_remount_c(const struct explaining *x, FILE *f)
{
	const char *dir = x->argv[x->argc - 2], *words = x->argv[x->argc - 1];
	struct mount_words w;
	struct err err;

	if (mount_words(x->op->name, words, &w, &err) < 0)
		return;
	if (explain_holds(x, "attributes")) {
		fputs("mount_setattr(AT_FDCWD, ", f);
		explain_quote(f, dir);
		fprintf(f, ", %s, ", explain_holds(x, "option") ? "AT_RECURSIVE" : "0");
		put_attributes(x->op->name, words, f);
	}
	if (!explain_holds(x, "data"))
		return;
	fprintf(f, "%sint fd = fspick(AT_FDCWD, ", explain_holds(x, "attributes") ? " " : "");
	explain_quote(f, dir);
	fputs(", FSPICK_CLOEXEC);", f);
	put_parameters(w.data, f);
	fputs(" fsconfig(fd, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0);", f);
}

const struct explain_value explain_values_bind[] = {
	{"bind", put_bind},          {"bindc", put_bind_c}, {"remounttools", put_remount_tools},
	{"remountc", put_remount_c}, {NULL, NULL},
};

const struct explain_condition explain_conditions_bind[] = {
	{"readonly", is_read_only},
	{"attributes", has_attributes},
	{"data", has_data},
	{NULL, NULL},
};
