/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The label stands in a margin of its own.
 */
#include "repl/paragraph.h"

#include <stdio.h>
#include <string.h>

#include "repl/visible.h"
#include "repl/wrap.h"

#define LABEL 10

void paragraph_put(const char *label, const char *text)
{
	visible_put(stdout, label);
	printf(":%*s", strlen(label) + 1 < LABEL ? (int)(LABEL - strlen(label) - 1) : 1, "");
	wrap_put(stdout, wrap_columns(1, 40), LABEL, LABEL, text, " ");
	putchar('\n');
}
