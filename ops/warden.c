/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The warden lives in a process group of its own and ignores all signals, so
 * that neither the keyboard nor a hang-up reaches it, and holds nothing but its
 * socket and the terminal. It speaks as the box does (wire.h).
 */
#include "warden.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "box.h"
#include "carry.h"
#include "closefrom.h"
#include "group.h"
#include "links.h"
#include "ns.h"
#include "table.h"
#include "wire.h"

/* --- the warden itself */

/* The shell has to know the groups, too: it could be this process that is killed. */
static void tell_group(int sock, const char *dir)
{
	struct reply r = {.kind = REPLY_GROUP};

	snprintf(r.text, sizeof(r.text), "%s", dir);
	reply_send(sock, &r);
}

static void answer(struct session *s, int sock, const struct request *req, char **argv)
{
	struct trace trace;
	struct call c = {.trace = &trace, .session = s};
	struct reply r;
	int had = s->n_groups;

	carry_trace_init(&trace, &sock, "host");
	s->box.pid = req->pid;
	s->links = req->links;
	carry_out(req, argv, &c, &r);
	r.links = s->links;
	for (int i = had; i < s->n_groups; i++)
		tell_group(sock, s->groups[i].dir);
	reply_send(sock, &r);
}

/* What was made last goes first. */
static void clean(struct session *s, char *left)
{
	char links[WIRE_LEFT];

	links_remove(s, links);
	group_remove(s, left);
	if (links[0])
		snprintf(left + strlen(left), WIRE_LEFT - strlen(left), "%s%s", left[0] ? ", " : "",
			 links);
}

static void answer_clean(struct session *s, int sock)
{
	struct reply r = {.kind = REPLY_DONE};

	clean(s, r.left);
	reply_send(sock, &r);
}

/* Unless the person's shell has the terminal back: then it is its affair. */
static void restore_terminal(const struct session *s, const struct termios *mode)
{
	if (tcgetpgrp(0) == s->shell_group)
		tcsetattr(0, TCSANOW, mode);
}

static _Noreturn void watch(struct session *s, int sock)
{
	static struct request req;
	static char *argv[WIRE_ARGC + 1];
	char left[WIRE_LEFT];
	struct termios mode;
	bool guarded = false;
	int fds[WIRE_FDS], nfds;

	while (request_receive(sock, &req, argv, fds, &nfds) != 0) {
		if (req.op == REQUEST_DISMISS)
			_exit(0);
		if (req.op == REQUEST_TERMINAL) {
			memcpy(&mode, req.args, sizeof(mode));
			guarded = true;
		} else if (req.op == REQUEST_CLEAN) {
			answer_clean(s, sock);
		} else {
			answer(s, sock, &req, argv);
		}
	}
	if (guarded)
		restore_terminal(s, &mode);
	clean(s, left);
	_exit(0);
}

static void settle(int sock)
{
	int null;

	setpgid(0, 0);
	for (int sig = 1; sig < SIGRTMIN; sig++)
		signal(sig, SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
	if (sock != 3)
		dup2(sock, 3);
	close_from(4);
	null = isatty(0) ? -1 : open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (null >= 0 && dup2(null, 0) == 0)
		close(null);
	close(1);
	close(2);
}

/* --- the shell's side */

int warden_start(struct session *s, void (*prepare)(void))
{
	int pair[2];
	pid_t pid;

	if (s->warden.pid)
		return 0;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		settle(pair[1]);
		if (prepare)
			prepare();
		watch(s, 3);
	}
	close(pair[1]);
	if (pid < 0) {
		close(pair[0]);
		return -1;
	}
	s->warden.pid = pid;
	s->warden.sock = pair[0];
	return 0;
}

/* Whatever became of it, the next op starts another. */
static int lost(struct call *c)
{
	struct session *s = c->session;

	if (errno == EINTR)
		return box_interrupted(c->err);
	err_kernel(c->err, errno,
		   "fork() of the process that looks after the host, or a message to it");
	if (s->warden.pid) {
		close(s->warden.sock);
		kill(s->warden.pid, SIGKILL);
		waitpid(s->warden.pid, NULL, 0);
	}
	s->warden.pid = 0;
	return -1;
}

static int ask(struct call *c, bool undo)
{
	struct session *s = c->session;
	static struct request req;
	struct reply r;
	pid_t pid;

	req.op = table_place(c->op);
	req.trace = c->trace->on;
	req.undo = undo;
	req.pid = s->box.pid;
	s->warden.used = true;
	s->links.used |= (c->op->changes & CLONE_NEWNET) != 0;
	req.links = s->links;
	/* One that was killed is noticed here; then another one tries. */
	if (request_pack(&req, c->argc, c->argv) < 0 || warden_start(s, NULL) < 0 ||
	    (request_send(s->warden.sock, &req, NULL, 0) < 0 &&
	     (lost(c),
	      warden_start(s, NULL) < 0 || request_send(s->warden.sock, &req, NULL, 0) < 0)))
		return lost(c);
	do {
		if (reply_await(s->warden.sock, &r, &pid) < 0)
			break;
		box_pass_on(c, "host", &r);
		if (r.kind == REPLY_GROUP && s->n_groups < GROUPS_MAX)
			group_add(s, r.text);
	} while (r.kind == REPLY_TRACE || r.kind == REPLY_PRINT || r.kind == REPLY_GROUP);
	if (r.kind == REPLY_DONE || r.kind == REPLY_FAILED)
		s->links = r.links;
	if (r.kind == REPLY_FAILED)
		*c->err = r.err;
	if (r.kind == REPLY_GONE)
		return lost(c);
	return r.kind == REPLY_DONE ? 0 : -1;
}

int warden_ask(struct call *c)
{
	return ask(c, false);
}

void warden_undo(struct call *c)
{
	struct err err = {0};
	struct call undo = *c;

	undo.err = &err;
	ask(&undo, true);
}

static void tell(struct session *s, unsigned what, const void *data, unsigned len)
{
	static struct request req;

	req.op = what;
	req.argc = 0;
	req.len = len;
	memcpy(req.args, data, len);
	if (s->warden.pid)
		request_send(s->warden.sock, &req, NULL, 0);
}

void warden_guard_terminal(struct session *s, const struct termios *mode)
{
	if (warden_start(s, NULL) == 0)
		tell(s, REQUEST_TERMINAL, mode, sizeof(*mode));
}

void warden_clean(struct session *s, char *left)
{
	struct reply r;
	pid_t pid;

	*left = '\0';
	if (!s->warden.used)
		return;
	tell(s, REQUEST_CLEAN, "", 0);
	if (s->warden.pid && reply_receive(s->warden.sock, &r, &pid) == 0 && r.kind == REPLY_DONE)
		snprintf(left, WIRE_LEFT, "%s", r.left);
	else
		clean(s, left);
	s->n_groups = 0;
	s->oom_seen = 0;
	s->links = (struct links){0};
	s->warden.used = false;
}

void warden_dismiss(struct session *s)
{
	if (!s->warden.pid)
		return;
	tell(s, REQUEST_DISMISS, "", 0);
	close(s->warden.sock);
	while (waitpid(s->warden.pid, NULL, 0) < 0 && errno == EINTR)
		;
	s->warden = (struct warden){0};
}
