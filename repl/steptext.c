/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Steps written as the lexer reads them: to be saved, shown, taken again.
 */
#include "repl/steptext.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/text/quote.h"

char *step_text(const struct step *step)
{
	char *line = NULL, *word;
	size_t size = 0;
	FILE *f = open_memstream(&line, &size);

	if (!f)
		return NULL;
	if (step->host)
		fprintf(f, "!%s", step->host);
	else
		fprintf(f, "%s%s", step->argv[0], step->insist ? " --host" : "");
	for (int i = 1; i < step->argc; i++) {
		size_t room = strlen(step->argv[i]) * 4 + 8;

		word = malloc(room);
		fprintf(f, " %s", word ? quote_word(word, room, step->argv[i]) : "");
		free(word);
	}
	fclose(f);
	return line;
}
