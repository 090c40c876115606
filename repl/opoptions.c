/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Options are brought into one form before an op sees them: first, one word
 * each, so that ops and their checks need no parser of their own. A word with
 * -- that is no option is refused where options begin; later on it may be an
 * argument, and the op's check has its say.
 */
#include "repl/opoptions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void opoptions_drop(struct statement *st, int i)
{
	free(st->words[i]);
	memmove(st->words + i, st->words + i + 1, (size_t)(st->n - i) * sizeof(*st->words));
	memmove(st->columns + i, st->columns + i + 1, (size_t)(st->n - i - 1) * sizeof(int));
	st->n--;
}

/* Word i moves to place to, which comes before it. */
static void move(struct statement *st, int i, int to)
{
	char *word = st->words[i];
	int column = st->columns[i];

	memmove(st->words + to + 1, st->words + to, (size_t)(i - to) * sizeof(*st->words));
	memmove(st->columns + to + 1, st->columns + to, (size_t)(i - to) * sizeof(int));
	st->words[to] = word;
	st->columns[to] = column;
}

static bool is_plain(const struct op *op, const char *word)
{
	for (const char *const *o = op->options; o && *o; o++)
		if (!strcmp(*o, word))
			return true;
	return false;
}

const struct op_option *opoptions_valued(const struct op *op, const char *word)
{
	size_t n = strcspn(word, "=");

	for (const struct op_option *o = op->valued; o && o->name; o++)
		if (strlen(o->name) == n && !strncmp(o->name, word, n))
			return o;
	return NULL;
}

/* --name VALUE becomes --name=VALUE. */
static int join(struct statement *st, int i, const char *op, struct err *err)
{
	char *word = NULL;

	if (strchr(st->words[i], '='))
		return 0;
	if (i + 1 == st->n)
		return err_usage(err, "%s: %s takes a value", op, st->words[i]);
	if (asprintf(&word, "%s=%s", st->words[i], st->words[i + 1]) < 0)
		return err_usage(err, "out of memory");
	free(st->words[i]);
	st->words[i] = word;
	opoptions_drop(st, i + 1);
	return 0;
}

static int check_value(const struct op_option *o, const char *word, const char *op, struct err *err)
{
	const char *value = strchr(word, '=') + 1;
	char list[ERR_TEXT / 2];
	size_t n = 0;

	for (const char *const *v = o->values; v && *v; v++)
		if (!strcmp(*v, value))
			return 0;
	if (!o->values && *value)
		return 0;
	if (!o->values)
		return err_usage(err, "%s: the value of %s is empty", op, o->name);
	err_usage(err, "%s: %s is not \"%.100s\"", op, o->name, value);
	for (const char *const *v = o->values; *v && n < sizeof(list); v++)
		n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s", n ? ", " : "", *v);
	err_why(err, "it is one of %s", list);
	return -1;
}

static int take_valued(struct statement *st, int i, int n, const struct op_option *o,
		       const char *op, struct err *err)
{
	if (join(st, i, op, err) < 0 || check_value(o, st->words[i], op, err) < 0)
		return -1;
	for (int j = 1; j <= n; j++)
		if (!strncmp(st->words[j], o->name, strlen(o->name)))
			return err_usage(err, "%s: %s is given twice", op, o->name);
	return 0;
}

static int unknown(const struct op *op, const char *word, struct err *err)
{
	err_usage(err, "%s: unknown option: %.100s", op->name, word);
	err_fix(err, "usage: %s", op->usage);
	return -1;
}

int opoptions_take(struct statement *st, struct step *step, struct err *err)
{
	const struct op *op = step->op;
	int n = 0;

	if (op->flags & OP_VERBATIM)
		return 0;
	for (int i = 1; i < st->n; i++) {
		const struct op_option *o;

		if (strncmp(st->words[i], "--", 2) != 0)
			continue;
		o = opoptions_valued(op, st->words[i]);
		if (op->changes && !(op->flags & OP_OWN) && !strcmp(st->words[i], "--host")) {
			step->insist = true;
			opoptions_drop(st, i--);
			continue;
		}
		if (o && take_valued(st, i, n, o, op->name, err) < 0)
			return -1;
		if (o || is_plain(op, st->words[i]))
			move(st, i, ++n);
		else if (i == n + 1)
			return unknown(op, st->words[i], err);
	}
	return n;
}

int opoptions_take_command(struct statement *st, const struct command *c, struct err *err)
{
	const struct op op = {.name = c->name,
			      .usage = c->usage,
			      .options = c->options,
			      .flags = c->verbatim ? OP_VERBATIM : 0};
	struct step step = {.op = &op};

	return opoptions_take(st, &step, err);
}
