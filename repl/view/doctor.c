/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doctor. Where libsmartcols itself is what is missing, plain lines do.
 */
#include "repl/view/doctor.h"

#include <stdio.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/doctor/finding.h"
#include "ops/namespaces/ns.h"
#include "repl/command.h"
#include "repl/report.h"
#include "repl/view/page.h"
#include "repl/view/shipped.h"
#include "repl/view/words.h"

#define FINDINGS 32

static const char *sign(enum finding_state state)
{
	static const char *const signs[] = {"ok", "! limited", "X missing", "? unknown"};

	return signs[state];
}

static void look(const struct machine *m, struct finding *all)
{
	for (int i = 0; finding_checks[i]; i++)
		finding_look(finding_checks[i], m, &all[i]);
}

/* In text the two go below what was found; in JSON they have columns. */
static void put_below(struct page *page, size_t room, const char *word, const char *text)
{
	char line[512];

	if (!*text)
		return;
	snprintf(line, sizeof(line), "%s: %s", word, text);
	page_row(page, NULL);
	page_cell(page, NULL);
	page_cell(page, NULL);
	words_put(page, 2, room, line);
}

static void put_finding_json(struct page *page, const char *name, const struct finding *f)
{
	page_row(page, NULL);
	page_cell(page, "%s", finding_state_name(f->state));
	page_cell(page, "%s", name);
	page_cell(page, "%s", f->found);
	page_cell(page, f->means[0] ? "%s" : NULL, f->means);
	page_cell(page, f->fix[0] ? "%s" : NULL, f->fix);
}

static void put_finding(struct page *page, const char *title, size_t room, const struct finding *f)
{
	page_row(page, NULL);
	page_cell(page, "%s", sign(f->state));
	page_cell(page, "%s", title);
	if (f->state != FOUND_OK)
		page_mark(page);
	words_put(page, 2, room, f->found);
	put_below(page, room, "means", f->means);
	put_below(page, room, "fix", f->fix);
}

static void put_findings(struct page *page, const struct finding *all)
{
	static const struct column columns[] = {
		{"state", "state", 0}, {"check", "check", 0}, {"found", "found", COLUMN_WRAP},
		{"means", NULL, 0},    {"fix", NULL, 0},      {NULL, NULL, 0},
	};
	size_t longest = 0;

	for (int i = 0; finding_checks[i]; i++)
		if (strlen(finding_checks[i]->title) > longest)
			longest = strlen(finding_checks[i]->title);
	page_table(page, "checks", NULL, columns);
	for (int i = 0; finding_checks[i]; i++)
		if (page_is_json(page))
			put_finding_json(page, finding_checks[i]->name, &all[i]);
		else
			put_finding(page, finding_checks[i]->title,
				    words_room(strlen("X missing") + longest + 2), &all[i]);
}

static const char *short_name(const char *path)
{
	const char *at = strstr(path, "/scripts/");

	return at ? at + strlen("/scripts/") : path;
}

static void put_script_json(struct page *page, const struct shipped *s)
{
	static const char *const names[] = {"yes", "partly", "no"};

	page_row(page, NULL);
	page_cell(page, "%s", names[s->state]);
	page_cell(page, "%s", short_name(s->path));
	page_cell(page, "%s", s->path);
	page_cell(page, s->line ? "%d" : NULL, s->line);
	page_cell(page, s->op[0] ? "%s" : NULL, s->op);
	page_cell(page, s->why[0] ? "%s" : NULL, s->why);
}

static void put_script(struct page *page, size_t room, const struct shipped *s)
{
	static const char *const words[] = {"ok", "! in part", "X fails"};
	char why[600] = "";

	if (s->line)
		snprintf(why, sizeof(why), "line %d, %s: %s", s->line, s->op, s->why);
	page_row(page, NULL);
	page_cell(page, "%s", words[s->state]);
	page_cell(page, "%s", short_name(s->path));
	if (s->state != SHIPPED_WORKS)
		page_mark(page);
	/* Hidden in text: path, line, op. */
	for (int i = 0; i < 3; i++)
		page_cell(page, NULL);
	words_put(page, 5, room, why[0] ? why : s->why);
}

