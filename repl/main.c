/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ctrsh: from the arguments to one of three sources of steps (a prompt, a
 * file, -c), and out again with everything released.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/box/signals.h"
#include "repl/loop.h"
#include "repl/options.h"
#include "repl/report.h"
#include "repl/script.h"
#include "repl/shell.h"
#include "repl/view/doctor.h"
#include "repl/view/explain.h"
#include "repl/view/leaks.h"

static bool wants_color(const struct options *o)
{
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");

	return isatty(2) && !o->no_color && !(no && *no) && term && *term &&
	       strcmp(term, "dumb") != 0;
}

static int read_script(struct shell *sh, const struct options *o, struct script *s)
{
	struct problem p = {0};
	sigset_t blocked;
	int r;

	/* Opening and reading may wait, for a pipe say: signals interrupt that. */
	sigprocmask(SIG_SETMASK, signals_waiting(), &blocked);
	if (o->lines)
		r = script_add_text(s, "-c", o->lines, strlen(o->lines), &sh->vars, &p);
	else
		r = script_add_file(s, o->file ? o->file : "-", &sh->vars, &p);
	sigprocmask(SIG_SETMASK, &blocked, NULL);
	if (signals_ending()) {
		sh->status = 128 + signals_ending();
		return -1;
	}
	if (r == 0)
		r = script_check_order(s, o->check, &p);
	if (r == 0)
		return 0;
	report_problem(&p, NULL);
	sh->status = p.err.status;
	return -1;
}

/* What takes long in a later step is begun beside the box's work on the first. */
static void prepare(struct shell *sh, const struct script *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->steps[i].op && s->steps[i].op->prepare)
			sh->session.prepare = s->steps[i].op->prepare;
}

static void check_only(const struct options *o, const struct script *s)
{
	if (!o->quiet)
		explain_script(s);
}

static void take_steps(struct shell *sh, const struct options *o, const struct script *s)
{
	if (o->leaks || leaks_wanted(s))
		leaks_start(sh);
	prepare(sh, s);
	loop_run(sh, s);
}

static void run_script(struct shell *sh, const struct options *o)
{
	struct script s = {0};

	if (read_script(sh, o, &s) == 0) {
		if (o->check)
			check_only(o, &s);
		else
			take_steps(sh, o, &s);
	}
	script_release(&s);
}

/* Descriptors 0, 1 and 2 must be open, or what we open next would take their
 * place. What is written to a closed standard output must not seem to arrive. */
static int open_standard_streams(void)
{
	for (int fd = 0; fd < 3; fd++) {
		if (fcntl(fd, F_GETFD) >= 0)
			continue;
		if (open("/dev/null", fd == 1 ? O_RDONLY : O_RDWR) == fd)
			continue;
		fprintf(stderr,
			"ctrsh: descriptor %d is closed, and in its place /dev/null cannot be "
			"opened: %s\n",
			fd, strerror(errno));
		return -1;
	}
	return 0;
}

/* What was printed must also have arrived: /dev/full, a closed pipe. */
static int written(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	errno = report_failed() ? report_failed() : errno;
	perror("ctrsh: standard output");
	return status ? status : 1;
}

int main(int argc, char **argv)
{
	struct shell sh = {0};
	struct options o = {0};
	char left[SESSION_LEFT];
	int r;

	if (open_standard_streams() < 0)
		return 1;
	r = options_parse(&o, argc, argv);
	if (r >= 0)
		return written(r);
	signals_shell();
	report_init(wants_color(&o));
	if (session_init(&sh.session) < 0) {
		perror("ctrsh");
		return 1;
	}
	sh.interactive = !o.file && !o.lines && !o.check && isatty(0);
	sh.quiet = o.quiet;
	sh.step = o.step;
	sh.session.trace = (struct trace){.on = o.trace || sh.interactive,
					  .emit = report_trace,
					  .print = report_result,
					  .side = "host"};
	sh.vars.script = o.file ? o.file : "ctrsh";
	sh.vars.args = o.args;
	sh.vars.n_args = o.n_args;
	if (sh.interactive) {
		doctor_greet(&sh);
		leaks_start(&sh);
		loop_prompt(&sh);
	} else {
		run_script(&sh, &o);
	}
	session_release(&sh.session, left);
	if (left[0])
		report_note(&sh, "left on the host, it could not be removed: %s", left);
	if ((sh.interactive || o.leaks) && leaks_end(&sh) && o.leaks && !sh.status)
		sh.status = 1;
	leaks_forget(&sh);
	failure_release(&sh.failure);
	journal_release(&sh.journal);
	vars_release(&sh.vars);
	return written(sh.status);
}
