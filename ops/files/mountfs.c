/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file system at a directory. The shell takes the options apart, for libmount
 * is there, and the box makes the one call. The flags are those that container
 * engines give each kind: no set-uid programs, no devices, nothing executable
 * where only the kernel writes; and what shows or steers the kernel as a whole
 * (sysfs, cgroup2) only to read, unless asked for with rw.
 */
#include "ops/files/mountfs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>

#include "ops/box/box.h"
#include "ops/files/cgroupwords.h"
#include "ops/files/libmount.h"
#include "ops/files/mountdiag.h"
#include "ops/files/target.h"
#include "ops/guard.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"
#include "ops/sys/syscontext.h"
#include "ops/table.h"
#include "ops/why/diagnose.h"

#define FAMILY    "mount "
#define QUIET     (MS_NOSUID | MS_NODEV | MS_NOEXEC)
#define TERMINALS 5 /* the group tty, which owns terminals in every distribution */

const char *const mount_option_words[] = {
	"ro",   "rw",      "nosuid",   "suid",        "nodev",      "dev",         "noexec",
	"exec", "noatime", "relatime", "strictatime", "nodiratime", "nosymfollow", NULL};

/* What mount(8) takes for an option is no directory either; it is refused. */
static const char *const foreign_words[] = {
	"remount", "bind",  "rbind",  "move",       "private",     "rprivate", "shared",
	"rshared", "slave", "rslave", "unbindable", "runbindable", "loop",     "defaults",
	"user",    "users", "noauto", "auto",       "nofail",      "_netdev",  NULL};
static const char *const tmpfs_words[] = {"noswap", "inode32", "inode64", NULL};
static const char *const devpts_words[] = {"newinstance", NULL};
static const struct mount_kind {
	const char *type;
	const char *dir;          /* where it goes when no word says so; NULL: one must */
	unsigned long flags;      /* mount(2), before the person's options */
	const char *const *words; /* its own options that stand without "=" */
} kinds[] = {
	{"proc", "/proc", QUIET, NULL},
	{"sysfs", "/sys", QUIET | MS_RDONLY, NULL},
	{"tmpfs", NULL, MS_NOSUID | MS_NODEV, tmpfs_words},
	{"devpts", "/dev/pts", MS_NOSUID | MS_NOEXEC, devpts_words},
	{"mqueue", "/dev/mqueue", QUIET, NULL},
	{"cgroup2", "/sys/fs/cgroup", QUIET | MS_RDONLY, cgroup2_words},
	{NULL, NULL, 0, NULL},
};

/* NULL for any op but "mount TYPE". */
static const struct mount_kind *mount_kind(const struct op *op)
{
	const char *type = strncmp(op->name, FAMILY, strlen(FAMILY)) != 0
				   ? ""
				   : op->name + strlen(FAMILY);

	for (const struct mount_kind *k = kinds; k->type; k++)
		if (!strcmp(k->type, type))
			return k;
	return NULL;
}

static bool is_in(const char *const *words, const char *word)
{
	while (words && *words && strcmp(*words, word) != 0)
		words++;
	return words && *words;
}

static bool is_path(const char *word)
{
	return word[0] == '/' || word[0] == '.';
}

/* One word stands where both a directory and options could. */
static bool is_options(const struct mount_kind *k, const char *word)
{
	if (is_path(word))
		return false;
	return strpbrk(word, "=,") || is_in(mount_option_words, word) || is_in(k->words, word) ||
	       is_in(foreign_words, word);
}

/* Of two words: a source and a directory, as mount(2) has them? */
static bool has_source(const struct mount_kind *k, char **argv)
{
	return is_path(argv[2]) || (!is_path(argv[1]) && !is_options(k, argv[2]));
}

/* Is one of the words "nosuid" and "nodev" among the options? */
static bool says_flags(const char *options)
{
	for (const char *at = options; at && *at; at += strspn(at, ",")) {
		size_t n = strcspn(at, ",");

		if ((n == 6 && !strncmp(at, "nosuid", n)) || (n == 5 && !strncmp(at, "nodev", n)))
			return true;
		at += n;
	}
	return false;
}

