/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Help, all of it from the tables of ops and commands.
 */
#include "repl/help.h"

#include <stdio.h>
#include <string.h>

#include "ops/namespaces/ns.h"
#include "ops/table.h"
#include "repl/command.h"
#include "repl/names.h"
#include "repl/wrap.h"

#define USAGE     46  /* columns */
#define ELSEWHERE 100 /* columns of what is no terminal: a file, a pager */

static size_t width(void)
{
	size_t columns = wrap_columns(1, 60);

	return columns ? columns : ELSEWHERE;
}

/* Where there is no room beside, the summary stands below. */
static void put_usage(const char *usage, const char *summary)
{
	size_t end = width(), used = strlen(usage), at = 2 + USAGE + 1;

	printf("  ");
	wrap_put(stdout, end, 2, 6, usage, " |");
	if (used <= USAGE && end >= at + 30)
		printf("%*s", (int)(USAGE - used) + 1, "");
	else
		printf("\n%*s", (int)(at = 8), "");
	wrap_put(stdout, end, at, at, summary, " ");
	putchar('\n');
}

/* The lines as they are, but for those that are too long for the terminal. */
static void put_text(size_t at, const char *text)
{
	for (size_t n; *text; text += n + (text[n] == '\n')) {
		char line[1024]; /* our own texts */

		n = strcspn(text, "\n");
		snprintf(line, sizeof(line), "%.*s", (int)n, text);
		printf("%*s", (int)at, "");
		wrap_put(stdout, width(), at, at ? at : 2, line, " ");
		putchar('\n');
	}
}

static const char host_usage[] = "!COMMAND", host_summary[] = "run a command on the host";
static const char host_detail[] =
	"The rest of the line as it stands is for sh(1), outside the box. There $1, \"$@\" and so\n"
	"on are the script's arguments, what set defined are variables, and CTRSH_BOX is the PID\n"
	"of the box, once there is one. -!COMMAND goes on should it fail; run starts a program in\n"
	"the box.";

void help_all(void)
{
	puts("Ops, in the order in which a container is built:");
	for (const struct op *const *op = op_table; *op; op++)
		put_usage((*op)->usage, (*op)->summary);
	puts("\nThe shell's own:");
	for (const struct command *const *c = command_table; *c; c++)
		put_usage((*c)->usage, (*c)->summary);
	put_usage(host_usage, host_summary);
	put_usage("-OP ...", "go on should it fail");
	puts("\nhelp OP tells more. A name may be shortened at the prompt; Tab completes.");
}

static void print(const char *usage, const char *summary, const char *detail)
{
	put_text(0, usage);
	put_text(2, summary);
	putchar('\n');
	put_text(0, detail);
}

static int is_of(const char *name, const char *family)
{
	size_t n = strlen(family);

	return !strncmp(name, family, n) && (!name[n] || name[n] == ' ');
}

static void print_family(const char *family)
{
	const struct op *plain = table_find(family);

	printf("%s is one of\n\n", family);
	for (const struct op *const *op = op_table; *op; op++)
		if (is_of((*op)->name, family))
			put_usage((*op)->usage, (*op)->summary);
	printf("\nhelp %s WORD tells more of one.\n", family);
	if (plain)
		printf("\n%s\n\n", plain->usage), put_text(0, plain->detail);
}

static bool takes_namespaces(const struct op *op)
{
	for (int i = 0; i < OP_ARGS_MAX; i++)
		if (op->args[i].words && ns_find(op->args[i].words[0]))
			return true;
	return false;
}

int help_one(int argc, char *const *argv, struct err *err)
{
	struct words second;
	struct name found;

	if (argc == 1 && !strcmp(argv[0], "!")) {
		print(host_usage, host_summary, host_detail);
		return 0;
	}
	if (argc == 1 && names_family(argv[0], &second)) {
		print_family(second.family);
		return 0;
	}
	if (names_find(argc, argv, true, &found, err) < 0)
		return -1;
	if (found.command) {
		print(found.command->usage, found.command->summary, found.command->detail);
		return 0;
	}
	print(found.op->usage, found.op->summary, found.op->detail);
	if (takes_namespaces(found.op))
		for (const struct ns *ns = namespaces; ns->name; ns++)
			printf("  %-7s %-16s %s\n", ns->name, ns->flagname, ns->isolates);
	return 0;
}