static void put_scripts(struct page *page, const struct machine *m, const struct shipped *list,
			int n)
{
	static const struct column columns[] = {
		{"works", "state", 0}, {"script", "script", 0},
		{"path", NULL, 0},     {"line", NULL, COLUMN_NUMBER},
		{"op", NULL, 0},       {"why", "why not", COLUMN_WRAP},
		{NULL, NULL, 0},
	};
	size_t longest = strlen("script");

	for (int i = 0; i < n; i++)
		if (strlen(short_name(list[i].path)) > longest)
			longest = strlen(short_name(list[i].path));
	if (!n)
		page_note(page,
			  m->no_proc ? "where the scripts of ctrsh are is not known without /proc"
				     : "no scripts of ctrsh are beside the program or in "
				       "share/ctrsh");
	if (!n && !page_is_json(page))
		return;
	page_table(page, "scripts", "scripts", columns);
	for (int i = 0; i < n; i++)
		if (page_is_json(page))
			put_script_json(page, &list[i]);
		else
			put_script(page, words_room(strlen("! in part") + longest + 2), &list[i]);
}

/* Without the library of tables. */
static void put_plain(const struct finding *all, const struct shipped *list, int n)
{
	for (int i = 0; finding_checks[i]; i++) {
		printf("%s  %s: %s\n", sign(all[i].state), finding_checks[i]->title, all[i].found);
		if (all[i].means[0])
			printf("  means: %s\n", all[i].means);
		if (all[i].fix[0])
			printf("  fix: %s\n", all[i].fix);
	}
	for (int i = 0; i < n; i++)
		if (list[i].line)
			printf("%s: line %d, %s: %s\n", short_name(list[i].path), list[i].line,
			       list[i].op, list[i].why);
		else
			printf("%s: ok\n", short_name(list[i].path));
	report_flush(0);
}

/* The usual box cannot be made at all: that is a status of 1. */
static int verdict(const struct machine *m, const struct finding *all, struct err *err)
{
	bool user;
	const struct tried *way = machine_way(m, &user);
	int i = 0;

	if (m->no_proc) {
		err_kernel(err, 0, "what this machine allows is not known without /proc");
		err_first(err,
			  m->uid ? "!sudo mount -t proc proc /proc" : "!mount -t proc proc /proc");
		return -1;
	}
	if (!tried_lacks(way, CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS))
		return 0;
	while (strcmp(finding_checks[i]->name, "namespaces") != 0)
		i++;
	err_kernel(err, 0, "user %u can make no box with uts, pid and mnt here", (unsigned)m->uid);
	if (all[i].means[0])
		err_why(err, "%s", all[i].means);
	if (all[i].fix[0])
		err_fix(err, "%s", all[i].fix);
	return -1;
}

static int do_doctor(struct shell *sh, int argc, char **argv, struct err *err)
{
	bool json = op_first(argc, argv) > 1;
	struct finding all[FINDINGS];
	auto_free struct shipped *list = NULL;
	struct err no_library = {0};
	struct page *page;
	struct machine m;
	int n;

	(void)sh;
	machine_look(&m);
	look(&m, all);
	n = shipped_look(&m, &list);
	page = page_new(json, &no_library);
	if (page) {
		put_findings(page, all);
		put_scripts(page, &m, list, n);
		page_print(page);
	} else if (json) {
		*err = no_library;
		return -1;
	} else {
		put_plain(all, list, n);
	}
	return verdict(&m, all, err);
}

void doctor_greet(struct shell *sh)
{
	struct finding all[FINDINGS];
	struct machine m;
	char line[400] = "";

	if (sh->quiet)
		return;
	machine_look(&m);
	look(&m, all);
	for (int i = 0; finding_checks[i]; i++)
		if (all[i].brief[0])
			finding_add(line, sizeof(line), "; ", "%s", all[i].brief);
	if (line[0])
		report_note(sh, "doctor: %s. Type doctor", line);
}

static const char *const options[] = {"--json", NULL};

const struct command command_doctor = {
	.name = "doctor",
	.usage = "doctor [--json]",
	.summary = "what this machine allows you, and which scripts will not work",
	.detail =
		"Each line was looked at or tried just now, in a child that is thrown away. Fails\n"
		"if no box with uts, pid and mnt can be made at all.",
	.options = options,
	.arg = {ARG_WORD, NULL, NULL},
	.run = do_doctor,
};
