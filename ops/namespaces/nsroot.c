/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Joining one's own mount namespace sets root and working directory to its root
 * (setns(2)); descriptors of both lead back.
 */
#include "ops/namespaces/nsroot.h"

#include <unistd.h>

#include "ops/auto.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"

int nsroot_open(struct call *c, const char *dir)
{
	auto_close int root = sys_open_path(c, "/");
	auto_close int cwd = sys_open_path(c, ".");
	auto_close int self = sys_pidfd_open_self(c);
	int fd;

	if (root < 0 || cwd < 0 || self < 0 ||
	    sys_setns(c, self, "pidfd of itself", CLONE_NEWNS) < 0)
		return -1;
	fd = sys_open_path(c, dir);
	if (sys_fchdir(c, root, "the root it had") < 0 || sys_chroot(c, ".") < 0 ||
	    sys_fchdir(c, cwd, "the directory it had") < 0)
		_exit(1); /* neither here nor there: better no box than one outside */
	return fd;
}
