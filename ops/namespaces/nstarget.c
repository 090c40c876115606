/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A process is held by a pidfd (pidfd_open(2)), so that no other can take its
 * number meanwhile. A file is one of /proc/PID/ns, or one that such a file is
 * bound to, as /run/netns/NAME (namespaces(7)): both lie on nsfs.
 */
#include "ops/namespaces/nstarget.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/nsfs.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "ops/box/box.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"
#include "ops/sys/sysns.h"

pid_t nstarget_pid(const char *word)
{
	unsigned long n = strtoul(word, NULL, 10);

	return strspn(word, "0123456789") == strlen(word) && n <= 4194304 ? (pid_t)n : 0;
}

static bool has_ended(int pidfd)
{
	struct pollfd p = {.fd = pidfd, .events = POLLIN};

	return poll(&p, 1, 0) == 1;
}

/* All in which it differs from the box. 0 and *err: none, or it may not be looked at. */
unsigned nstarget_differing(struct call *c, pid_t pid)
{
	unsigned flags = ns_differ(pid, c->session->box.pid, NS_ALL);

	if (flags)
		return flags;
	if (!ns_id(pid, ns_find("mnt")))
		return err_kernel(c->err, EACCES, "stat(\"/proc/%d/ns/mnt\")", (int)pid), 0U;
	err_state(c->err, "join: process %d is in the same namespaces as the box", (int)pid);
	return 0;
}

static int open_process(struct call *c, unsigned named, struct nstarget *t)
{
	char path[64];

	t->fd = sysns_pidfd_open(c, t->pid);
	if (t->fd < 0)
		return -1;
	t->flags = named ? named : nstarget_differing(c, t->pid);
	if (!t->flags)
		return -1;
	if (t->flags & CLONE_NEWNS) {
		snprintf(path, sizeof(path), "/proc/%d/root", (int)t->pid);
		t->root = sysns_open(c, path, O_PATH | O_DIRECTORY);
		if (t->root < 0)
			return -1;
	}
	/* Had it ended before, the number could have been another's. */
	if (has_ended(t->fd))
		return err_kernel(c->err, ESRCH, "poll(pidfd of %d)", (int)t->pid);
	return 0;
}

static int open_file(struct call *c, const char *path, unsigned named, struct nstarget *t)
{
	struct statfs fs;
	int type;

	/* A FIFO would not let us go on. */
	t->fd = sysns_open(c, path, O_RDONLY | O_NONBLOCK);
	if (t->fd < 0)
		return -1;
	type = fstatfs(t->fd, &fs) == 0 && fs.f_type == NSFS_MAGIC ? ioctl(t->fd, NS_GET_NSTYPE)
								   : -1;
	if (type < 0) {
		err_kernel(c->err, 0, "join: %.200s is no namespace", path);
		err_why(c->err,
			"it is a file like others: only those of /proc/PID/ns, and what "
			"these are bound to, are namespaces");
		return -1;
	}
	t->flags = (unsigned)type;
	if (!named || named == t->flags)
		return 0;
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (ns->flag == t->flags)
			return err_kernel(c->err, 0, "join: %.200s is a %s namespace, and no other",
					  path, ns->title);
	return err_kernel(c->err, 0, "join: %.200s is another kind of namespace", path);
}

int nstarget_open(struct call *c, const char *word, unsigned named, struct nstarget *t)
{
	*t = (struct nstarget){.pid = nstarget_pid(word), .fd = -1, .root = -1};
	return t->pid ? open_process(c, named, t) : open_file(c, word, named, t);
}

void nstarget_close(struct nstarget *t)
{
	if (t->fd >= 0)
		close(t->fd);
	if (t->root >= 0)
		close(t->root);
}