static void read_request(const struct op *op, char **argv, struct mount_request *r)
{
	const struct mount_kind *k = mount_kind(op);

	if (!k) {
		*r = (struct mount_request){
			.type = argv[1], .src = argv[2], .dir = argv[3], .options = argv[4]};
		return;
	}
	*r = (struct mount_request){
		.type = k->type, .src = k->type, .dir = k->dir, .flags = k->flags};
	if (!argv[1])
		return;
	if (!argv[2] && k->dir && is_options(k, argv[1])) {
		r->options = argv[1];
		return;
	}
	if (argv[2] && (argv[3] || has_source(k, argv)))
		r->src = *++argv;
	r->dir = argv[1];
	r->options = argv[2];
}

/* Who says one of a tmpfs's flags gets those that he says: device files may be meant to be made
 * in it. */
void mount_request(const struct op *op, char **argv, struct mount_request *r)
{
	read_request(op, argv, r);
	if (!strcmp(r->type, "tmpfs") && says_flags(r->options))
		r->flags = 0;
}

int mount_fs_check(int argc, char **argv, struct err *err)
{
	struct mount_words words;
	struct mount_request r;

	if (argc == 4 && mount_kind(table_find(argv[0])) && is_path(argv[1]) &&
	    is_options(mount_kind(table_find(argv[0])), argv[2]))
		return err_usage(err, "%s: too many arguments: %.100s", argv[0], argv[3]);
	mount_request(table_find(argv[0]), argv, &r);
	if (r.options && r.options[0] == '/') {
		err_usage(err, "%s: options are expected, not a path: %.200s", argv[0], r.options);
		return -1;
	}
	return mount_words(argv[0], r.options, &words, err);
}

const char *mount_base_data(struct call *c, struct mount_request *r)
{
	if (!strcmp(r->type, "cgroup2") && !guard_own(c->session, CLONE_NEWCGROUP)) {
		cgroup2_in_force(r->in_force, sizeof(r->in_force));
		return r->in_force;
	}
	if (!mount_kind(c->op) || strcmp(r->type, "devpts") != 0)
		return "";
	return diagnose_is_mapped(c, "gid_map", TERMINALS)
		       ? "newinstance,ptmxmode=0666,mode=0620,gid=5"
		       : "newinstance,ptmxmode=0666,mode=0620";
}

int mount_fs_host(struct call *c)
{
	char flags[32], data[2 * MOUNT_DATA];
	struct mount_words words;
	struct mount_request r;
	struct call sub = *c;
	const char *base;

	mount_request(c->op, c->argv, &r);
	if (mount_words(c->op->name, r.options, &words, c->err) < 0)
		return -1;
	base = mount_base_data(c, &r);
	snprintf(flags, sizeof(flags), "%lu", (r.flags | words.set) & ~words.clear);
	snprintf(data, sizeof(data), "%s%s%s", base, *base && *words.data ? "," : "", words.data);
	sub.argv = (char *[]){c->argv[0], (char *)r.type, (char *)r.src, (char *)r.dir,
			      flags,      data,           NULL};
	sub.argc = 6;
	if (box_ask(&sub) == 0)
		return 0;
	if (c->err->errnum == EINVAL)
		mount_ids_diagnose(c, words.data);
	return -1;
}

int mount_fs_box(struct call *c)
{
	const char *type = c->argv[1], *src = c->argv[2], *dir = c->argv[3], *data = c->argv[5];
	unsigned long flags = strtoul(c->argv[4], NULL, 10);
	auto_target t = TARGET_CLOSED;

	if (target_open(c, dir, &t) < 0)
		return -1;
	if (sys_mount(c, src, t.name, type, flags, *data ? data : NULL) == 0)
		return 0;
	if (*data)
		context_blame(c, type, data);
	return -1;
}
