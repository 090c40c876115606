/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a request to a reply. A request names its op by its place in the table,
 * which both ends have from the same program.
 */
#include "ops/box/carry.h"

#include <stdio.h>

#include "ops/table.h"

static void send_line(int sock, enum reply_kind kind, const char *line)
{
	struct reply r = {.kind = kind};

	snprintf(r.text, sizeof(r.text), "%s", line);
	reply_send(sock, &r);
}

static void send_trace(void *arg, const char *side, const char *line)
{
	(void)side;
	send_line(*(int *)arg, REPLY_TRACE, line);
}

static void send_result(void *arg, const char *line)
{
	send_line(*(int *)arg, REPLY_PRINT, line);
}

void carry_trace_init(struct trace *t, int *sock)
{
	*t = (struct trace){.emit = send_trace, .print = send_result, .arg = sock, .side = "box"};
}

void carry_out(const struct request *req, char **argv, struct call *c, struct reply *r)
{
	const struct op *op = table_at(req->op);
	struct err err = {0};

	c->op = op;
	c->argc = (int)req->argc;
	c->argv = argv;
	c->err = &err;
	c->trace->on = req->trace;
	*r = (struct reply){.kind = REPLY_DONE};
	if (op && op->box ? op->box(c) < 0 : err_kernel(&err, 0, "no such op")) {
		r->kind = REPLY_FAILED;
		r->err = err;
	}
	r->status = c->status;
}
