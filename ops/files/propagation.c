/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * propagation: does what is mounted below a mount appear in its copies in other
 * namespaces, and the other way round (mount_namespaces(7))? mount(2) with one
 * of four flags.
 */
#include <string.h>
#include <sys/mount.h>

#include "ops/files/mountdiag.h"
#include "ops/files/target.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"

#define RECURSIVE "--recursive"

static const char *const options[] = {RECURSIVE, NULL};
static const char *const types[] = {"private", "slave", "shared", "unbindable", NULL};
static const unsigned long flags[] = {MS_PRIVATE, MS_SLAVE, MS_SHARED, MS_UNBINDABLE};

static int find(const char *word)
{
	for (int i = 0; types[i]; i++)
		if (!strcmp(types[i], word))
			return i;
	return -1;
}

static char **words(char **argv)
{
	return argv + 1 + !strcmp(argv[1], RECURSIVE);
}

static int check(int argc, char **argv, struct err *err)
{
	(void)argc;
	if (find(words(argv)[0]) >= 0)
		return 0;
	err_usage(err, "propagation: no such type: %.100s", words(argv)[0]);
	err_why(err, "the kernel has private slave shared unbindable");
	return -1;
}

static int box(struct call *c)
{
	char **w = words(c->argv);
	auto_target t = TARGET_CLOSED;

	if (target_open(c, w[1] ? w[1] : "/", &t) < 0)
		return -1;
	return sys_mount(c, NULL, t.name, NULL, flags[find(w[0])] | (w != c->argv + 1 ? MS_REC : 0),
			 NULL);
}

const struct op op_propagation = {
	.name = "propagation",
	.usage = "propagation [--host] [--recursive] private|slave|shared|unbindable [DIR]",
	.summary = "whether what is mounted below DIR (/) shows up in other namespaces",
	.detail =
		"shared: both ways, with all copies of this mount. slave: what appears there appears\n"
		"here, not the other way. private: neither. unbindable: private, and not to be bound\n"
		"elsewhere. DIR is a mount point; --recursive: all mounts below it too.\n"
		"unshare mnt makes all of them private. See mount_namespaces(7), mount(2).",
	.argmin = 1,
	.argmax = 2,
	.flags = OP_PROPAGATION,
	.changes = CLONE_NEWNS,
	.options = options,
	.args = {{ARG_WORD, types}, {ARG_DIR, NULL}},
	.check = check,
	.box = box,
	.diagnose = mount_change_diagnose,
};
