/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mount: what appears at a directory of the box (mount(2)). Each kind is a row
 * of the table below. proc gets the flags that every distribution gives it
 * (proc(5)); a bind mount shows an existing tree a second time.
 */
#include <errno.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "box.h"
#include "diagnose.h"
#include "ns.h"
#include "sys.h"

struct kind {
	const char *name;
	int argc;            /* words after the kind */
	const char *words;   /* their names, for usage errors */
	unsigned long flags; /* mount(2) */
	const char *dir;     /* where it goes when no word says so */
};

static const struct kind kinds[] = {
	{"proc", 0, "no further word", MS_NOSUID | MS_NODEV | MS_NOEXEC, "/proc"},
	{"tmpfs", 1, "a directory", MS_NOSUID | MS_NODEV, NULL},
	{"bind", 2, "a source and a directory", MS_BIND, NULL},
};
static const char *const kind_names[] = {"proc", "tmpfs", "bind", NULL};

static const struct kind *find(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i].name, name))
			return &kinds[i];
	return NULL;
}

static int check(int argc, char **argv, struct err *err)
{
	const struct kind *k = find(argv[1]);

	if (!k) {
		err_usage(err, "mount: unknown kind: %.100s", argv[1]);
		err_why(err, "mount knows proc, tmpfs DIR, and bind SRC DIR");
		return -1;
	}
	if (argc - 2 != k->argc)
		return err_usage(err, "mount %s takes %s", k->name, k->words);
	return 0;
}

static int box(struct call *c)
{
	const struct kind *k = find(c->argv[1]);

	if (k->flags & MS_BIND)
		return sys_mount(c, c->argv[2], c->argv[3], NULL, k->flags, NULL);
	return sys_mount(c, k->name, k->dir ? k->dir : c->argv[2], k->name, k->flags, NULL);
}

static void diagnose_proc(struct call *c)
{
	pid_t pid = c->session->box.pid;

	if (c->err->errnum == ENOENT) {
		err_why(c->err, "there is no directory /proc in the root of the box");
		err_fix(c->err, "run mkdir /proc");
	} else if (c->err->errnum == EPERM && !ns_differ(pid, getpid(), CLONE_NEWPID)) {
		err_why(c->err,
			"/proc shows the PID namespace that its mounter is in, and the "
			"box still uses the host's, which it does not own");
		err_fix(c->err, ns_differ(pid, getpid(), CLONE_NEWUSER) || geteuid() == 0
					? "unshare pid, then mount proc"
					: "unshare user pid mnt, then mount proc");
	} else {
		diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	}
}

static void diagnose(struct call *c)
{
	const struct kind *k = find(c->argv[1]);

	if (k->dir)
		diagnose_proc(c);
	else if (c->err->errnum == EPERM)
		diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	else if ((k->flags & MS_BIND) && diagnose_path(c, c->argv[2]))
		return;
	else
		diagnose_path(c, c->argv[c->argc - 1]);
}

const struct op op_mount = {
	.name = "mount",
	.usage = "mount [--host] proc | tmpfs DIR | bind SRC DIR",
	.summary = "mount proc on /proc, a tmpfs, or a directory a second time",
	.detail =
		"  mount proc          the processes of the box's PID namespace, on /proc\n"
		"  mount tmpfs DIR     an empty file system in memory\n"
		"  mount bind SRC DIR  what is at SRC (file or directory) also appears at DIR\n"
		"Paths are the box's: after chroot they start at its root. Refused while the box\n"
		"shares the host's mounts; --host insists. Needs CAP_SYS_ADMIN. See mount(2).",
	.argmin = 1,
	.argmax = 3,
	.changes = CLONE_NEWNS,
	.args = {{ARG_WORD, kind_names}, {ARG_FILE, NULL}, {ARG_FILE, NULL}},
	.check = check,
	.box = box,
	.diagnose = diagnose,
};
