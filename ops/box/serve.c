/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box's own loop. It holds nothing of the host: its standard streams are
 * /dev/null, its only other descriptor is the socket (and, for as long as it
 * takes to start a program, that program's streams), and as root it is not
 * dumpable, so that a process it will share a PID namespace with cannot look
 * into it through /proc (proc(5), PR_SET_DUMPABLE(2const)). An unprivileged
 * box must stay dumpable: else /proc/PID would be root's, out of our reach.
 */
#include "ops/box/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/audit/probe.h"
#include "ops/box/carry.h"
#include "ops/box/closefrom.h"
#include "ops/box/selfexe.h"
#include "ops/box/signals.h"
#include "ops/box/wire.h"
#include "ops/files/target.h"
#include "ops/op.h"
#include "ops/why/diagfilter.h"

static int the_sock;    /* a box has one shell */
static bool privileged; /* when it began: its user ID may change */

void serve_announce_execve(struct call *c, const char *text)
{
	struct reply r = {.kind = REPLY_EXECVE};

	(void)c;
	snprintf(r.text, sizeof(r.text), "%s", text);
	reply_send(the_sock, &r);
}

void serve_tell_filter(const char *told)
{
	struct reply r = {.kind = REPLY_FILTER};

	snprintf(r.text, sizeof(r.text), "%s", told);
	reply_send(the_sock, &r);
}

int serve_hand_over(const char *text, int listener)
{
	struct reply r = {.kind = REPLY_LISTENER};

	snprintf(r.text, sizeof(r.text), "%s", text);
	return reply_send_listener(the_sock, &r, listener);
}

void serve_die_with_parent(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

void serve_credentials_changed(void)
{
	serve_die_with_parent();
	prctl(PR_SET_DUMPABLE, !privileged);
}

/* Adopted orphans end as zombies unless somebody waits for them, and PID 1 is
 * the one who must. While a program runs, its op waits for all. */
static void reap(int sig)
{
	int saved = errno;

	(void)sig;
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
	errno = saved;
}

static void wait_for_request(int sock)
{
	struct pollfd p = {.fd = sock, .events = POLLIN};

	while (ppoll(&p, 1, NULL, signals_waiting()) < 0 && errno == EINTR)
		;
}

static void probe(const struct request *req, char **argv, struct call *c, struct reply *r)
{
	struct err err = {0};

	c->argc = (int)req->argc;
	c->argv = argv;
	c->err = &err;
	if (probe_answer(c) < 0) {
		r->kind = REPLY_FAILED;
		r->err = err;
	}
}

static void answer(const struct request *req, char **argv, int *fds, int nfds)
{
	struct trace trace;
	struct call c = {.trace = &trace, .fds = fds, .nfds = nfds, .terminal = req->terminal};
	struct reply r = {.kind = REPLY_DONE};
	struct utsname u;

	carry_trace_init(&trace, &the_sock);
	if (req->nfds != (unsigned)nfds) {
		r.kind = REPLY_FAILED;
		err_kernel(&r.err, EMFILE, "recvmsg() of %u descriptors", req->nfds);
	} else if (req->op == REQUEST_PROBE)
		probe(req, argv, &c, &r);
	else if (req->op == REQUEST_HARMLESS)
		r.status = diagfilter_try(req->argc ? argv[0] : "");
	else if (req->op != REQUEST_STATE)
		carry_out(req, argv, &c, &r);
	if (uname(&u) == 0)
		snprintf(r.hostname, sizeof(r.hostname), "%s", u.nodename);
	if (reply_send(the_sock, &r) < 0)
		_exit(0);
}

static void settle(int sock)
{
	sigset_t chld;
	int null;

	dup3(sock, 3, O_CLOEXEC); /* EINVAL: it is that one already */
	the_sock = 3;
	close_from(4); /* before the next, for there may be a limit (RLIMIT_NOFILE) */
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null < 0) /* a /dev without it: anything that is not the host's */
		null = eventfd(0, EFD_CLOEXEC);
	for (int fd = 0; fd < 3; fd++)
		if (null < 0 || dup2(null, fd) < 0)
			close(fd);
	if (null >= 0)
		close(null);
	signals_box();
	sigemptyset(&chld);
	sigaddset(&chld, SIGCHLD);
	sigprocmask(SIG_BLOCK, &chld, NULL);
	sigaction(SIGCHLD, &(struct sigaction){.sa_handler = reap, .sa_flags = SA_NOCLDSTOP}, NULL);
	privileged = geteuid() == 0;
	serve_credentials_changed();
	target_note_root();
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	selfexe_hide();
}

void serve(int sock)
{
	static struct request req;
	static char *argv[WIRE_ARGC + 1];
	int fds[WIRE_FDS], nfds, r;

	settle(sock);
	for (;;) {
		wait_for_request(the_sock);
		r = request_receive(the_sock, &req, argv, fds, &nfds);
		if (r <= 0)
			_exit(r < 0 ? 2 : 0);
		answer(&req, argv, fds, nfds);
		while (nfds-- > 0)
			if (fds[nfds] >= 0)
				close(fds[nfds]);
	}
}
