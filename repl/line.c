/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * readline, through its callback interface: we wait ourselves (ppoll), so that
 * signals are ours to handle: ^C clears the line, a changed window redraws it.
 */
#include "repl/line.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "ops/box/signals.h"
#include "ops/box/warden.h"
#include "repl/columns.h"
#include "repl/complete.h"
#include "repl/prompt.h"
#include "repl/report.h"

#define HISTORY_LINES 2000

static struct shell *the_shell; /* readline's callbacks take no argument of ours */
static char *got;
static bool done, given_up;
static char history_path[4096];

static void on_line(char *line)
{
	got = line;
	done = true;
	rl_callback_handler_remove();
}

static char *next_candidate(const char *text, int state)
{
	static char **list;
	static int i;

	(void)text;
	if (!state) {
		list = complete_take();
		i = 0;
	}
	if (list && list[i])
		return list[i++];
	free(list);
	list = NULL;
	return NULL;
}

/* For names of the host, which readline finds by itself: [0] is what they have
 * in common, the candidates follow. */
static int drop_harmful(char **names)
{
	int n = 1;

	for (int i = 1; names[i]; i++) {
		if (complete_is_harmless(names[i]))
			names[n++] = names[i];
		else
			free(names[i]);
	}
	names[n] = NULL;
	if (n == 1 || !complete_is_harmless(names[0]))
		names[0][0] = '\0';
	return 0;
}

static char **host_files(const char *text)
{
	char **names = rl_completion_matches(text, rl_filename_completion_function);

	if (names && !names[1] && !complete_is_harmless(names[0])) {
		free(names[0]);
		free(names);
		return NULL;
	}
	if (names && names[1])
		drop_harmful(names);
	return names;
}

static char **complete(const char *text, int start, int end)
{
	char *before = strndup(rl_line_buffer, (size_t)start);
	enum completion what = COMPLETE_NOTHING;

	(void)end;
	rl_attempted_completion_over = 1;
	if (before)
		what = complete_prepare(the_shell, before, text);
	free(before);
	if (what == COMPLETE_HOST_FILES) {
		rl_filename_completion_desired = 1;
		rl_variable_bind("mark-directories", "on");
		return host_files(text);
	}
	rl_completion_suppress_append = complete_is_directory();
	rl_filename_completion_desired = what == COMPLETE_FILES;
	/* Ours end in / already; readline would look on the host. */
	rl_variable_bind("mark-directories", what == COMPLETE_FILES ? "off" : "on");
	return rl_completion_matches(text, next_candidate);
}

static void make_directories(char *path)
{
	for (char *p = path + 1; (p = strchr(p, '/')) != NULL; p++) {
		*p = '\0';
		mkdir(path, 0700);
		*p = '/';
	}
}

static void load_history(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	int fd;

	if (state && state[0] == '/')
		snprintf(history_path, sizeof(history_path), "%s/ctrsh/history", state);
	else if (home && home[0] == '/')
		snprintf(history_path, sizeof(history_path), "%s/.local/state/ctrsh/history", home);
	else
		return;
	make_directories(history_path);
	fd = open(history_path, O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0600);
	if (fd < 0) {
		history_path[0] = '\0';
		return;
	}
	close(fd);
	stifle_history(HISTORY_LINES);
	read_history(history_path);
}

static void remember(const char *line)
{
	HIST_ENTRY *last = history_length ? history_get(history_base + history_length - 1) : NULL;

	if (!line[strspn(line, " \t")] || (last && !strcmp(last->line, line)))
		return;
	add_history(line);
	if (history_path[0])
		append_history(1, history_path);
}

void line_start(struct shell *sh)
{
	struct termios mode;

	the_shell = sh;
	signal(SIGTSTP, SIG_IGN); /* as in any interactive shell */
	signal(SIGQUIT, SIG_IGN);
	if (tcgetattr(0, &mode) == 0)
		warden_guard_terminal(&sh->session, &mode);
	columns_set_locale(); /* as wide as the prompt is */
	rl_readline_name = "ctrsh";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	rl_change_environment = 0; /* LINES and COLUMNS would be the box's, and stay as they are */
	rl_attempted_completion_function = complete;
	rl_completer_word_break_characters = " \t\n;";
	rl_completer_quote_characters = "'\"";
	rl_filename_quote_characters = " \t\n\\\"'$;#|&<>";
	rl_variable_bind("enable-bracketed-paste", "off");
	using_history();
	load_history();
}

/* ^C: the line is given up, with what was changed in the history for it. */
static void give_up_line(void)
{
	signals_forget();
	given_up = true;
	rl_free_line_state();
	rl_callback_sigcleanup();
	rl_callback_handler_remove();
	fputs("^C\n", rl_outstream);
	using_history();
}

static void wait_for_key(void)
{
	struct pollfd p = {.fd = 0, .events = POLLIN};

	if (signals_poll(&p, 1) > 0) {
		rl_callback_read_char();
		return;
	}
	if (signals_ending() == SIGINT)
		give_up_line();
	else if (!signals_ending())
		rl_resize_terminal();
}

/* NULL: given up, or the end of input. */
static char *read_one(const char *prompt)
{
	done = given_up = false;
	got = NULL;
	if (signals_ending() ==
	    SIGINT) /* while the prompt was made: meant for nothing that follows */
		signals_forget();
	rl_callback_handler_install(prompt, on_line);
	while (!done && !given_up && (!signals_ending() || signals_ending() == SIGINT))
		wait_for_key();
	if (!done && !given_up)
		rl_callback_handler_remove();
	if (!got && !given_up)
		fputc('\n', rl_outstream);
	return got;
}

static bool is_continued(const char *line)
{
	size_t n = strlen(line), slashes = 0;

	while (slashes < n && line[n - 1 - slashes] == '\\')
		slashes++;
	return slashes % 2 == 1;
}

/* ^D where a line goes on: it is given up, and the next one may be whole. */
static void drop_unfinished(const struct shell *sh)
{
	given_up = true;
	report_note(sh, "^D: the line was not finished, and is dropped");
}

/* The line with those that continue it; NULL: given up, or the end of input. */
static char *read_continued(const struct shell *sh, char *line)
{
	char *more, *both;

	while (line && is_continued(line)) {
		more = read_one("> ");
		if (!more && !given_up && !signals_ending())
			drop_unfinished(sh);
		both = more ? malloc(strlen(line) + strlen(more) + 2) : NULL;
		if (both)
			sprintf(both, "%s\n%s", line, more);
		if (more)
			remember(more);
		free(line);
		free(more);
		line = both;
	}
	return line;
}

char *line_read(struct shell *sh)
{
	char prompt[512], *line;

	do {
		prompt_build(sh, prompt, sizeof(prompt));
		line = read_one(prompt);
		if (line)
			remember(line);
		line = read_continued(sh, line);
	} while (!line && given_up);
	return line;
}

void line_print_history(void)
{
	HIST_ENTRY **list = history_list();

	for (int i = 0; list && list[i]; i++)
		printf("%5d  %s\n", i + history_base, list[i]->line);
}

void line_end(void)
{
	if (history_path[0])
		history_truncate_file(history_path, HISTORY_LINES);
}
