/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * explain: an op with its arguments, before it is done.
 */
#include "repl/view/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/namespaces/ns.h"
#include "ops/paper.h"
#include "ops/text/quote.h"
#include "repl/command.h"
#include "repl/shell.h"
#include "repl/view/margin.h"

#define ONE 8 /* words of an op with one argument, and the NULL after them */

/* What follows "See " at the end of the op's help, without the full stop. */
static void put_manual(const struct op *op)
{
	const char *see = "", *p = op->detail;
	char text[256];

	while ((p = strstr(p, "See ")) != NULL)
		see = (p += 4);
	snprintf(text, sizeof(text), "%.*s", (int)strlen(see) - (*see != '\0'), see);
	margin_put("man", text);
}

/* "box call", as the trace has it. */
static void put_call(const char *label, char *call)
{
	char *space = strchr(call, ' ');

	if (space)
		*space = '\0';
	margin_side(label, call, space ? space + 1 : "");
}

static const char *put_one(const struct explaining *x, const struct explain *e, const char *label)
{
	for (const struct explain_step *s = e->steps; s->call; s++) {
		auto_free char *call = NULL, *words = NULL;

		if (!explain_holds(x, s->when))
			continue;
		call = explain_fill(x, s->call);
		words = explain_fill(x, s->words);
		if (call)
			put_call(label, call);
		margin_words(words ? words : "");
		label = "";
	}
	return label;
}

/* Would a compiler take it? A trace says what a descriptor is, decodes what is
 * pointed to, and leaves out what is not known before. */
static bool is_c(const char *call)
{
	return !strstr(call, "...") && !strstr(call, ">,") && !strpbrk(call, "{[") &&
	       !strstr(call, "netlink,") && call[0] != '(';
}

static bool is_call(const char *call, const char *name)
{
	size_t n = strlen(name);

	return !strncmp(call, name, n) && call[n] == '(';
}

/* A statement, or a comment, which an argument can't end. */
static void put_c(FILE *f, const char *call)
{
	if (is_c(call)) {
		bool clone = is_call(call, "clone");
		bool wrapped = !clone && !is_call(call, "pivot_root");
		size_t n = wrapped ? strlen(call) : strcspn(call, "(");

		fprintf(f, wrapped ? "%s%.*s" : "%ssyscall(SYS_%.*s, ", ftell(f) ? " " : "", (int)n,
			call);
		if (!wrapped)
			fprintf(f, "%.*s%s)", (int)strlen(call + n) - 2, call + n + 1,
				clone ? ", NULL, NULL, NULL, 0" : "");
		fputc(';', f);
		return;
	}
	fprintf(f, "%s/* ", ftell(f) ? " " : "");
	for (; *call; call++)
		fprintf(f, call[0] == '*' && call[1] == '/' ? "* " : "%c", *call);
	fputs(" */", f);
}

/* The op with one of its arguments alone, and its options. */
static struct explaining one_of(const struct explaining *x, int i, char **argv)
{
	struct explaining one = *x;

	one.argc = 0;
	for (int j = 0; j < op_first(x->argc, x->argv) && j < ONE - 2; j++)
		argv[one.argc++] = x->argv[j];
	argv[one.argc++] = x->argv[i];
	argv[one.argc] = NULL;
	one.argv = argv;
	return one;
}

static void put_steps(const struct explaining *x, const struct explain *e)
{
	const char *label = "calls";
	char *argv[ONE];

	if (!e->each) {
		put_one(x, e, label);
		return;
	}
	for (int i = op_first(x->argc, x->argv); i < x->argc; i++) {
		struct explaining one = one_of(x, i, argv);

		label = put_one(&one, e, label);
	}
}

/* Without the side, which comes first. */
static void put_statements(FILE *f, const struct explaining *x, const struct explain *e)
{
	for (const struct explain_step *s = e->steps; s->call; s++) {
		auto_free char *call = explain_fill(x, s->call);

		if (call && explain_holds(x, s->when) && strchr(call, ' '))
			put_c(f, strchr(call, ' ') + 1);
	}
}

