/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_REPL_READFILE_H
#define CTRSH_REPL_READFILE_H

#include <stddef.h>

#include "ops/err.h"

/* The whole of fd in memory, the caller's to free, with a NUL behind it that
 * is not counted. NULL and *err: not to be read, or over 16 MiB. */
char *read_whole(int fd, const char *name, size_t *len, struct err *err);

#endif
