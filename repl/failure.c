/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is kept of a failure, and the lines that mend it: those of the diagnosis
 * followed by what failed, or, when a box has ended, those that built it.
 */
#include "repl/failure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"
#include "repl/shell.h"
#include "repl/steptext.h"

#define SHOWN 100 /* a longer line is not shown again behind what comes first */

#define FILTER "; a seccomp filter is in force in the box, and it may have answered"

/* Seccomp: 2 in /proc/PID/status (proc(5)). */
static bool is_filtered(const struct probes *f)
{
	for (int i = 0; i < f->n; i++)
		if (!strcmp(f->list[i].name, "Seccomp"))
			return f->list[i].value[0] == '2';
	return false;
}

/* How the kernel's answer is to be read when nobody found out. */
static void say_unknown(const struct shell *sh, struct err *err)
{
	const struct probes *f = &sh->session.probes;
	char text[ERR_TEXT] = "";
	size_t n = 0;

	bool filtered = is_filtered(f);

	if (sh->interactive) {
		err_why(err, "not known%s; why shows what was looked at", filtered ? FILTER : "");
		return;
	}
	for (int i = 0; i < f->n; i++) {
		static const char *const brief[] = {"Uid", "CapEff", "NoNewPrivs", "Seccomp",
						    "namespaces of its own"};
		bool told = i < f->probed;

		for (size_t j = 0; j < sizeof(brief) / sizeof(brief[0]); j++)
			told |= !strcmp(f->list[i].name, brief[j]);
		if (told && n < sizeof(text))
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s %s %s", n ? "," : ":",
					      f->list[i].name, f->list[i].value);
	}
	err_why(err, "not known%s; of the box%s", filtered ? FILTER : "", text);
}

static bool is_unknown(const struct step *step, const struct err *err)
{
	return step && step->op && !err->why[0] && err->errnum &&
	       (err->kind == ERR_KERNEL || err->kind == ERR_EXEC);
}

/* The journal, but for the programs that were run: what built the box. */
static char *rebuild(const struct shell *sh)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return NULL;
	for (size_t i = 0; !sh->journal.ended && i < sh->journal.n; i++)
		if (strncmp(sh->journal.lines[i].text, "run ", 4) != 0)
			fprintf(f, "%s\n", sh->journal.lines[i].text);
	fclose(f);
	return text;
}

/* On one line, where that fits; what goes to sh(1) takes the rest of its line. */
static void show_lines(struct err *err, const char *lines)
{
	size_t n = strlen(lines), at = 0;

	if (n * 2 > sizeof(err->fix) || strchr(lines, '!'))
		return;
	while (n && lines[n - 1] == '\n')
		n--;
	for (size_t i = 0; i < n; i++) {
		err->fix[at++] = lines[i] == '\n' ? ';' : lines[i];
		if (lines[i] == '\n')
			err->fix[at++] = ' ';
	}
	err->fix[at] = '\0';
	if (err->remedy == REMEDY_WORDS)
		err->remedy = REMEDY_INSTEAD;
}

static char *lines_of(const struct shell *sh, const struct step *step, struct err *err)
{
	auto_free char *line = step ? step_text(step) : NULL;
	char *lines = NULL;

	if (err->kind == ERR_BOX && sh->interactive && sh->journal.n && !sh->journal.ended) {
		lines = rebuild(sh);
		if (lines && *lines)
			show_lines(err, lines);
		return lines;
	}
	if (err->remedy == REMEDY_WORDS)
		return NULL;
	if (err->remedy == REMEDY_INSTEAD || !line)
		return strdup(err->fix);
	if (asprintf(&lines, "%s\n%s", err->fix, line) < 0)
		return NULL;
	if (strlen(line) <= SHOWN)
		show_lines(err, lines);
	return lines;
}

/* What these say of themselves is not what they are asked for next. */
static bool is_question(const struct step *step)
{
	return step && step->command &&
	       (!strcmp(step->command->name, "why") || !strcmp(step->command->name, "fix"));
}

void failure_complete(struct shell *sh, const struct step *step, struct err *err)
{
	if (is_question(step))
		return;
	free(sh->failure.lines);
	sh->failure.unknown = is_unknown(step, err);
	if (sh->failure.unknown)
		say_unknown(sh, err);
	sh->failure.lines = lines_of(sh, step, err);
}

void failure_keep(struct shell *sh, const struct step *step, const struct problem *p)
{
	struct failure *f = &sh->failure;

	if (is_question(step))
		return;
	free(f->line);
	free(f->file);
	f->line = step ? step_text(step) : NULL;
	f->file = p->place.file ? strdup(p->place.file) : NULL;
	f->place_line = p->place.line;
	f->op = step ? step->op : NULL;
	f->any = true;
	f->used = false;
	f->err = p->err;
	/* What an earlier op's diagnosis looked at says nothing about anything else. */
	f->probes = step && step->op ? sh->session.probes : (struct probes){0};
}

void failure_keep_text(struct shell *sh, const char *text, const struct problem *p)
{
	struct problem copy = *p;

	failure_complete(sh, NULL, &copy.err);
	failure_keep(sh, NULL, &copy);
	sh->failure.line = strdup(text);
}

void failure_release(struct failure *f)
{
	free(f->line);
	free(f->lines);
	free(f->file);
}
