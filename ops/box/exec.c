/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * exec: the box becomes the program (execve(2)), as the init of a container does.
 */
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/box/program.h"
#include "ops/box/runwatch.h"
#include "ops/box/terminal.h"
#include "ops/cgroup/group.h"
#include "ops/seccomp/notify.h"

static int exec_box(struct call *c)
{
	return program_prepare(c) < 0 ? -1 : program_become(c, true);
}

/* The program has taken the box's place: wait for its end. Its orphans, if it
 * has no PID namespace of its own, become our children meanwhile. */
static int wait_for_end(struct call *c, struct terminal *t, char (*texts)[WIRE_TEXT], int n,
			const struct runwatch *before)
{
	struct box *box = &c->session->box;
	int r;

	for (int i = 0; i < n; i++)
		trace_line(c->trace, "%s = 0", texts[i]);
	close(steal_fd(&box->sock));
	r = terminal_wait(t, c->session, -1);
	terminal_close(t);
	notify_end(c->session);
	if (r < 0)
		return box_interrupted(c->err);
	c->session->oom_kills = before->oom < 0 ? 0 : group_oom_kills(c->session) - before->oom;
	c->status = box_end(c->session);
	runwatch_ended(c, before);
	return 0;
}

static int exec_host(struct call *c)
{
	struct trace box_trace = *c->trace;
	char texts[2][WIRE_TEXT]; /* the filter and execve */
	int announced = 0;
	struct runwatch before;
	struct terminal t;
	struct reply r = {.kind = REPLY_TRACE};

	box_trace.side = "box";
	if (terminal_open(&t, c->session, c->err) < 0)
		return -1;
	runwatch_begin(c, &before);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	if (box_send(c, t.streams, 3, t.master >= 0) < 0)
		r.kind = REPLY_FAILED;
	terminal_handed_over(&t);
	while (r.kind == REPLY_TRACE || r.kind == REPLY_PRINT || r.kind == REPLY_EXECVE) {
		if (c->session->notify.listener >= 0 &&
		    terminal_wait(&t, c->session, c->session->box.sock) < 0) {
			terminal_close(&t);
			return box_interrupted(c->err);
		}
		box_receive(c, &r);
		if (r.kind == REPLY_EXECVE && announced < 2)
			snprintf(texts[announced++], sizeof(texts[0]), "%s", r.text);
	}
	if (r.kind == REPLY_GONE && announced) {
		c->trace = &box_trace;
		return wait_for_end(c, &t, texts, announced, &before);
	}
	prctl(PR_SET_CHILD_SUBREAPER, 0);
	terminal_close(&t);
	notify_end(c->session);
	return r.kind == REPLY_GONE ? box_gone(c->session, c->err) : -1;
}

const struct op op_exec = {
	.name = "exec",
	.usage = "exec PROGRAM [ARG...]",
	.summary = "become a program: the box ends with it",
	.detail =
		"The box itself executes PROGRAM, with its PID: after unshare pid that is PID 1.\n"
		"Nothing can follow in a file, and its status is that of the file. At a prompt "
		"you\n"
		"get a fresh box afterwards. If it fails the box lives on. See execve(2).",
	.argmin = 1,
	.argmax = -1,
	.flags = OP_ENDS | OP_VERBATIM,
	.args = {{ARG_PROGRAM, NULL}, {ARG_FILE, NULL}, {ARG_FILE, NULL}},
	.host = exec_host,
	.box = exec_box,
	.diagnose = program_refused,
};
