/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands in the way of new namespaces: another root, IDs that have no
 * place in the user namespace, limits (namespaces(7)), the clock itself, and
 * settings by which distributions keep plain users from user namespaces.
 */
#include "ops/namespaces/unsharediag.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/namespaces/clocks.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/nstree.h"
#include "ops/why/diagfilter.h"
#include "ops/why/diagnose.h"
#include "ops/why/diagprobe.h"
#include "ops/why/probes.h"

#define DEEPEST 32 /* user_namespaces(7), pid_namespaces(7) */

/* Joining a mount namespace, also one's own, leads to its root (setns(2)). */
static bool root_is_same(int ns, int root)
{
	const unsigned mask = STATX_MNT_ID | STATX_INO;
	struct statx its, whole;
	bool same = true;

	if (statx(root, "", AT_EMPTY_PATH, mask, &its) == 0 && setns(ns, CLONE_NEWNS) == 0 &&
	    statx(AT_FDCWD, "/", 0, mask, &whole) == 0)
		same = its.stx_mnt_id == whole.stx_mnt_id && its.stx_ino == whole.stx_ino;
	return same;
}

/* Somebody did chroot before ctrsh was started. In doubt: no. */
static bool started_in_chroot(struct call *c)
{
	auto_close int ns = nstree_open(c->session->box.pid, "mnt");
	auto_close int root = -1;
	int status = 0;
	char path[64];
	pid_t pid;

	box_proc(c->session, path, sizeof(path), "root");
	root = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (ns < 0 || root < 0)
		return false;
	pid = fork();
	if (pid == 0)
		_exit(!root_is_same(ns, root));
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (pid < 0 || !WIFEXITED(status))
		return false;
	probes_note(c, path, "is the root of its mount namespace", "%s",
		    WEXITSTATUS(status) ? "no" : "not seen to be another");
	return WEXITSTATUS(status) == 1;
}

static bool no_user_namespace(struct call *c)
{
	if (diagnose_other_root(c)) {
		err_why(c->err,
			"the box has another root: after chroot the kernel makes no user "
			"namespace (user_namespaces(7))");
		err_fix(c->err, "reset, and unshare user before chroot");
	} else if (started_in_chroot(c)) {
		err_why(c->err,
			"ctrsh was started after a chroot: the root directory is not that of the "
			"mount namespace, and then the kernel makes no user namespace "
			"(user_namespaces(7))");
		err_fix(c->err,
			"start ctrsh outside of that chroot, or where pivot_root made the root");
	} else if (diagnose_lacks_map(c, "uid_map") || diagnose_lacks_map(c, "gid_map")) {
		err_why(c->err,
			"the box's user namespace has no %s: its user and group IDs do not "
			"exist there, and so can own nothing (user_namespaces(7))",
			diagnose_lacks_map(c, "uid_map") ? "uid_map" : "gid_map");
		if (diagnose_own(c, CLONE_NEWUSER))
			err_first(c->err, "map root");
		else
			err_fix(c->err,
				"it is that of ctrsh, too: start ctrsh where it is mapped, "
				"as unshare --map-root-user ctrsh does");
	} else if (diagnose_number(c, "/proc/sys/kernel/unprivileged_userns_clone") == 0) {
		err_why(c->err,
			"kernel.unprivileged_userns_clone is 0: only root makes user "
			"namespaces here");
		err_first(c->err, "!sudo sysctl -w kernel.unprivileged_userns_clone=1");
	}
	return c->err->why[0] != '\0';
}

static void no_space(struct call *c, unsigned flags)
{
	pid_t box = c->session->box.pid;
	int user = nstree_depth(box, "user"), pid = nstree_depth(box, "pid");

	probes_note(c, "ioctl(NS_GET_PARENT)", "user namespaces above", "%d", user);
	probes_note(c, "ioctl(NS_GET_PARENT)", "PID namespaces above", "%d", pid);
	if ((flags & CLONE_NEWUSER) && user >= DEEPEST)
		err_why(c->err,
			"not the disk: the box is %d user namespaces deep, and the kernel "
			"allows no more",
			user);
	else if ((flags & CLONE_NEWPID) && pid >= DEEPEST)
		err_why(c->err,
			"not the disk: the box is %d PID namespaces deep, and the kernel "
			"allows no more",
			pid);
	else
		diagnose_namespace_limits(c, flags);
}

static void out_of_range(struct call *c)
{
	long long now;
	const char *word = clocks_below_zero(c->argc, c->argv, &now);

	if (word)
		err_why(c->err, "%s: the clock says %lld s now, and cannot go below 0", word, now);
	else
		err_why(c->err, "the kernel lets no clock go beyond 146 years");
}

/* The box has ended, and its limit with it: no line gives that back. */
static void no_descriptors(struct call *c)
{
	diagnose_descriptors(c);
	if (c->err->kind == ERR_BOX && c->err->why[0])
		err_fix(c->err, "unshare before the limit is set, or set a higher one");
}

/* The kernel's own answers to CLONE_NEWUSER are others (unshare(2)): EACCES is that of a
 * security module. */
static void refused_by_module(struct call *c)
{
	char label[128];

	if (diagnose_apparmor(c))
		return;
	err_why(c->err, "a security module refuses the user namespace; the box's label is %s",
		diagnose_label(c, label, sizeof(label)) ? label : "not readable");
}

void unshare_diagnose(struct call *c, unsigned flags)
{
	if (c->err->errnum == EACCES && flags & CLONE_NEWUSER &&
	    !strncmp(c->err->what, "unshare(", 8)) {
		if (!diagnose_refused_by_filter(c))
			refused_by_module(c);
		return;
	}
	/* A user namespace takes no capability: the lack of one explains nothing. */
	if (c->err->errnum == EPERM && (flags & CLONE_NEWUSER)) {
		if (!diagnose_refused_by_filter(c) && !no_user_namespace(c))
			diagnose_apparmor(c);
		return;
	}
	if (c->err->errnum == ENOSPC)
		no_space(c, flags);
	else if (c->err->errnum == EAGAIN)
		diagnose_fork(c);
	else if (c->err->errnum == ERANGE)
		out_of_range(c);
	else if (c->err->errnum == EMFILE)
		no_descriptors(c);
	else
		diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	if (c->err->kind == ERR_BOX && !c->err->why[0])
		err_why(c->err, "not known");
	if (c->err->kind == ERR_BOX)
		err_add(c->err,
			"unshare itself succeeded and cannot be taken back: a box that stays "
			"half way is a trap");
}
