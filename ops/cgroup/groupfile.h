/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files in a control group's directory (cgroups(7)): read as they are,
 * written with or without a trace line.
 */
#ifndef CTRSH_OPS_CGROUP_GROUPFILE_H
#define CTRSH_OPS_CGROUP_GROUPFILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "ops/op.h"

/* Is word one of the words in list, separated by the characters in sep? */
bool groupfile_word_in(const char *list, const char *word, const char *sep);

/* The first line, "" if there is none. false: no such file, or not readable. */
bool groupfile_line(const char *dir, const char *file, char *buf, unsigned size);

/* Does its first line have this word, between blanks? */
bool groupfile_has(const char *dir, const char *file, const char *word);

/* The number in it, LONG_MAX for "max", -1: there is none. */
long groupfile_number(const char *dir, const char *file);

/* The number in its line "key number", -1: there is none. */
long groupfile_key(const char *dir, const char *file, const char *key);

bool groupfile_exists(const char *dir, const char *file);
bool groupfile_readable(const char *dir, const char *file); /* with our effective IDs */
bool groupfile_writable(const char *dir, const char *file); /* with our effective IDs */

/* Nobody has the right to write it: it only tells. */
bool groupfile_read_only(const char *dir, const char *file);

/* The processes in it; dir "" or unreadable: none. Returns how many of them fit. */
int groupfile_processes(const char *dir, pid_t *pids, int room);

/* One write(2), unseen; or traced, with its failure in c->err. */
bool groupfile_put(const char *dir, const char *file, const char *value);
int groupfile_write(struct call *c, const char *dir, const char *file, const char *value);

#endif