/* The calls as statements of C. */
static char *in_c(const struct explaining *x, const struct explain *e)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return NULL;
	for (int i = op_first(x->argc, x->argv); i < x->argc && e->each && !e->c; i++) {
		char *argv[ONE];
		struct explaining one = one_of(x, i, argv);

		put_statements(f, &one, e);
	}
	if (!e->each && !e->c)
		put_statements(f, x, e);
	if (e->c) {
		auto_free char *c = explain_fill(x, e->c);

		if (c && (strstr(c, ", ...") || c[0] == '('))
			put_c(f, c);
		else
			fputs(c ? c : "", f);
	}
	fclose(f);
	return text;
}

static void put_title(const struct explaining *x)
{
	char word[256];

	printf("%s", x->op->name);
	for (int i = 1; i < x->argc; i++)
		printf(" %s", quote_word(word, sizeof(word), x->argv[i]) ? word : "...");
	printf("%s\n", x->insist ? " --host" : "");
}

/* To standard output, fitted to the terminal; in a pipe lines are as long as
 * they have to be. refusal: why it would be refused now, or NULL. */
static void explain_print(const struct explaining *x, const struct err *refusal)
{
	const struct explain *e = explain_find(x->op);
	auto_free char *tools = NULL, *c = NULL, *docker = NULL;

	put_title(x);
	if (refusal) {
		margin_put("now", refusal->what);
		if (refusal->why[0])
			margin_pair("why: ", refusal->why);
		if (refusal->fix[0])
			margin_pair(refusal->remedy == REMEDY_WORDS ? "do: " : "fix: ",
				    refusal->fix);
	}
	if (!e)
		return;
	put_steps(x, e);
	tools = explain_fill(x, e->tools);
	c = in_c(x, e);
	docker = explain_fill(x, e->docker);
	margin_put("tools", tools ? tools : "");
	margin_put("C", c ? c : "");
	margin_put("docker", docker ? docker : "");
	put_manual(x->op);
}

static int read_words(int argc, char **argv, bool prefixes, struct script *s, struct err *err)
{
	struct vars none = {0};
	struct problem p = {0};
	auto_free char *text = NULL;
	char word[4096];
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return err_usage(err, "out of memory");
	for (int i = 1; i < argc; i++)
		fprintf(f, "%s ", quote_word(word, sizeof(word), argv[i]) ? word : "");
	fclose(f);
	s->interactive = prefixes;
	if (script_add_text(s, NULL, text, size, &none, &p) < 0) {
		*err = p.err;
		return -1;
	}
	if (s->n == 1 && s->steps && s->steps[0].op)
		return 0;
	err_usage(err, "explain: %.100s is no op", argv[1]);
	err_fix(err, "help %.100s tells of the shell's own words", argv[1]);
	return -1;
}

static int check(int argc, char **argv, struct err *err)
{
	struct script s = {0};
	int r = read_words(argc, argv, true, &s, err);

	script_release(&s);
	return r;
}

static int do_explain(struct shell *sh, int argc, char **argv, struct err *err)
{
	struct script s = {0};
	struct err refusal;
	int r = read_words(argc, argv, true, &s, err);

	if (r == 0 && s.steps) {
		const struct step *step = &s.steps[0];
		struct explaining x = {.op = step->op,
				       .argc = step->argc,
				       .argv = step->argv,
				       .insist = step->insist};

		explain_look(&x, &sh->session);
		explain_print(&x, explain_refuses(&x, &refusal) < 0 ? &refusal : NULL);
	}
	script_release(&s);
	return r;
}

static void explain_step(const struct step *step, const struct paper *box)
{
	struct explaining x = {.op = step->op,
			       .argc = step->argc,
			       .argv = step->argv,
			       .insist = step->insist,
			       .box = *box,
			       .init = (box->own & CLONE_NEWPID) != 0};

	printf("%s:%d: ", step->file ? step->file : "", step->line);
	explain_print(&x, NULL);
	putchar('\n');
}

void explain_script(const struct script *s)
{
	script_each(s, explain_step);
}

const struct command command_explain = {
	.name = "explain",
	.usage = "explain OP [ARG...]",
	.summary = "what an op would do now with these arguments",
	.detail =
		"Nothing is done. Tells whether it would be refused, and why; the calls it would\n"
		"make and what each does; the same in the words of unshare, mount and others, in\n"
		"C, and as an option of docker run; and where to read on. ... stands for what is\n"
		"known only when it is done. -n explains a whole file.",
	.argmin = 1,
	.argmax = -1,
	.verbatim = true,
	.arg = {ARG_OP, NULL, NULL},
	.check = check,
	.run = do_explain,
};
