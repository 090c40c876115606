/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The journal: the steps that succeeded on the box, each as a line that does
 * the same again. When a box ends, its lines are kept until the next one has
 * some, so that a container can be saved after its exec.
 */
#ifndef CTRSH_REPL_JOURNAL_H
#define CTRSH_REPL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "script.h"

struct journal {
	char **lines;
	size_t n;
	bool ended; /* the lines are those of a box that is gone */
};

void journal_add(struct journal *j, const struct step *step);
void journal_end(struct journal *j);
void journal_release(struct journal *j);

/* A new file with the lines; - is standard output. An existing one is replaced
 * only if force, and only if it is a regular file. */
int journal_save(const struct journal *j, const char *path, bool force, struct err *err);

#endif
