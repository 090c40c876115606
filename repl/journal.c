/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The journal writes words as the lexer reads them, with variables replaced
 * by what they were: the file does exactly what was done.
 */
#include "repl/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/table.h"
#include "repl/steptext.h"

/* Forgets all but the first n. */
static void cut(struct journal *j, size_t n)
{
	while (j->total > n) {
		free(j->lines[--j->total].text);
		free(j->lines[j->total].host);
	}
}

static void clear(struct journal *j)
{
	cut(j, 0);
	j->n = 0;
	j->ended = false;
}

void journal_add(struct journal *j, const struct step *step)
{
	char *text = step_text(step);
	struct line *more;

	if (j->ended)
		clear(j);
	if (journal_repeats(step))
		cut(j, j->n);
	more = text ? realloc(j->lines, (j->total + 1) * sizeof(*more)) : NULL;
	if (!more) {
		free(text);
		return;
	}
	j->lines = more;
	memmove(more + j->n + 1, more + j->n, (j->total++ - j->n) * sizeof(*more));
	more[j->n++] = (struct line){.text = text};
}

bool journal_repeats(const struct step *step)
{
	return step->op != table_find("run");
}

void journal_host(struct journal *j, const char *command)
{
	struct line *last = j->n ? &j->lines[j->n - 1] : NULL;
	char *more = NULL;

	if (!last || asprintf(&more, "%s%s!%s", last->host ? last->host : "",
			      last->host ? "; " : "", command) < 0)
		return;
	free(last->host);
	last->host = more;
}

int journal_read(const struct journal *j, struct script *s, struct err *err)
{
	struct vars none = {0};
	struct problem p = {0};

	for (size_t i = 0; i < j->total; i++) {
		const char *text = j->lines[i].text;

		if (script_add_text(s, NULL, text, strlen(text), &none, &p) < 0) {
			*err = p.err;
			return -1;
		}
	}
	return s->n == j->total ? 0 : err_usage(err, "out of memory");
}

void journal_end(struct journal *j)
{
	j->ended = true;
}

void journal_release(struct journal *j)
{
	clear(j);
	free(j->lines);
	*j = (struct journal){0};
}

/* Whole or not at all: written beside, then moved into place. */
static int publish(const char *temporary, const char *path, const char *shown, bool force,
		   struct err *err)
{
	int r = force ? rename(temporary, path)
		      : renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE);
	int errnum = errno;

	if (r == 0)
		return 0;
	unlink(temporary);
	if (errnum != EEXIST)
		return err_kernel(err, errnum, "save %.200s", shown);
	err_usage(err, "save: %.200s is there already", shown);
	err_fix(err, "save --force %.200s", shown);
	return -1;
}

static void write_lines(const struct journal *j, FILE *f)
{
	fputs("#!/usr/bin/env ctrsh\n", f);
	for (size_t i = 0; i < j->n; i++)
		fprintf(f, "%s\n", j->lines[i].text);
}

/* A device, a pipe or a directory is not to be replaced; a link is followed. */
static int target(const char *path, char *real, struct err *err)
{
	struct stat st;

	snprintf(real, PATH_MAX, "%.*s", PATH_MAX - 16, path);
	if (stat(path, &st) < 0)
		return 0;
	if (!S_ISREG(st.st_mode)) {
		err_usage(err, "save: %.200s is no regular file", path);
		err_fix(err, "save - shows the lines");
		return -1;
	}
	return realpath(path, real) ? 0 : err_kernel(err, errno, "realpath(\"%.200s\")", path);
}

static int write_file(const struct journal *j, const char *path, const char *shown, bool force,
		      struct err *err)
{
	char temporary[PATH_MAX + 8];
	mode_t mask = umask(0);
	FILE *f;
	int fd;

	umask(mask);
	snprintf(temporary, sizeof(temporary), "%s.XXXXXX", path);
	fd = mkostemp(temporary, O_CLOEXEC);
	f = fd < 0 ? NULL : fdopen(fd, "w");
	if (!f)
		return err_kernel(err, errno, "save %.200s", path);
	write_lines(j, f);
	fchmod(fd, 0777 & ~mask);
	if (fclose(f) != 0) {
		err_kernel(err, errno, "save %.200s", path);
		unlink(temporary);
		return -1;
	}
	return publish(temporary, path, shown, force, err);
}

int journal_save(const struct journal *j, const char *path, bool force, struct err *err)
{
	char real[PATH_MAX];

	if (!j->n)
		return err_usage(err, "save: there is nothing to save, no op has succeeded yet");
	if (!strcmp(path, "-")) {
		write_lines(j, stdout);
		return 0;
	}
	if (target(path, real, err) < 0)
		return -1;
	return write_file(j, real, path, force, err);
}
