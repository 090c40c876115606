/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command line. Options end at the script: what follows is its own.
 */
#include "repl/options.h"

#include <getopt.h>
#include <stdio.h>

#define VERSION "0.1.0"

static const char usage[] =
	"usage: ctrsh [OPTION...] [FILE.ctr [ARG...]]\n"
	"       ctrsh [OPTION...] -c 'LINE; LINE' [ARG...]\n"
	"\n"
	"A shell in which a Linux container is built by hand, one system call at a time.\n"
	"Without FILE: a prompt, or, when standard input is no terminal, a script from it.\n"
	"\n"
	"  -c LINES     take the steps in LINES\n"
	"  -n           check words and order, explain each line; nothing is touched\n"
	"  -x           trace: show each system call (at a prompt it is on)\n"
	"  --step       wait for Enter before each step of a script\n"
	"  -q           quiet: no remarks, only errors\n"
	"  --leaks      at the end compare the host with the start; 1 if something is left\n"
	"  --no-color   no colour (nor with NO_COLOR set, nor off a terminal)\n"
	"  --version    print the version\n"
	"  --help       print this\n"
	"\n"
	"Exit status: the program's after exec, else 0; 1 the kernel refused; 2 usage, parse or\n"
	"order; 126 cannot be executed, 127 not found; 128+N killed by signal N.\n";

enum { OPT_STEP = 256, OPT_LEAKS, OPT_NO_COLOR, OPT_VERSION, OPT_HELP };

/* clang-format off */
static const struct option longs[] = {
	{"step", no_argument, NULL, OPT_STEP},
	{"leaks", no_argument, NULL, OPT_LEAKS},
	{"no-color", no_argument, NULL, OPT_NO_COLOR},
	{"version", no_argument, NULL, OPT_VERSION},
	{"help", no_argument, NULL, OPT_HELP},
	{NULL, 0, NULL, 0},
};
/* clang-format on */

static int flag(struct options *o, int c)
{
	switch (c) {
	case 'c':
		o->lines = optarg;
		return -1;
	case 'n':
		o->check = true;
		return -1;
	case 'x':
		o->trace = true;
		return -1;
	case 'q':
		o->quiet = true;
		return -1;
	case OPT_STEP:
		o->step = true;
		return -1;
	case OPT_LEAKS:
		o->leaks = true;
		return -1;
	case OPT_NO_COLOR:
		o->no_color = true;
		return -1;
	case OPT_VERSION:
		puts("ctrsh " VERSION);
		return 0;
	case OPT_HELP:
		fputs(usage, stdout);
		return 0;
	default:
		fputs("  do: ctrsh --help lists the options\n", stderr);
		return 2;
	}
}

int options_parse(struct options *o, int argc, char **argv)
{
	int c, r;

	while ((c = getopt_long(argc, argv, "+c:nxq", longs, NULL)) != -1) {
		r = flag(o, c);
		if (r >= 0)
			return r;
	}
	if (!o->lines && optind < argc)
		o->file = argv[optind++];
	o->args = argv + optind;
	o->n_args = argc - optind;
	return -1;
}
