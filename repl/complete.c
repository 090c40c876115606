/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Completion: the words of the statement before the cursor lead to an entry of
 * the tables, and that says what stands at this position.
 */
#include "repl/complete.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "repl/names.h"
#include "repl/opoptions.h"

#define WORDS 64

static char **list;
static size_t n_list;

bool complete_is_harmless(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name < 0x20 || strchr("'\"\\$\177", *name))
			return false;
	return true;
}

void complete_add(const char *candidate, const char *text)
{
	char **more;

	if (strncmp(candidate, text, strlen(text)) != 0 || !complete_is_harmless(candidate))
		return;
	more = realloc(list, (n_list + 2) * sizeof(*list));
	if (!more)
		return;
	list = more;
	list[n_list] = strdup(candidate);
	n_list += list[n_list] != NULL;
	list[n_list] = NULL;
}

bool complete_is_directory(void)
{
	return n_list == 1 && strchr("/=", list[0][strlen(list[0]) - 1]);
}

char **complete_take(void)
{
	char **taken = list;

	list = NULL;
	n_list = 0;
	return taken;
}

/* ! takes the rest of the line. */
static bool is_for_host(const char *word)
{
	return word[*word == '-'] == '!';
}

struct split {
	char **words, *to; /* to: where the next character goes */
	int n;
	bool in_word;
	char quote; /* the one that is open */
};

static void end_word(struct split *s, char at)
{
	if (s->in_word) {
		*s->to++ = '\0';
		s->in_word = false;
	}
	if (at == ';' && !(s->n && is_for_host(s->words[0])))
		s->n = 0;
}

static void add_character(struct split *s, char c)
{
	if (!s->in_word && s->n < WORDS)
		s->words[s->n++] = s->to;
	s->in_word = true;
	if (s->quote ? c == s->quote : c == '\'' || c == '"')
		s->quote = s->quote ? '\0' : c;
	else
		*s->to++ = c;
}

/* The words of the last statement in the line, without their quotes. One that is open still
 * belongs to the word at the cursor. */
static int split(char *before, char **words)
{
	struct split s = {.words = words, .to = before};

	for (const char *p = before; *p; p++) {
		if (!s.quote && strchr(" \t\n;", *p))
			end_word(&s, *p); /* which may write over it */
		else
			add_character(&s, *p);
	}
	*s.to = '\0';
	return s.n - (s.quote && s.in_word);
}

static bool is_given(char **words, int n, const char *candidate)
{
	for (int i = 0; i < n; i++)
		if (!strcmp(words[i], candidate))
			return true;
	return false;
}

static enum completion add_names(const char *text)
{
	char tolerant[WORD_SIZE + 1];
	struct words w;

	names_first(&w);
	for (int i = 0; i < w.n; i++) {
		snprintf(tolerant, sizeof(tolerant), "-%s", w.list[i]);
		complete_add(*text == '-' ? tolerant : w.list[i], text);
	}
	return COMPLETE_WORDS;
}

static bool is_device(enum arg_kind kind)
{
	return kind == ARG_DEVICE || kind == ARG_BRIDGE || kind == ARG_HOST_DEVICE;
}

/* A directory is offered only where the words do not answer already. */
static enum completion argument(const struct shell *sh, const struct arg *arg, const char *text,
				char **words, int n)
{
	for (const char *const *w = arg->find ? arg->find() : arg->words; w && *w; w++)
		if (!is_given(words, n, *w))
			complete_add(*w, text);
	if (is_device(arg->kind))
		complete_device(sh, text, arg->kind);
	if (arg->kind == ARG_WORD || is_device(arg->kind) || (n_list && *text == '-'))
		return COMPLETE_WORDS;
	if (arg->kind == ARG_OP)
		return add_names(text);
	if (arg->kind == ARG_HOST_FILE)
		return n_list ? COMPLETE_WORDS : COMPLETE_HOST_FILES;
	free(complete_take());
	complete_in_box(sh, text, arg->kind);
	return arg->kind == ARG_PROGRAM && !strchr(text, '/') ? COMPLETE_WORDS : COMPLETE_FILES;
}

