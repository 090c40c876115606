/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * join: the box enters namespaces that exist (setns(2)). The descriptors are
 * opened on the host, for the box may see no /proc, or a foreign one, and are
 * handed to it.
 */
#include <stdio.h>
#include <string.h>

#include "ops/box/successor.h"
#include "ops/namespaces/enter.h"
#include "ops/namespaces/joindiag.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/nstarget.h"
#include "ops/privilege/become.h"

static unsigned named(int argc, char **argv)
{
	unsigned flags = 0;

	for (int i = 2; i < argc; i++) {
		const struct ns *ns = ns_find(argv[i]);

		flags |= ns ? ns->flag : 0;
	}
	return flags;
}

/* On paper: all that could be, when none is named. */
static unsigned gains(int argc, char **argv)
{
	return argc > 2 ? named(argc, argv) : NS_ALL;
}

static int check(int argc, char **argv, struct err *err)
{
	if (!*argv[1] || !strcmp(argv[1], "0"))
		return err_usage(err, "join: neither a process nor a file: \"%s\"", argv[1]);
	if (argc > 3 && !nstarget_pid(argv[1]))
		return err_usage(err, "join: a file is one namespace, not %d", argc - 2);
	for (int i = 2; i < argc; i++) {
		if (!ns_find(argv[i])) {
			err_usage(err, "join: no such namespace: %.100s", argv[i]);
			err_why(err, "the kernel has uts pid mnt ipc net cgroup user time");
			return -1;
		}
		for (int j = 2; j < i; j++)
			if (!strcmp(argv[i], argv[j]))
				return err_usage(err, "join: %s is named twice", argv[i]);
	}
	return 0;
}

static int box(struct call *c)
{
	return become_is_asked(c) ? become_box(c) : enter_box(c, named(c->argc, c->argv));
}

/* For the box: "join", what the descriptor is, and each namespace by name. */
static int ask(struct call *c, const struct nstarget *t)
{
	char what[64], *argv[16] = {c->argv[0], what};
	struct call to_box = *c;
	int fds[] = {t->fd, t->root};

	if (t->pid)
		snprintf(what, sizeof(what), "pidfd of %d", (int)t->pid);
	else
		snprintf(what, sizeof(what), "%s", c->argv[1]);
	to_box.argc = 2;
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (t->flags & ns->flag)
			argv[to_box.argc++] = (char *)ns->name;
	to_box.argv = argv;
	return successor_ask(&to_box, fds, t->root >= 0 ? 2 : 1);
}

static int host(struct call *c)
{
	struct nstarget t;
	int r = nstarget_open(c, c->argv[1], named(c->argc, c->argv), &t);

	if (r == 0)
		r = ask(c, &t);
	nstarget_close(&t);
	return r == 0 && (t.flags & CLONE_NEWUSER) ? become_host(c) : r;
}

static void diagnose(struct call *c)
{
	join_diagnose(c, named(c->argc, c->argv));
}

const struct op op_join = {
	.name = "join",
	.usage = "join PID|FILE [NAMESPACE...]",
	.summary = "enter namespaces of a process, or one that is kept in a file",
	.detail =
		"PID is a process of the host; without NAMESPACE the box enters all in which it "
		"is\n"
		"elsewhere. FILE is one namespace, as /run/netns/NAME or /proc/PID/ns/net, on the\n"
		"host.\n"
		"  user  comes first: it gives the box all capabilities over what it owns. If the\n"
		"        box's own IDs have no place in its map, it becomes 0 there.\n"
		"  mnt   root and working directory are then the process's root directory, or for "
		"a\n"
		"        FILE the root of its mounts.\n"
		"  pid   only children move, so the box forks. It must be a namespace below the\n"
		"        box's own.\n"
		"Needs CAP_SYS_ADMIN in the user namespace that owns what is joined.\n"
		"See setns(2), pidfd_open(2), namespaces(7).",
	.argmin = 1,
	.argmax = 9,
	.args = {{ARG_HOST_FILE, NULL}, {ARG_WORD, ns_names}},
	.check = check,
	.gains = gains,
	.host = host,
	.box = box,
	.diagnose = diagnose,
};
