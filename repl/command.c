/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every word of the shell's own. To add one: write its file, name it here.
 */
#include "repl/command.h"

#include <string.h>

#define COMMANDS(X)                                                                                \
	X(help)                                                                                    \
	X(history)                                                                                 \
	X(save)                                                                                    \
	X(status)                                                                                  \
	X(attach)                                                                                  \
	X(detach)                                                                                  \
	X(tree)                                                                                    \
	X(doctor)                                                                                  \
	X(leaks)                                                                                   \
	X(peek)                                                                                    \
	X(audit)                                                                                   \
	X(explain)                                                                                 \
	X(undo)                                                                                    \
	X(redo)                                                                                    \
	X(reset)                                                                                   \
	X(set)                                                                                     \
	X(include)                                                                                 \
	X(why)                                                                                     \
	X(fix)                                                                                     \
	X(quit)

#define DECLARE(name) extern const struct command command_##name;
#define ENTRY(name)   &command_##name,
COMMANDS(DECLARE)
const struct command *const command_table[] = {COMMANDS(ENTRY) NULL};

const struct command *command_find(const char *name)
{
	for (const struct command *const *c = command_table; *c; c++)
		if (!strcmp((*c)->name, name))
			return *c;
	return NULL;
}