/* After --name, or for --name=: its values. */
static void add_values(const struct op_option *o, const char *prefix, const char *text)
{
	char word[128];

	for (const char *const *v = o->values; v && *v; v++) {
		snprintf(word, sizeof(word), "%s%s%s", prefix, *prefix ? "=" : "", *v);
		complete_add(word, text);
	}
}

static enum completion add_options(const struct op *op, const char *text)
{
	const struct op_option *valued = opoptions_valued(op, text);

	if (valued && strchr(text, '=')) {
		add_values(valued, valued->name, text);
		return COMPLETE_WORDS;
	}
	for (const char *const *o = op->options; o && *o; o++)
		complete_add(*o, text);
	for (const struct op_option *o = op->valued; o && o->name; o++)
		complete_add(o->name, text);
	if (op->changes && !(op->flags & OP_OWN))
		complete_add("--host", text);
	return COMPLETE_WORDS;
}

/* Does word i, an option, have its value in the next? */
static bool takes_next(const struct op *op, const char *word)
{
	return op && !strchr(word, '=') && opoptions_valued(op, word);
}

/* How many of the words after the name are options or their values. */
static int options_in(const struct op *op, char **words, int n)
{
	int count = 0;

	for (int i = 1; i < n; i++) {
		if (strncmp(words[i], "--", 2) != 0)
			continue;
		count++;
		if (takes_next(op, words[i]) && i + 1 < n) {
			count++;
			i++;
		}
	}
	return count;
}

static enum completion op_argument(const struct shell *sh, const struct op *op, const char *text,
				   char **words, int n, int place)
{
	bool ours = !(op->flags & OP_VERBATIM);

	if (ours && takes_next(op, words[n - 1])) {
		add_values(opoptions_valued(op, words[n - 1]), "", text);
		return COMPLETE_WORDS;
	}
	if (*text == '-' && ours && (!place || !strncmp(text, "--", 2)))
		return add_options(op, text);
	if (op->argmax >= 0 && place >= op->argmax)
		return COMPLETE_NOTHING;
	for (place = place < OP_ARGS_MAX ? place : OP_ARGS_MAX - 1; place > 0; place--)
		if (op->args[place].kind || op->args[place].words || op->args[place].find)
			break;
	return argument(sh, &op->args[place], text, words, n);
}

static enum completion command_argument(const struct shell *sh, const struct command *c,
					const char *text, char **words, int n, int place)
{
	for (const char *const *o = c->options; *text == '-' && o && *o; o++)
		if (!is_given(words, n, *o))
			complete_add(*o, text);
	if (*text == '-' && !c->verbatim)
		return COMPLETE_WORDS;
	if (c->argmax >= 0 && place >= c->argmax)
		return COMPLETE_NOTHING;
	return argument(sh, place && c->second.words ? &c->second : &c->arg, text, words, n);
}

static enum completion statement(const struct shell *sh, char **words, int n, const char *text)
{
	struct words second;
	struct name name;
	struct err err;
	int place;

	if (n - 1 == options_in(NULL, words, n) && *text != '-' &&
	    names_family(words[0], &second)) {
		for (int i = 0; i < second.n; i++)
			complete_add(second.list[i], text);
		return COMPLETE_WORDS;
	}
	if (names_find(n, words, true, &name, &err) < 0)
		return COMPLETE_NOTHING;
	if (!name.op && name.command->verbatim && name.command->arg.kind == ARG_OP)
		return n > 1 ? statement(sh, words + 1, n - 1, text) : add_names(text);
	place = n - 1 - (name.second ? 1 : 0);
	if (name.op ? !(name.op->flags & OP_VERBATIM) : !name.command->verbatim)
		place -= options_in(name.op, words, n);
	if (name.op)
		return op_argument(sh, name.op, text, words, n, place);
	return command_argument(sh, name.command, text, words, n, place);
}

enum completion complete_prepare(const struct shell *sh, const char *before, const char *text)
{
	char copy[4096], *words[WORDS];
	int n;

	free(complete_take());
	snprintf(copy, sizeof(copy), "%s", before);
	if (copy[strspn(copy, " \t")] == '!' || (!copy[strspn(copy, " \t")] && *text == '!'))
		return COMPLETE_HOST_FILES;
	n = split(copy, words);
	if (n && is_for_host(words[0]))
		return COMPLETE_HOST_FILES;
	return n ? statement(sh, words, n, text) : add_names(text);
}
