/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * chroot: another directory becomes / for the box (chroot(2)). The call leaves
 * the working directory where it is, outside, and through it `..` leads out;
 * so the box goes to the new / as well, unless asked not to.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "ops/box/selfexe.h"
#include "ops/sys/sys.h"
#include "ops/why/diagnose.h"
#include "ops/why/diagprobe.h"

static bool keeps_cwd(int argc, char **argv)
{
	return argc == 3 && !strcmp(argv[1], "--keep-cwd");
}

static int box(struct call *c)
{
	selfexe_hide();
	if (sys_chroot(c, c->argv[c->argc - 1]) < 0)
		return -1;
	return keeps_cwd(c->argc, c->argv) ? 0 : sys_chdir(c, "/");
}

static void diagnose(struct call *c)
{
	const char *dir = c->argv[c->argc - 1];

	if (c->err->errnum == EPERM)
		diagnose_capability(c, "CAP_SYS_CHROOT", 18);
	else
		diagnose_path(c, dir);
	if (c->err->errnum != ENOENT)
		return;
	if (diagnose_other_root(c))
		err_add(c->err, "the box has another root already, and looks for it in there");
	else if (strstr(dir, "rootfs") && access("scripts/mkrootfs", X_OK) == 0)
		err_first(c->err, "!scripts/mkrootfs");
}

static const char *const options[] = {"--keep-cwd", NULL};

const struct op op_chroot = {
	.name = "chroot",
	.usage = "chroot [--keep-cwd] DIR",
	.summary = "make DIR the root directory of the box, and go there",
	.detail =
		"chroot(2), then chdir(2) to the new /. With --keep-cwd without the second: the\n"
		"working directory then lies outside the new root, and `cd ..` leads out of it.\n"
		"Only path look-up changes: mounts, processes and devices stay as they are.\n"
		"Needs CAP_SYS_CHROOT. See chroot(2).",
	.argmin = 1,
	.argmax = 1,
	.options = options,
	.args = {{ARG_DIR, NULL}},
	.box = box,
	.diagnose = diagnose,
};
