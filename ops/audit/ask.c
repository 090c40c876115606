/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/audit/probe.h"
#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/box/wire.h"
#include "ops/cgroup/group.h"
#include "ops/namespaces/ns.h"

/* Any block device that has a file system of ours on it. */
static void find_disk(struct host *h)
{
	auto_fclose FILE *f = mountinfo_open(NULL);
	struct mount_entry e;
	unsigned major, minor;

	while (f && mountinfo_next(f, &e))
		if (sscanf(e.device, "%u:%u", &major, &minor) == 2 && major) {
			h->major = major;
			h->minor = minor;
			return;
		}
}

static void describe(const struct session *s, struct host *h)
{
	struct stat st;

	*h = (struct host){.major = 7}; /* a loop device, if there is nothing better */
	if (stat("/", &st) == 0) {
		h->dev = st.st_dev;
		h->ino = st.st_ino;
	}
	if (!ns_differ(s->box.pid, getpid(), CLONE_NEWPID))
		h->pid = getpid();
	h->user = !ns_differ(s->box.pid, getpid(), CLONE_NEWUSER);
	find_disk(h);
}

static void take_line(char *line, struct items *t)
{
	char *value = strchr(line, ' ');

	if (!value)
		return;
	*value++ = '\0';
	items_add(t, line, "%s", value);
}

int probe_ask(struct session *s, struct items *t, struct err *err)
{
	static struct request req;
	char text[3][64], *argv[] = {"probe", text[0], text[1], text[2], NULL};
	struct reply r = {.kind = REPLY_PRINT};
	struct host h;

	if (group_is_frozen(s)) {
		err_order(err, "audit: the box is frozen, and can try nothing");
		err_fix(err, "cgroup thaw");
		return -1;
	}
	describe(s, &h);
	snprintf(text[0], sizeof(text[0]), "%lu:%lu", h.dev, h.ino);
	snprintf(text[1], sizeof(text[1]), "%d:%d", (int)h.pid, h.user);
	snprintf(text[2], sizeof(text[2]), "%u:%u", h.major, h.minor);
	req = (struct request){.op = REQUEST_PROBE};
	if (request_pack(&req, 4, argv) < 0 || box_request(s, &req, NULL, 0) < 0)
		return err_kernel(err, errno, "sendmsg(box)");
	while (r.kind == REPLY_PRINT || r.kind == REPLY_TRACE) {
		if (box_await(s, &r) < 0)
			return errno == EINTR ? box_interrupted(err)
					      : err_kernel(err, errno, "recvmsg(box)");
		if (r.kind == REPLY_PRINT)
			take_line(r.text, t);
	}
	if (r.kind == REPLY_GONE)
		return box_gone(s, err);
	if (r.kind == REPLY_FAILED)
		*err = r.err;
	return r.kind == REPLY_DONE ? 0 : -1;
}
