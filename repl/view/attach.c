/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * attach and detach: whom status, peek and the others speak of. Without an
 * argument: who there is to look at, which are the boxes of other sessions and
 * processes in namespaces that are not ours.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/facts/nssets.h"
#include "ops/namespaces/ns.h"
#include "ops/text/number.h"
#include "repl/command.h"
#include "repl/report.h"
#include "repl/view/look.h"
#include "repl/view/page.h"

#define WORDS 64

/* Does /proc leave out the processes of others? (hidepid, proc(5)) */
static bool proc_hides(void)
{
	auto_fclose FILE *f = fopen("/proc/self/mountinfo", "re");
	auto_free char *line = NULL;
	size_t size = 0;

	while (f && getline(&line, &size, f) > 0)
		if (strstr(line, " /proc ") && strstr(line, "hidepid="))
			return true;
	return false;
}

/* One that is left out of /proc, or has nothing in it, can still be asked for with
 * signal 0. false: it's not that. */
static bool is_hidden(pid_t pid, struct err *err)
{
	if ((kill(pid, 0) < 0 && errno == ESRCH) || !proc_hides())
		return false;
	err_kernel(err, 0, "/proc does not show process %d, though there is one", (int)pid);
	err_why(err, "/proc is mounted with hidepid: processes of others are left out (proc(5))");
	err_fix(err, "run ctrsh with sudo");
	return true;
}

static int is_thread(const struct subject *s, struct err *err)
{
	auto_free char *leader = subject_status(s, "Tgid");

	if (!leader || atoi(leader) == s->pid)
		return 0;
	err_kernel(err, 0, "%d is a thread of process %s", (int)s->pid, leader);
	err_fix(err, "attach %s", leader);
	return -1;
}

static int is_alive(const struct subject *s, struct err *err)
{
	auto_free char *state = subject_status(s, "State");

	if (state && state[0] != 'Z' && state[0] != 'X')
		return 0;
	if (!state && is_hidden(s->pid, err))
		return -1;
	err_kernel(err, 0, "process %d has ended", (int)s->pid);
	if (state)
		err_why(err,
			"it is a zombie: its parent has not waited for it yet, and nothing is "
			"left of it but its exit status");
	return -1;
}

static void say(struct shell *sh)
{
	auto_free char *name = subject_status(&sh->attached, "Name");
	char link[64];

	report_note(sh, "looking at process %d, %s; nothing changes it; detach ends that",
		    (int)sh->attached.pid, name ? name : "?");
	if (!subject_link(&sh->attached, "ns/mnt", link, sizeof(link))) {
		struct err err = {0};

		look_why(&sh->attached, errno, &err);
		report_note(sh, "most of it can't be read: %s",
			    err.why[0] ? err.why : strerror(errno));
	}
}

static int attach_to(struct shell *sh, const char *word, struct err *err)
{
	auto_subject struct subject s = {.proc = -1};
	long pid = strtol(word, NULL, 10);

	if (subject_open(&s, (pid_t)pid, err) < 0) {
		is_hidden((pid_t)pid, err);
		return -1;
	}
	if (is_thread(&s, err) < 0 || is_alive(&s, err) < 0)
		return -1;
	look_at(sh, &s);
	if (sh->interactive)
		say(sh);
	return 0;
}

static const char *own_names(unsigned own, char *buf, size_t size)
{
	size_t n = 0;

	snprintf(buf, size, "none");
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (own & ns->flag)
			n += (size_t)snprintf(buf + n, size - n, "%s%s", n ? " " : "", ns->name);
	return buf;
}

static void put_sets(struct page *page, const struct nssets *sets, const struct proc *box)
{
	static const struct column columns[] = {{"pid", "PID", COLUMN_RIGHT | COLUMN_NUMBER},
						{"own", "own namespaces", 0},
						{"box", NULL, COLUMN_BOOLEAN},
						{"command", "what it is", COLUMN_TRUNC},
						{NULL, NULL, 0}};
	char names[96];

	page_table(page, "processes", NULL, columns);
	for (int i = 0; i < sets->n; i++) {
		const struct nsset *set = &sets->list[i];
		const char *box_is = set->first == box ? "this session's box"
				     : set->ctrsh      ? "a box of ctrsh"
						       : set->first->command;

		page_row(page, NULL);
		page_cell(page, "%d", (int)set->first->pid);
		page_cell(page, "%s", own_names(set->own, names, sizeof(names)));
		page_cell(page, "%d", set->ctrsh != 0);
		page_cell(page, "%s", box_is);
	}
}

static int list(const struct shell *sh, bool json, struct err *err)
{
	struct page *page = page_new(json, err);
	auto_procs struct procs procs;
	auto_nssets struct nssets sets;

	if (!page)
		return -1;
	procs_read(&procs);
	nssets_read(&sets, &procs, getpid(), sh->session.box.pid, 0);
	if (sets.n || json)
		put_sets(page, &sets, procs_ours(&procs, sh->session.box.pid));
	else
		page_note(page, "no process has namespaces that are not ours");
	if (sets.unreadable)
		page_note(page, "%d process%s can't be looked into (ptrace(2))", sets.unreadable,
			  sets.unreadable == 1 ? "" : "es");
	page_print(page);
	return 0;
}

static int do_attach(struct shell *sh, int argc, char **argv, struct err *err)
{
	int first = op_first(argc, argv);

	return first < argc ? attach_to(sh, argv[first], err) : list(sh, first > 1, err);
}

static int do_detach(struct shell *sh, int argc, char **argv, struct err *err)
{
	(void)argc;
	(void)argv;
	if (!sh->attached.pid)
		return err_order(err, "detach: nothing is attached");
	look_at(sh, NULL);
	return 0;
}

static int check(int argc, char **argv, struct err *err)
{
	int first = op_first(argc, argv);
	long pid;

	if (first < argc && !number_parse(argv[first], strlen(argv[first]), 1, 1L << 22, &pid)) {
		err_usage(err, "attach: \"%.100s\" is not a PID", argv[first]);
		err_fix(err, "attach without an argument lists who there is to look at");
		return -1;
	}
	if (first < argc && first > 1)
		return err_usage(err, "attach: --json is for the list, without a PID");
	return 0;
}

/* For completion: the PIDs of that list. */
static const char *const *find_pids(void)
{
	static char text[WORDS][16];
	static const char *words[WORDS + 1];
	auto_procs struct procs procs;
	auto_nssets struct nssets sets;
	int n = 0;

	procs_read(&procs);
	nssets_read(&sets, &procs, getpid(), 0, 0);
	for (; n < sets.n && n < WORDS; n++) {
		snprintf(text[n], sizeof(text[n]), "%d", (int)sets.list[n].first->pid);
		words[n] = text[n];
	}
	words[n] = NULL;
	return words;
}

static const char *const options[] = {"--json", NULL};

const struct command command_attach = {
	.name = "attach",
	.usage = "attach [PID]",
	.summary = "look at another box or process, and never change it",
	.detail =
		"status, peek, tree and audit then speak of that process: the box of another\n"
		"ctrsh, a container of any other tool, or anything else. Ops are refused until\n"
		"detach. Without PID it lists the boxes of other sessions, and the first process\n"
		"of each set of namespaces that are not ours. A plain user can look into\n"
		"processes of his own only. See proc(5).",
	.argmax = 1,
	.options = options,
	.arg = {ARG_WORD, NULL, find_pids},
	.check = check,
	.run = do_attach,
};

const struct command command_detach = {
	.name = "detach",
	.usage = "detach",
	.summary = "look at this session's own box again",
	.detail = "Ends what attach began.",
	.run = do_detach,
};
