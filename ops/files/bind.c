/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mount bind, mount rbind: what is there already appears a second time. The
 * copy is made detached (open_tree(2)), gets its attributes (mount_setattr(2))
 * and is then attached (move_mount(2)): so they are in force from the first
 * moment, for each mount of a tree, and those that are locked stay (mount(2)
 * with MS_BIND ignores attributes, and MS_REMOUNT has to name all of them).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/files/libmount.h"
#include "ops/files/mountdiag.h"
#include "ops/files/mountfs.h"
#include "ops/files/target.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"
#include "ops/sys/sysmount.h"

static bool is_recursive(const struct call *c)
{
	return !strcmp(c->op->name, "mount rbind");
}

static int check(int argc, char **argv, struct err *err)
{
	struct mount_attributes a;

	return mount_only_attributes(argv[0], argc > 3 ? argv[3] : NULL, &a, err);
}

static int host(struct call *c)
{
	char set[32], clear[32];
	struct mount_attributes a;
	struct call sub = *c;

	if (mount_only_attributes(c->op->name, c->argc > 3 ? c->argv[3] : NULL, &a, c->err) < 0)
		return -1;
	snprintf(set, sizeof(set), "%llu", (unsigned long long)a.set);
	snprintf(clear, sizeof(clear), "%llu", (unsigned long long)a.clear);
	sub.argv = (char *[]){c->argv[0], c->argv[1], c->argv[2], set, clear, NULL};
	sub.argc = 5;
	return box_ask(&sub);
}

static int box(struct call *c)
{
	uint64_t set = strtoull(c->argv[3], NULL, 10), clear = strtoull(c->argv[4], NULL, 10);
	auto_target t = TARGET_CLOSED;
	auto_close int tree = -1;

	if (target_open(c, c->argv[2], &t) < 0)
		return -1;
	tree = sys_open_tree(c, AT_FDCWD, c->argv[1], is_recursive(c));
	if (tree < 0 && c->err->errnum == ENOSYS && !(set | clear)) {
		*c->err = (struct err){0}; /* before Linux 5.2 */
		return sys_mount(c, c->argv[1], t.name, NULL,
				 MS_BIND | (is_recursive(c) ? MS_REC : 0), NULL);
	}
	if (tree < 0)
		return -1;
	if ((set | clear) && sys_mount_setattr(c, tree, is_recursive(c), set, clear) < 0)
		return -1;
	return sys_move_mount(c, tree, t.fd);
}

#define COMMON                                                                                     \
	.argmin = 2, .argmax = 3, .changes = CLONE_NEWNS,                                          \
	.args = {{ARG_FILE, NULL}, {ARG_FILE, NULL}, {ARG_WORD, mount_option_words}},              \
	.check = check, .host = host, .box = box, .diagnose = mount_bind_diagnose
#define OPTIONS                                                                                    \
	"OPTIONS is a list of ro, nosuid, nodev, noexec and the like; they are in force before\n"  \
	"DIR shows anything. SRC may be any name in the box, links are followed; on the way to\n"  \
	"DIR they are not, while the box's root is the host's.\n"                                  \
	"See mount(2), open_tree(2), mount_setattr(2)."

const struct op op_mount_bind = {
	.name = "mount bind",
	.usage = "mount bind [--host] SRC DIR [OPTIONS]",
	.summary = "a directory or file a second time",
	.detail =
		"What is at SRC also appears at DIR (both directories, or both not), without what\n"
		"is mounted below it.\n" OPTIONS,
	COMMON,
};

const struct op op_mount_rbind = {
	.name = "mount rbind",
	.usage = "mount rbind [--host] SRC DIR [OPTIONS]",
	.summary = "the same with all that is mounted below it",
	.detail = "What is at SRC also appears at DIR, with every mount below it.\n" OPTIONS,
	COMMON,
};
