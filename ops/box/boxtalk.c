/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the shell asks of the box, and what it answers. The PID of a box that forked (unshare pid)
 * is learnt from SCM_CREDENTIALS (unix(7)), which the kernel fills in.
 */
#include "ops/box/box.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/box/signals.h"
#include "ops/box/warden.h"
#include "ops/cgroup/group.h"
#include "ops/seccomp/notify.h"
#include "ops/table.h"

/* If the box forked (unshare pid), the sender of the reply is the box from now on. */
static void adopt(struct session *s, pid_t pid)
{
	pid_t old = s->box.pid;

	if (pid <= 0 || pid == old)
		return;
	s->box.pid = pid;
	/* A sibling is our own child; below a PID 1 that stays, it is not. */
	if (s->box.child == old && waitpid(pid, NULL, WNOHANG) == 0) {
		waitpid(old, NULL, 0);
		s->box.child = pid;
	}
}

int box_interrupted(struct err *err)
{
	err_kernel(err, 0, "interrupted by signal %d (%s)", signals_ending(),
		   strsignal(signals_ending()));
	err->kind = ERR_BOX;
	err->status = 128 + signals_ending();
	return -1;
}

/* We cannot speak with it any more: the box is of no use. */
static int lost(struct call *c, const char *what)
{
	if (errno == EINTR)
		return box_interrupted(c->err);
	err_kernel(c->err, errno, "%s", what);
	c->err->kind = ERR_BOX;
	return -1;
}

int box_request(struct session *s, struct request *r, const int *fds, int nfds)
{
	if (request_send(s->box.sock, r, fds, nfds) < 0)
		return -1;
	s->box.owed++;
	return 0;
}

int box_await(struct session *s, struct reply *r)
{
	pid_t pid = 0;
	bool late;

	do {
		late = s->box.owed > 1;
		if (reply_await(s->box.sock, r, &pid) < 0)
			return -1;
		if (late && r->listener >= 0)
			close(r->listener);
		if (r->kind == REPLY_DONE || r->kind == REPLY_FAILED) {
			s->box.owed--;
			adopt(s, pid);
			memcpy(s->box.hostname, r->hostname, sizeof(s->box.hostname));
		}
	} while (late && r->kind != REPLY_GONE);
	return 0;
}

/* It would never answer. */
static int box_frozen(struct call *c)
{
	err_order(c->err, "%s: the box is frozen, and can do nothing", c->op->name);
	err_why(c->err,
		"no process in its control group gets to run (cgroup.freeze, freezer.state)");
	err_first(c->err, "cgroup thaw");
	return -1;
}

/* The box has something to do: time for what would otherwise have to be waited
 * for. The warden first, while there is little to copy. */
static void while_at_work(struct session *s)
{
	void (*prepare)(void) = s->prepare;

	s->prepare = NULL;
	if (!prepare)
		return;
	warden_start(s);
	prepare();
}

int box_send(struct call *c, const int *fds, int nfds, bool terminal)
{
	static struct request r; /* large, and there is one at a time */

	if (group_is_frozen(c->session))
		return box_frozen(c);
	r.op = table_place(c->op);
	r.trace = c->trace->on;
	r.terminal = terminal;
	if (request_pack(&r, c->argc, c->argv) < 0)
		return err_usage(c->err, "%s: more than %d bytes of arguments, or %d of them",
				 c->op->name, WIRE_ARGS, WIRE_ARGC);
	if (box_request(c->session, &r, fds, nfds) < 0)
		return errno == EPIPE || errno == ECONNRESET ? box_gone(c->session, c->err)
							     : lost(c, "sendmsg(box)");
	while_at_work(c->session);
	return 0;
}

/* A trace line or a line of the result is the person's. */
static void pass_on(struct call *c, const char *side, const struct reply *r)
{
	if (r->kind == REPLY_TRACE)
		c->trace->emit(c->trace->arg, side, r->text);
	if (r->kind == REPLY_PRINT)
		c->trace->print(c->trace->arg, r->text);
}

enum reply_kind box_receive(struct call *c, struct reply *r)
{
	if (box_await(c->session, r) < 0) {
		lost(c, "recvmsg(box)");
		r->kind = REPLY_FAILED;
		return r->kind;
	}
	if (r->kind == REPLY_FILTER) {
		snprintf(c->session->filter, sizeof(c->session->filter), "%.500s", r->text);
		r->kind = REPLY_PRINT; /* of nothing */
		return r->kind;
	}
	if (r->kind == REPLY_LISTENER) {
		notify_take(c->session, r->listener);
		r->kind = REPLY_TRACE;
		if (!c->trace->on)
			return r->kind;
	}
	pass_on(c, "box", r);
	if (r->kind != REPLY_DONE && r->kind != REPLY_FAILED)
		return r->kind;
	c->status = r->status;
	if (r->kind == REPLY_FAILED)
		err_distrust(memcpy(c->err, &r->err, sizeof(r->err)));
	return r->kind;
}

int box_ask(struct call *c)
{
	return box_ask_with(c, NULL, 0);
}

int box_ask_with(struct call *c, const int *fds, int nfds)
{
	struct reply r;
	enum reply_kind kind;

	if (box_send(c, fds, nfds, false) < 0)
		return -1;
	do
		kind = box_receive(c, &r);
	while (kind == REPLY_TRACE || kind == REPLY_PRINT);
	if (kind == REPLY_GONE)
		return box_gone(c->session, c->err);
	return kind == REPLY_DONE ? 0 : -1;
}

int box_refresh(struct session *s)
{
	static struct request r;
	struct reply reply;

	r.op = REQUEST_STATE;

	/* One that is frozen cannot have changed it. */
	if (s->box.pid && group_is_frozen(s))
		return 0;
	if (!s->box.pid || box_request(s, &r, NULL, 0) < 0 || box_await(s, &reply) < 0)
		return -1;
	return reply.kind == REPLY_DONE ? 0 : -1;
}
