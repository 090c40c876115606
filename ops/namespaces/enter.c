/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One setns(2) for all: of several namespaces the kernel takes the user
 * namespace first, asks for rights over each as the caller had them before,
 * and enters all or none (since Linux 5.8). A PID namespace is for children
 * only.
 */
#include "ops/namespaces/enter.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/box/selfexe.h"
#include "ops/box/serve.h"
#include "ops/box/successor.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"
#include "ops/sys/sysattr.h"

/* Root's groups, unmapped there, would still count on files; and where the
 * other namespace denies setgroups(2) they could not be dropped any more. */
static void drop_groups(struct call *c)
{
	static const gid_t none;
	struct err before = *c->err;

	if (geteuid() == 0 && getgroups(0, NULL) > 0 && sys_setgroups(c, 0, &none) < 0)
		*c->err = before;
}

static bool same_directory(int fd)
{
	struct statx here, there;
	unsigned want = STATX_INO | STATX_MNT_ID;

	return statx(AT_FDCWD, "/", 0, want, &here) == 0 &&
	       statx(fd, "", AT_EMPTY_PATH, want, &there) == 0 && here.stx_ino == there.stx_ino &&
	       here.stx_mnt_id == there.stx_mnt_id;
}

/* setns(2) leads to the root of the mount namespace; the process may have
 * another, by chroot(2). */
static int take_root(struct call *c)
{
	if (c->nfds < 2 || same_directory(c->fds[1]))
		return 0;
	return sys_fchdir(c, c->fds[1], "the process's root") < 0 ? -1 : sys_chroot(c, ".");
}

static int settle(struct call *c, unsigned flags)
{
	if (take_root(c) < 0)
		return -1;
	return flags & CLONE_NEWPID ? successor_take_over(c) : 0;
}

/* What setns(2) did cannot be taken back: a box that stays half way ends. */
int enter_box(struct call *c, unsigned flags)
{
	if (flags & CLONE_NEWUSER)
		drop_groups(c);
	selfexe_hide();
	if (sys_setns(c, c->fds[0], c->argv[1], flags) < 0)
		return -1;
	selfexe_hide(); /* with the capabilities of a user namespace, perhaps only now */
	serve_credentials_changed();
	if (settle(c, flags) == 0)
		return 0;
	c->err->kind = ERR_BOX;
	return -1;
}
