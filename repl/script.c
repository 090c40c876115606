/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reader of texts: statements become steps; `set` and `include` take
 * effect here, for both change how the rest of the text is read.
 */
#include "repl/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/box/wire.h"
#include "repl/habit.h"
#include "repl/lex.h"
#include "repl/names.h"
#include "repl/opoptions.h"

/* The place of word i of a statement. */
static void at_word(const struct lexer *lx, const struct statement *st, int i, struct place *place)
{
	lex_place(lx, lx->line_start, place);
	place->line = st->line;
	place->column = 0;
	if (st->line == lx->line && i < st->n)
		place->column = st->columns[i];
	if (!place->column)
		place->text[0] = '\0';
}

static char *keep(struct script *s, const char *name)
{
	char **more = realloc(s->kept, (s->n_kept + 1) * sizeof(char *));

	if (!more)
		return NULL;
	s->kept = more;
	s->kept[s->n_kept] = strdup(name);
	return s->kept[s->n_kept] ? s->kept[s->n_kept++] : NULL;
}

/* Takes the words of the statement over. */
static int add_step(struct script *s, struct statement *st, const struct step *step)
{
	struct step *more = realloc(s->steps, (s->n + 1) * sizeof(*more));

	if (!more)
		return -1;
	s->steps = more;
	s->steps[s->n] = *step;
	s->steps[s->n].host = st->host;
	s->steps[s->n].argc = st->n;
	s->steps[s->n++].argv = st->words;
	st->words = NULL;
	st->host = NULL;
	st->n = 0;
	return 0;
}

static int check_arity(const char *name, const char *usage, int n, int min, int max,
		       struct err *err)
{
	if (n >= min && (max < 0 || n <= max))
		return 0;
	err_usage(err, "%s: too %s arguments", name, n < min ? "few" : "many");
	err_fix(err, "usage: %s", usage);
	return -1;
}

static int check_op(struct statement *st, struct step *step, struct err *err)
{
	const struct op *op = step->op;
	int options = opoptions_take(st, step, err);

	if (options < 0 ||
	    check_arity(op->name, op->usage, st->n - 1 - options, op->argmin, op->argmax, err) < 0)
		return -1;
	if (request_size(st->n, st->words) < 0)
		return err_usage(err, "%s: more than %d bytes of arguments, or %d of them",
				 op->name, WIRE_ARGS, WIRE_ARGC);
	return op->check ? op->check(st->n, st->words, err) : 0;
}

static int check_command(const struct script *s, struct statement *st, const struct command *c,
			 struct err *err)
{
	int options;

	if (c->prompt && !s->interactive)
		return err_usage(err, "%s: only at a prompt", c->name);
	if (s->remedy && (!strcmp(c->name, "set") || !strcmp(c->name, "include")))
		return err_usage(err, "%s is no part of a remedy", c->name);
	options = opoptions_take_command(st, c, err);
	if (options < 0 ||
	    check_arity(c->name, c->usage, st->n - 1 - options, c->argmin, c->argmax, err) < 0)
		return -1;
	return c->check ? c->check(st->n, st->words, err) : 0;
}

static int do_set(struct statement *st, struct vars *vars, struct err *err)
{
	if (!vars_is_name(st->words[1]))
		return err_usage(err, "set: not a name: \"%.100s\"", st->words[1]);
	if (vars_set(vars, st->words[1], st->words[2]) < 0)
		return err_usage(err, "set: out of memory");
	return 0;
}

/* A relative name starts at the directory of the file that includes it. */
static int do_include(struct script *s, struct lexer *lx, struct statement *st, struct problem *p)
{
	const char *slash = lx->file ? strrchr(lx->file, '/') : NULL;
	const char *name = st->words[1];
	char path[4096];
	struct place here;

	at_word(lx, st, 1, &here);
	if (name[0] == '/' || !slash)
		snprintf(path, sizeof(path), "%s", name);
	else
		snprintf(path, sizeof(path), "%.*s/%s", (int)(slash - lx->file), lx->file, name);
	if (script_add_file(s, path, lx->vars, p) == 0)
		return 0;
	if (!p->place.line)
		p->place = here; /* the file itself could not be read */
	return -1;
}

static int refuse(const struct lexer *lx, const struct statement *st, int word, struct problem *p)
{
	at_word(lx, st, word, &p->place);
	return -1;
}

/* The full name becomes word 0; what it was written as goes. */
static void put_name(struct statement *st, const struct name *name)
{
	free(st->words[0]);
	st->words[0] = strdup(name->op ? name->op->name : name->command->name);
	if (name->second)
		opoptions_drop(st, name->second);
}

static int add_named(struct script *s, struct lexer *lx, struct statement *st, struct problem *p)
{
	struct step step = {.file = lx->file, .line = st->line};
	struct name name;

	step.tolerate = st->words[0][0] == '-' && st->words[0][1];
	if (habit_refuses(st->n, st->words, &p->err))
		return refuse(lx, st, 0, p);
	if (names_find(st->n, st->words, s->interactive, &name, &p->err) < 0)
		return refuse(lx, st, name.second, p);
	step.op = name.op;
	step.command = name.command;
	put_name(st, &name);
	if (name.op && check_op(st, &step, &p->err) < 0)
		return refuse(lx, st, st->n > 1 ? 1 : 0, p);
	if (name.command && check_command(s, st, name.command, &p->err) < 0)
		return refuse(lx, st, st->n > 1 ? 1 : 0, p);
	if (name.command && !name.command->run && !strcmp(name.command->name, "include"))
		return do_include(s, lx, st, p);
	if (name.command && !strcmp(name.command->name, "set") && st->n == 3 &&
	    !set_is_switch(st->words[1]))
		return do_set(st, lx->vars, &p->err) < 0 ? refuse(lx, st, 1, p) : 0;
	if (add_step(s, st, &step) < 0) {
		err_usage(&p->err, "out of memory");
		return refuse(lx, st, 0, p);
	}
	return 0;
}

static int add_statement(struct script *s, struct lexer *lx, struct statement *st,
			 struct problem *p)
{
	struct step step = {.file = lx->file, .line = st->line, .tolerate = st->tolerate};

	if (!st->host)
		return add_named(s, lx, st, p);
	if (add_step(s, st, &step) == 0)
		return 0;
	err_usage(&p->err, "out of memory");
	return refuse(lx, st, 0, p);
}

int script_add_text(struct script *s, const char *name, const char *text, size_t len,
		    struct vars *vars, struct problem *p)
{
	struct statement st;
	struct lexer lx;
	int r;

	lex_init(&lx, name ? keep(s, name) : NULL, text, len, vars);
	while ((r = lex_next(&lx, &st, p)) > 0) {
		r = add_statement(s, &lx, &st, p);
		statement_release(&st);
		if (r < 0)
			return -1;
	}
	return r;
}

void script_release(struct script *s)
{
	for (size_t i = 0; i < s->n; i++) {
		for (int j = 0; j < s->steps[i].argc; j++)
			free(s->steps[i].argv[j]);
		free(s->steps[i].argv);
		free(s->steps[i].host);
	}
	for (size_t i = 0; i < s->n_kept; i++)
		free(s->kept[i]);
	free(s->steps);
	free(s->kept);
	*s = (struct script){0};
}
