/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The loop. For an op: is there a box, does the guard let it pass, then its
 * host half, or else its box half; on failure the op's own diagnosis.
 */
#include "repl/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/box/box.h"
#include "ops/box/signals.h"
#include "ops/box/warden.h"
#include "ops/guard.h"
#include "ops/namespaces/ns.h"
#include "repl/failure.h"
#include "repl/hostcmd.h"
#include "repl/line.h"
#include "repl/report.h"
#include "repl/view/effect.h"
#include "repl/view/leaks.h"
#include "repl/view/look.h"
#include "repl/visible.h"

void loop_reset(struct shell *sh)
{
	char left[SESSION_LEFT];

	session_reset(&sh->session, left);
	if (!sh->replaying)
		journal_end(&sh->journal);
	if (left[0])
		report_note(sh, "left on the host, it could not be removed: %s", left);
}

static void say_end(struct shell *sh, const struct step *step, int status)
{
	const char *next = sh->interactive ? "; this is a fresh box" : "";

	if (sh->session.oom_kills > 0)
		report_note(sh,
			    "the memory limit works: the kernel killed %ld of the box's processes",
			    sh->session.oom_kills);
	if (sh->session.ended[0])
		report_note(sh, "%s", sh->session.ended);
	if (WIFSIGNALED(status))
		report_note(sh, "the box ended: %s was killed by signal %d (%s)%s", step->argv[1],
			    WTERMSIG(status), strsignal(WTERMSIG(status)), next);
	else if (sh->interactive)
		report_note(sh, "the box ended: %s exited with status %d%s", step->argv[1],
			    WEXITSTATUS(status), next);
}

/* Whether the user namespace is the box's own is of interest in a refusal only. */
static int guard(const struct session *s, const struct step *step, struct err *err)
{
	unsigned changes = guard_changes(step->op, step->argc, step->argv);

	if (step->insist || !changes)
		return 0;
	if ((changes & ~guard_own(s, changes)) &&
	    guard_refuses(step->op, changes, guard_own(s, changes | CLONE_NEWUSER), err) < 0)
		return -1;
	return guard_refuses_leak(s, step->op, err);
}

static int carry_out(struct shell *sh, const struct step *step, struct call *c)
{
	if (box_has_ended(&sh->session))
		return box_gone(&sh->session, c->err);
	if (box_start(&sh->session, c->err) < 0)
		return -1;
	if (guard(&sh->session, step, c->err) < 0)
		return -1;
	return step->op->host ? step->op->host(c) : box_ask(c);
}

static int run_op(struct shell *sh, const struct step *step, struct err *err)
{
	struct call c = {.op = step->op,
			 .argc = step->argc,
			 .argv = step->argv,
			 .insist = step->insist,
			 .err = err,
			 .trace = &sh->session.trace,
			 .session = &sh->session};
	struct effect effect;

	sh->session.probes = (struct probes){0};
	if (look_refuses(sh, step->op->name, err) < 0)
		return -1;
	effect_before(&effect, sh);
	if (carry_out(sh, step, &c) < 0) {
		effect_after(&effect, sh);
		if (step->op->diagnose && err->errnum && !err->why[0] && sh->session.box.pid)
			step->op->diagnose(&c);
		probes_general(&c);
		return -1;
	}
	effect_after(&effect, sh);
	if (!sh->replaying && !(step->op->flags & OP_LOOKS))
		journal_add(&sh->journal, step);
	if (step->op->flags & OP_ENDS) {
		sh->status = exit_status(c.status);
		sh->quit |= !sh->interactive;
		loop_reset(sh);
		say_end(sh, step, c.status);
	}
	return 0;
}

int loop_step(struct shell *sh, const struct step *step, struct err *err)
{
	leaks_note(sh, step);
	warden_renew(&sh->session);
	if (step->op)
		return run_op(sh, step, err);
	if (step->command)
		return step->command->run(sh, step->argc, step->argv, err);
	journal_host(&sh->journal, step->host);
	return hostcmd_run(step->host, &sh->vars, sh->session.box.pid, err);
}

static const char *name_of(const struct step *step)
{
	if (step->op)
		return step->op->name;
	return step->command ? step->command->name : "!";
}

/* --step: Enter goes on, end of input leaves. */
static void wait_for_enter(struct shell *sh, const struct step *step)
{
	char c = 0;

	fprintf(stderr, "%s:%d: %s", step->file ? step->file : "", step->line, name_of(step));
	for (int i = 1; i < step->argc; i++) {
		fputc(' ', stderr);
		visible_put(stderr, step->argv[i]);
	}
	fprintf(stderr, "  [Enter] ");
	while (c != '\n' && signals_wait(0) == 0)
		if (read(0, &c, 1) <= 0) {
			sh->quit = true;
			break;
		}
	if (c != '\n')
		fputc('\n', stderr);
}

int loop_run(struct shell *sh, const struct script *s)
{
	for (size_t i = 0; i < s->n && !sh->quit; i++) {
		const struct step *step = &s->steps[i];
		struct problem p = {.place = {.file = step->file, .line = step->line}};

		if (sh->step)
			wait_for_enter(sh, step);
		if (sh->quit)
			break;
		if (signals_ending()) {
			sh->status = 128 + signals_ending();
			return -1;
		}
		if (loop_step(sh, step, &p.err) == 0)
			continue;
		if (signals_ending() && p.err.kind == ERR_BOX) {
			report_note(sh, "ended by signal %d (%s)", signals_ending(),
				    strsignal(signals_ending()));
			sh->status = 128 + signals_ending();
			return -1;
		}
		failure_complete(sh, step, &p.err);
		report_problem(&p, name_of(step));
		failure_keep(sh, step, &p);
		if (p.err.kind == ERR_BOX) {
			loop_reset(sh);
			report_note(sh, "the box ended%s",
				    sh->interactive ? "; this is a fresh box" : "");
		}
		/* What comes next was written for the box that is gone. */
		if (step->tolerate && (p.err.kind != ERR_BOX || sh->interactive))
			continue;
		sh->status = p.err.status;
		return -1;
	}
	return 0;
}

/* Should the box have been killed behind our back, say so before the prompt. */
static void notice_end(struct shell *sh)
{
	struct problem p = {0};

	if (!box_is_ending(&sh->session))
		return;
	box_gone(&sh->session, &p.err);
	failure_complete(sh, NULL, &p.err);
	report_problem(&p, NULL);
	failure_keep(sh, NULL, &p);
	loop_reset(sh);
}

void loop_prompt(struct shell *sh)
{
	char *line;

	line_start(sh);
	while (!sh->quit && (line = line_read(sh)) != NULL) {
		struct script s = {.interactive = true};
		struct problem p = {0};

		if (script_add_text(&s, NULL, line, strlen(line), &sh->vars, &p) < 0) {
			report_problem(&p, NULL);
			failure_keep_text(sh, line, &p);
			sh->status = p.err.status;
		} else if (s.n) {
			int before = sh->status;

			sh->status = 0;
			loop_run(sh, &s);
			if (sh->quit)
				sh->status = before;
		}
		script_release(&s);
		free(line);
		notice_end(sh);
		look_notice_end(sh);
		if (signals_ending() == SIGINT)
			signals_forget();
		else if (signals_ending())
			break;
	}
	line_end();
	if (signals_ending())
		sh->status = 128 + signals_ending();
}
