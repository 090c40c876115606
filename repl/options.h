/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_REPL_OPTIONS_H
#define CTRSH_REPL_OPTIONS_H

#include <stdbool.h>

struct options {
	const char *lines; /* -c */
	const char *file;  /* NULL: a prompt, or a script on standard input */
	char **args;       /* n_args of them */
	int n_args;
	bool check, trace, step, quiet, no_color, leaks;
};

/* -1: go on; otherwise the exit status: help or version was printed, or the
 * words were wrong. */
int options_parse(struct options *o, int argc, char **argv);

#endif
