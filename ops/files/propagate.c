/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The propagation of a whole tree is set at its root: mount(2) with MS_REC at
 * "/". In a chroot that is not the root of the mounts, and perhaps no mount at
 * all (EINVAL).
 */
#include "ops/files/propagate.h"

#include <errno.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/sys/sys.h"

/* The root of the mount namespace, from inside a chroot: joining one's own
 * mount namespace sets root and working directory to its root (setns(2)). */
static int from_chroot(struct call *c, unsigned long propagation)
{
	auto_close int root = sys_open_path(c, "/");
	auto_close int cwd = sys_open_path(c, ".");
	auto_close int self = sys_pidfd_open_self(c);
	int r;

	if (root < 0 || cwd < 0 || self < 0 ||
	    sys_setns(c, self, "pidfd of itself", CLONE_NEWNS) < 0)
		return -1;
	r = sys_mount(c, NULL, "/", NULL, MS_REC | propagation, NULL);
	if (sys_fchdir(c, root, "the root it had") < 0 || sys_chroot(c, ".") < 0 ||
	    sys_fchdir(c, cwd, "the directory it had") < 0)
		_exit(1); /* neither here nor there: better no box than one outside */
	return r;
}

int propagate_all(struct call *c, unsigned long propagation)
{
	struct err first = *c->err;

	if (sys_mount(c, NULL, "/", NULL, MS_REC | propagation, NULL) == 0)
		return 0;
	if (c->err->errnum != EINVAL)
		return -1;
	if (from_chroot(c, propagation) < 0)
		return -1;
	*c->err = first;
	return 0;
}
