/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of one word, or of two (a family, as cgroup pids); each word: exact
 * first, then a unique prefix, then a guess at what was meant.
 */
#include "repl/names.h"

#include <stdio.h>
#include <string.h>

#include "ops/table.h"
#include "ops/text/nearest.h"

/* The i-th full name of ops and then commands, NULL after the last. */
static const char *name_at(int i)
{
	static int n; /* asked for often: counted once */

	while (op_table[n])
		n++;
	if (i < n)
		return op_table[i]->name;
	return command_table[i - n] ? command_table[i - n]->name : NULL;
}

/* Without the - of a tolerated statement. */
static const char *bare(const char *word)
{
	return word + (word[0] == '-' && word[1]);
}

/* Adds a word of this length, unless it is there. */
static void add(struct words *w, const char *word, size_t len)
{
	for (int i = 0; i < w->n && len < WORD_SIZE; i++)
		if (w->list[i][0] == word[0] && !strncmp(w->list[i], word, len) && !w->list[i][len])
			return;
	if (w->n < WORDS_MAX && len < WORD_SIZE) {
		memcpy(w->list[w->n], word, len);
		w->list[w->n++][len] = '\0';
	}
}

void names_first(struct words *w)
{
	w->family[0] = '\0';
	w->n = 0;
	for (int i = 0; name_at(i); i++)
		add(w, name_at(i), strcspn(name_at(i), " "));
}

/* The second words of a family; none: it is no family. */
static void second_words(const char *first, struct words *w)
{
	size_t len = strlen(first);

	snprintf(w->family, sizeof(w->family), "%s", first);
	w->n = 0;
	for (int i = 0; name_at(i); i++)
		if (!strncmp(name_at(i), first, len) && name_at(i)[len] == ' ')
			add(w, name_at(i) + len + 1, strlen(name_at(i)) - len - 1);
}

/* The word of the list that was perhaps meant, or NULL. */
static const char *nearest(const struct words *w, const char *word)
{
	const char *found = NULL;
	int best = NEAREST_FAR;

	for (int i = 0; i < w->n; i++)
		if (nearest_is(word, w->list[i], &best))
			found = w->list[i];
	return found;
}

/* Those that begin with the prefix (all, when it is ""), as "a, b". */
static void join(const struct words *w, const char *prefix, char *text, size_t size)
{
	size_t n = 0;

	text[0] = '\0';
	for (int i = 0; i < w->n && n < size; i++)
		if (!strncmp(w->list[i], prefix, strlen(prefix)))
			n += (size_t)snprintf(text + n, size - n, "%s%s", n ? ", " : "",
					      w->list[i]);
}

/* The place of the word in the list: exact, else (prefixes) the only one that
 * begins so. -1: none or several; *n tells how many begin so. */
static int match(const struct words *w, const char *word, bool prefixes, int *n)
{
	int at = -1;

	*n = 0;
	for (int i = 0; i < w->n; i++) {
		if (!strcmp(w->list[i], word))
			return i;
		if (*word && !strncmp(w->list[i], word, strlen(word))) {
			at = i;
			++*n;
		}
	}
	return prefixes && *n == 1 ? at : -1;
}

/* No word fits. candidates: how many begin so. */
static int refuse(const struct words *w, const char *word, bool prefixes, int candidates,
		  struct err *err)
{
	const char *near = nearest(w, word), *family = w->family;
	const char *space = *family ? " " : "";
	char list[ERR_TEXT / 2];

	join(w, candidates ? word : "", list, sizeof(list));
	if (prefixes && candidates) {
		err_usage(err, "ambiguous: %s%s%.50s", family, space, word);
		err_why(err, "it could be %s", list);
		return -1;
	}
	err_usage(err, "unknown op: %s%s%.100s", family, space, word);
	if (*family && !candidates)
		err_why(err, "%s knows %s%s%s", family, list, table_find(family) ? "; and " : "",
			table_find(family) ? table_find(family)->usage : "");
	if (candidates)
		err_fix(err, "did you mean %s%s? A script needs full names",
			candidates > 1 ? "one of " : "", list);
	else if (!*family && (!strcmp(word, "exit") || !strcmp(word, "logout")))
		err_fix(err, "quit");
	else if (near)
		err_fix(err, "did you mean %s%s%s?", family, space, near);
	else if (!*family)
		err_fix(err, "help lists the ops; run %.100s starts a program in the box", word);
	return -1;
}

static int found(const char *first, const char *second, struct name *out)
{
	char full[2 * WORD_SIZE];

	snprintf(full, sizeof(full), "%s%s%s", first, second ? " " : "", second ? second : "");
	out->op = table_find(full);
	out->command = out->op ? NULL : command_find(full);
	return 0;
}

/* The second word of a family; the options that may stand before it do not
 * count. 0 is returned where there is none. */
static int place_of_second(int argc, char *const *argv)
{
	int i = 1;

	while (i < argc && !strncmp(argv[i], "--", 2))
		i++;
	return i < argc ? i : 0;
}

/* One word, too few for the op that takes what fits none of its family: then
 * a plain word was meant to be of the family. */
static bool is_mistyped(const struct op *op, int argc, const char *word)
{
	return argc == 2 && op->argmin > 1 &&
	       word[strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_")] == 0;
}

static int find_second(int argc, char *const *argv, const struct words *w, bool prefixes,
		       struct name *out, struct err *err)
{
	const char *first = w->family;
	int at = -1, candidates = 0;
	char list[ERR_TEXT / 2];

	out->second = place_of_second(argc, argv);
	if (out->second)
		at = match(w, argv[out->second], prefixes, &candidates);
	if (at >= 0)
		return found(first, w->list[at], out);
	if (table_find(first) && out->second && !(prefixes && candidates) &&
	    !is_mistyped(table_find(first), argc, argv[out->second])) {
		out->second = 0;
		return found(first, NULL, out);
	}
	if (out->second)
		return refuse(w, argv[out->second], prefixes, candidates, err);
	join(w, "", list, sizeof(list));
	err_usage(err, "%s: too few arguments", first);
	err_why(err, "%s knows %s", first, list);
	err_fix(err, "help %s", first);
	return -1;
}

bool names_family(const char *word, struct words *second)
{
	struct words first;
	int candidates, at;

	names_first(&first);
	at = match(&first, bare(word), true, &candidates);
	second->n = 0;
	if (at >= 0)
		second_words(first.list[at], second);
	return second->n > 0;
}

int names_find(int argc, char *const *argv, bool prefixes, struct name *out, struct err *err)
{
	const char *word = bare(argv[0]);
	struct words first, second;
	int candidates, at;

	names_first(&first);
	at = match(&first, word, prefixes, &candidates);
	*out = (struct name){0};
	if (at < 0)
		return refuse(&first, word, prefixes, candidates, err);
	second_words(first.list[at], &second);
	if (second.n)
		return find_second(argc, argv, &second, prefixes, out, err);
	return found(first.list[at], NULL, out);
}
