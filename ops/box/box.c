/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The shell's side of the box: start it, ask it, end it. The PID of a box that
 * forked (unshare pid) is learnt from SCM_CREDENTIALS (unix(7)), which the
 * kernel fills in. Signals go only to our own child, not yet waited for: nobody
 * else can have its PID.
 */
#include "ops/box/box.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/children.h"
#include "ops/box/dying.h"
#include "ops/box/serve.h"
#include "ops/box/signals.h"
#include "ops/box/warden.h"
#include "ops/cgroup/group.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/nstree.h"
#include "ops/table.h"

/* There is no box yet to be diagnosed: the limits are our own. */
static int not_started(struct err *err, int errnum, const char *what, int resource)
{
	const char *name = resource == RLIMIT_NPROC ? "RLIMIT_NPROC" : "RLIMIT_NOFILE";
	struct rlimit limit;

	err_kernel(err, errnum, "%s", what);
	if (errnum != EMFILE && errnum != EAGAIN)
		return -1;
	if (getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
		err_why(err, "%s of ctrsh itself is %llu%s", name,
			(unsigned long long)limit.rlim_cur,
			resource == RLIMIT_NOFILE
				? ", and a box takes some descriptors"
				: ", which counts all processes of its user, or its control group "
				  "has a limit (pids.max)");
	else
		err_why(err, "the control group that ctrsh is in has a limit (pids.max)");
	err_fix(err, "start ctrsh with a higher limit (ulimit -%c)",
		resource == RLIMIT_NPROC ? 'u' : 'n');
	return -1;
}

int box_start(struct session *s, struct err *err)
{
	int pair[2], on = 1;
	pid_t pid;

	if (s->box.pid)
		return 0;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return not_started(err, errno, "socketpair(AF_UNIX, SOCK_SEQPACKET)",
				   RLIMIT_NOFILE);
	setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on));
	pid = fork();
	if (pid == 0) {
		munmap(s->made, sizeof(*s->made)); /* not for what may look into the box */
		serve(pair[1]);
	}
	if (pid < 0) {
		not_started(err, errno, "fork()", RLIMIT_NPROC);
		close(pair[1]);
		close(pair[0]);
		return -1;
	}
	close(pair[1]);
	s->box = (struct box){.pid = pid, .child = pid, .sock = pair[0]};
	return 0;
}

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

void box_pass_on(struct call *c, const char *side, const struct reply *r)
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
	box_pass_on(c, "box", r);
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

/* Our child is there, if as a zombie, until we wait for it: so its PID is no other's. */
static bool child_dies(const struct box *box)
{
	auto_subject struct subject who = {.proc = -1};
	struct err ignored;

	return subject_open(&who, box->child, &ignored) == 0 && dying(&who);
}

bool box_has_ended(const struct session *s)
{
	siginfo_t who = {0};

	return s->box.pid &&
	       waitid(P_PID, (id_t)s->box.child, &who, WEXITED | WNOHANG | WNOWAIT) == 0 &&
	       who.si_pid == s->box.child;
}

bool box_is_ending(const struct session *s)
{
	return box_has_ended(s) || (s->box.pid && child_dies(&s->box));
}

int box_gone(struct session *s, struct err *err)
{
	long oom = group_oom_kills(s);
	int status = box_end(s);

	err_kernel(err, 0, "the box ended by itself: %s",
		   WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "it exited");
	err->kind = ERR_BOX;
	if (WIFSIGNALED(status))
		err->status = exit_status(status);
	if (oom > s->oom_seen && oom > 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		err_why(err,
			"its memory limit is reached: the kernel killed %ld of the processes in its "
			"control group (oom_kill), and perhaps the box itself",
			oom);
	err_fix(err, "build it again: what comes next begins with a fresh box");
	return -1;
}

/* Kills what is left of our children: processes that outlived the box because
 * it had no PID namespace of its own. They are ours because we are their
 * subreaper (PR_SET_CHILD_SUBREAPER(2const)) while the box dies. Those that we
 * had before the box are none of our business. */
static void end_orphans(const struct session *s)
{
	pid_t *now;
	bool more = true;
	int n;

	while (more) {
		more = false;
		n = children_list(&now);
		for (int i = 0; i < n; i++) {
			siginfo_t who;

			if (now[i] == s->warden || children_has(s->earlier, s->n_earlier, now[i]))
				continue;
			/* Our own child, not yet waited for: nobody else has its PID. */
			if (waitid(P_PID, (id_t)now[i], &who, WEXITED | WNOHANG | WNOWAIT) < 0)
				continue;
			kill(now[i], SIGKILL);
			more |= waitpid(now[i], NULL, 0) == now[i];
		}
		free(now);
	}
}

/* In a PID namespace that was joined, what the box leaves would be adopted by
 * the init of that namespace, out of our reach. */
static void end_guests(const struct box *box)
{
	if (box->pid == box->child && ns_differ(box->pid, getpid(), CLONE_NEWPID) &&
	    nstree_pid_inside(box->pid) != 1)
		children_kill_all(box->pid);
}

int box_end(struct session *s)
{
	struct box *box = &s->box;
	int status = 0;

	if (!box->pid)
		return 0;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	if (!box_has_ended(s))
		end_guests(box);
	/* Rules of a security module may forbid signals: then the end of the socket ends it. */
	if (kill(box->child, SIGKILL) < 0 && box->sock >= 0)
		close(steal_fd(&box->sock));
	group_thaw(s);
	while (waitpid(box->child, &status, 0) < 0 && errno == EINTR)
		;
	end_orphans(s);
	prctl(PR_SET_CHILD_SUBREAPER, 0);
	if (box->sock >= 0)
		close(box->sock);
	*box = (struct box){.sock = -1};
	return status;
}

void box_proc(const struct session *s, char *buf, unsigned size, const char *name)
{
	snprintf(buf, size, "/proc/%d/%s", (int)s->box.pid, name);
}
