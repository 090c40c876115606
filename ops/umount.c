/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * umount: takes the topmost mount off a directory (umount2(2)).
 */
#include <errno.h>

#include "diagnose.h"
#include "ns.h"
#include "sys.h"

static int box(struct call *c)
{
	return sys_umount(c, c->argv[1]);
}

static void diagnose(struct call *c)
{
	if (c->err->errnum == EPERM)
		diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	else if (c->err->errnum == EBUSY)
		err_why(c->err,
			"something uses it: a working directory, an open file, or a mount "
			"below it");
	else if (c->err->errnum == EINVAL)
		diagnose_not_mounted(c, c->argv[1]);
	else
		diagnose_path(c, c->argv[1]);
}

const struct op op_umount = {
	.name = "umount",
	.usage = "umount [--host] DIR",
	.summary = "take a mount off DIR",
	.detail =
		"Removes the topmost mount at DIR from the box's mount namespace. Refused while "
		"the\n"
		"box shares the host's mounts; --host insists. See umount2(2).",
	.argmin = 1,
	.argmax = 1,
	.changes = CLONE_NEWNS,
	.args = {{ARG_DIR, NULL}},
	.box = box,
	.diagnose = diagnose,
};
