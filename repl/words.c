/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The shell's own words that look at nothing: help, files, the end.
 */
#include "repl/command.h"

#include <stdio.h>
#include <string.h>

#include "repl/help.h"
#include "repl/line.h"
#include "repl/loop.h"
#include "repl/report.h"
#include "repl/shell.h"
#include "repl/visible.h"

static int do_help(struct shell *sh, int argc, char **argv, struct err *err)
{
	(void)sh;
	if (argc > 1)
		return help_one(argc - 1, argv + 1, err);
	help_all();
	return 0;
}

static int do_history(struct shell *sh, int argc, char **argv, struct err *err)
{
	(void)argc;
	(void)argv;
	if (!sh->interactive)
		return err_usage(err, "history: there is one only at a prompt");
	line_print_history();
	return 0;
}

static int do_save(struct shell *sh, int argc, char **argv, struct err *err)
{
	bool force = op_first(argc, argv) > 1;

	if (journal_save(&sh->journal, argv[argc - 1], force, err) < 0)
		return -1;
	if (strcmp(argv[argc - 1], "-") != 0)
		report_note(sh, "%zu line%s in %s", sh->journal.n, sh->journal.n == 1 ? "" : "s",
			    argv[argc - 1]);
	return 0;
}

static int do_reset(struct shell *sh, int argc, char **argv, struct err *err)
{
	(void)argc;
	(void)argv;
	(void)err;
	loop_reset(sh);
	if (sh->interactive)
		report_note(sh, "this is a fresh box");
	return 0;
}

static int do_quit(struct shell *sh, int argc, char **argv, struct err *err)
{
	(void)argc;
	(void)argv;
	(void)err;
	sh->quit = true;
	return 0;
}

bool set_is_switch(const char *name)
{
	return !strcmp(name, "trace") || !strcmp(name, "verbose");
}

static int check_set(int argc, char **argv, struct err *err)
{
	if (argc == 2 && strcmp(argv[1], "verbose") != 0)
		return err_usage(err, "set: takes NAME VALUE, or nothing");
	if (argc == 3 && set_is_switch(argv[1]) && strcmp(argv[2], "on") != 0 &&
	    strcmp(argv[2], "off") != 0)
		return err_usage(err, "set: %s is on or off, not \"%.100s\"", argv[1], argv[2]);
	return 0;
}

/* What is left of set when the text was read: to show all, and the trace. */
static int do_set(struct shell *sh, int argc, char **argv, struct err *err)
{
	(void)err;
	if (argc > 1) {
		*(strcmp(argv[1], "trace") ? &sh->verbose : &sh->session.trace.on) =
			argc == 2 || !strcmp(argv[2], "on");
		return 0;
	}
	printf("trace %s\nverbose %s\n", sh->session.trace.on ? "on" : "off",
	       sh->verbose ? "on" : "off");
	for (int i = 0; i < sh->vars.n; i++) {
		printf("%s ", sh->vars.names[i]);
		visible_put(stdout, sh->vars.values[i]);
		putchar('\n');
	}
	return 0;
}

static const char *const set_words[] = {"trace", "verbose", NULL};
static const char *const switch_words[] = {"on", "off", NULL};
static const char *const save_options[] = {"--force", NULL};

const struct command command_help = {
	.name = "help",
	.usage = "help [OP]",
	.summary = "all ops, or one in full",
	.detail =
		"With the name of an op: its arguments, what the kernel does, the man "
		"page.",
	.argmax = 2,
	.arg = {ARG_OP, NULL},
	.run = do_help,
};

const struct command command_history = {
	.name = "history",
	.usage = "history",
	.summary = "the lines typed so far",
	.detail = "Kept in $XDG_STATE_HOME/ctrsh/history, else ~/.local/state/ctrsh/history.",
	.run = do_history,
};

const struct command command_save = {
	.name = "save",
	.usage = "save [--force] FILE",
	.summary = "write what was done as a script",
	.detail =
		"The ops that succeeded on this box, or, right after it ended, on the "
		"last,\n"
		"with variables replaced by their values. An existing FILE is kept,\n"
		"unless --force is given; - is standard output.",
	.argmin = 1,
	.argmax = 1,
	.options = save_options,
	.arg = {ARG_HOST_FILE, NULL},
	.run = do_save,
};

const struct command command_reset = {
	.name = "reset",
	.usage = "reset",
	.summary = "end the box and start afresh",
	.detail = "Everything in the box is killed, and its control group removed.",
	.run = do_reset,
};

const struct command command_set = {
	.name = "set",
	.usage = "set [NAME VALUE]",
	.summary = "define a variable; set trace or verbose on|off; or show all",
	.detail =
		"$NAME or ${NAME} in a later line is replaced by VALUE. A variable that "
		"is\n"
		"not defined here is looked up in the environment. set trace on shows each\n"
		"system call and, in two lines at most, what the step changed; set verbose\n"
		"shows all that it changed.",
	.argmax = 2,
	.arg = {ARG_WORD, set_words},
	.second = {ARG_WORD, switch_words},
	.check = check_set,
	.run = do_set,
};

const struct command command_include = {
	.name = "include",
	.usage = "include FILE",
	.summary = "read lines from a file",
	.detail =
		"As if its lines stood here. A relative name starts at the directory of "
		"the\n"
		"file that includes it; at a prompt, at ours.",
	.argmin = 1,
	.argmax = 1,
	.arg = {ARG_HOST_FILE, NULL},
};

const struct command command_quit = {
	.name = "quit",
	.usage = "quit",
	.summary = "end the box and leave (also ^D)",
	.detail = "Everything in the box is killed, and its control group removed.",
	.run = do_quit,
};
