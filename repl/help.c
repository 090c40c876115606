/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Help, all of it from the tables of ops and commands.
 */
#include "help.h"

#include <stdio.h>
#include <string.h>

#include "../ops/ns.h"
#include "../ops/table.h"
#include "command.h"
#include "names.h"

void help_all(void)
{
	puts("Ops, in the order in which a container is built:");
	for (const struct op *const *op = op_table; *op; op++)
		printf("  %-46s %s\n", (*op)->usage, (*op)->summary);
	puts("\nThe shell's own:");
	for (const struct command *const *c = command_table; *c; c++)
		printf("  %-46s %s\n", (*c)->usage, (*c)->summary);
	printf("  %-46s %s\n", "!COMMAND", "run a command on the host");
	printf("  %-46s %s\n", "-OP ...", "go on should it fail");
	puts("\nhelp OP tells more. A name may be shortened at the prompt; Tab completes.");
}

static void print(const char *usage, const char *summary, const char *detail)
{
	printf("%s\n  %s\n\n%s\n", usage, summary, detail);
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
			printf("  %-46s %s\n", (*op)->usage, (*op)->summary);
	printf("\nhelp %s WORD tells more of one.\n", family);
	if (plain)
		printf("\n%s\n\n%s\n", plain->usage, plain->detail);
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
