/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_REPL_PROMPT_H
#define CTRSH_REPL_PROMPT_H

#include "repl/shell.h"

/* What the box is, in a line: "host> " while it shares everything with the
 * host, else its hostname and the namespaces it has of its own. */
void prompt_build(struct shell *sh, char *buf, size_t size);

#endif
