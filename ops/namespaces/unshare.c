/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * unshare: new namespaces for the box (unshare(2), namespaces(7)). In one call
 * the kernel makes the user namespace first, and it owns the others
 * (user_namespaces(7)). Three of them need more than the call:
 * - pid and time are for children only, so the box forks (successor.h); the
 *   clocks are set before, while the time namespace has no process;
 * - mnt copies the mounts with their propagation: unless it is made private,
 *   what is mounted inside appears on the host (mount_namespaces(7)).
 */
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/box/successor.h"
#include "ops/files/propagate.h"
#include "ops/namespaces/clocks.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/unsharediag.h"
#include "ops/sys/sys.h"
#include "ops/sys/sysns.h"

#define OFFSETS "timens_offsets"

static const char *const propagations[] = {"private", "slave", "shared", "unchanged", NULL};
static const unsigned long propagation_flags[] = {MS_PRIVATE, MS_SLAVE, MS_SHARED, 0};

static unsigned wanted(int argc, char **argv)
{
	unsigned flags = 0;

	for (int i = op_first(argc, argv); i < argc; i++) {
		const struct ns *ns = ns_find(argv[i]);

		flags |= ns ? ns->flag : 0;
	}
	return flags;
}

static int check_word(int argc, char **argv, int i, struct err *err)
{
	size_t n = strcspn(argv[i], "=");

	if (clocks_is(argv[i])) {
		if (clocks_check(argv[i], err) < 0)
			return -1;
		n++;
	} else if (!ns_find(argv[i])) {
		err_usage(err, "unshare: no such namespace: %.100s", argv[i]);
		err_why(err, "the kernel has uts pid mnt ipc net cgroup user time");
		return -1;
	}
	for (int j = op_first(argc, argv); j < i; j++)
		if (!strncmp(argv[i], argv[j], n) && strcspn(argv[j], "=") == strcspn(argv[i], "="))
			return err_usage(err, "unshare: %.*s is named twice",
					 (int)strcspn(argv[i], "="), argv[i]);
	return 0;
}

static int check(int argc, char **argv, struct err *err)
{
	unsigned flags = wanted(argc, argv);
	char text[128];

	for (int i = op_first(argc, argv); i < argc; i++)
		if (check_word(argc, argv, i, err) < 0)
			return -1;
	if (clocks_text(argc, argv, text, sizeof(text)) && !(flags & CLONE_NEWTIME)) {
		err_usage(err, "unshare: clocks are set for a new time namespace only");
		err_fix(err, "unshare time %s...", argv[argc - 1]);
		return -1;
	}
	if (op_value(argc, argv, "--propagation") && !(flags & CLONE_NEWNS)) {
		err_usage(err, "unshare: --propagation is for the mounts of a new mount namespace");
		err_fix(err, "unshare mnt --propagation ...");
		return -1;
	}
	return 0;
}

static unsigned long propagation(int argc, char **argv)
{
	const char *value = op_value(argc, argv, "--propagation");
	int i = 0;

	while (value && propagations[i] && strcmp(propagations[i], value) != 0)
		i++;
	return propagation_flags[i];
}

static int settle(struct call *c, unsigned flags)
{
	unsigned long how = propagation(c->argc, c->argv);
	char text[128];

	if ((flags & CLONE_NEWNS) && how && propagate_all(c, how) < 0)
		return -1;
	if (c->nfds && clocks_text(c->argc, c->argv, text, sizeof(text)) &&
	    sysns_write(c, c->fds[0], OFFSETS, text) < 0)
		return -1;
	if (flags & (CLONE_NEWPID | CLONE_NEWTIME))
		return successor_take_over(c);
	return 0;
}

/* What unshare(2) did cannot be taken back. A box that stays half way, with
 * mounts that still propagate or children in another namespace than itself,
 * would be a trap: it ends. */
static int box(struct call *c)
{
	unsigned flags = wanted(c->argc, c->argv);

	if (sys_unshare(c, flags) < 0)
		return -1;
	if (settle(c, flags) == 0)
		return 0;
	c->err->kind = ERR_BOX;
	return -1;
}

/* The box may be where no /proc is, so the file of its offsets is opened here.
 * The kernel looks at who opened it (CAP_SYS_TIME) when it is written, and at
 * the namespace that the box's children will get. */
static int host(struct call *c)
{
	auto_close int offsets = -1;
	char text[128], path[64];

	if (clocks_text(c->argc, c->argv, text, sizeof(text))) {
		box_proc(c->session, path, sizeof(path), OFFSETS);
		offsets = sysns_open(c, path, O_WRONLY);
		if (offsets < 0)
			return -1;
	}
	return successor_ask(c, &offsets, offsets >= 0);
}

static void diagnose(struct call *c)
{
	unshare_diagnose(c, wanted(c->argc, c->argv));
}

static const struct op_option valued[] = {{"--propagation", propagations}, {NULL, NULL}};
static const char *const words[] = {"uts",  "pid",  "mnt",        "ipc",       "net", "cgroup",
				    "user", "time", "monotonic=", "boottime=", NULL};

const struct op op_unshare = {
	.name = "unshare",
	.usage = "unshare NAMESPACE... [--propagation HOW] [monotonic=OFFSET] [boottime=OFFSET]",
	.summary = "give the box namespaces of its own",
	.detail =
		"NAMESPACE is one of uts pid mnt ipc net cgroup user time. The kernel gives the\n"
		"box a copy (uts, mnt) or an empty one (pid, ipc, net) that it shares with "
		"nobody.\n"
		"  pid   only children move, so the box forks: the new process is PID 1 inside.\n"
		"  mnt   mounts are then made private, or they would show up on the host.\n"
		"        --propagation private|slave|shared|unchanged says otherwise: slave lets "
		"in\n"
		"        what the host mounts later; shared and unchanged let mounts out as well.\n"
		"  time  takes effect for children, so the box forks here too. monotonic=+1d and\n"
		"        boottime=-3600 set its clocks against the host's, in seconds or with\n"
		"        s m h d, before the first process enters.\n"
		"  user  comes first and owns the others. The box then holds all capabilities "
		"there,\n"
		"        but no ID is mapped: whoever it was is shown as 65534, and the programs "
		"it\n"
		"        runs hold no capability. map root, map auto and map uid change that.\n"
		"Needs CAP_SYS_ADMIN, except for user.\n"
		"See unshare(2), namespaces(7), time_namespaces(7).",
	.argmin = 1,
	.argmax = 10,
	.valued = valued,
	.args = {{ARG_WORD, ns_names}, {ARG_WORD, words}},
	.check = check,
	.gains = wanted,
	.host = host,
	.box = box,
	.diagnose = diagnose,
};
