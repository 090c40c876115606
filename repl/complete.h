/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Completion, without readline: what could the word at the cursor be?
 */
#ifndef CTRSH_REPL_COMPLETE_H
#define CTRSH_REPL_COMPLETE_H

#include "repl/shell.h"

enum completion {
	COMPLETE_NOTHING,
	COMPLETE_WORDS,      /* the candidates are whole words */
	COMPLETE_FILES,      /* they are names in the box; a directory ends in / */
	COMPLETE_HOST_FILES, /* it is a file of the host: not our business */
};

/* before: the line up to the word; text: the word so far. The candidates are
 * then fetched with complete_take: NULL-terminated, list and strings the
 * caller's to free. */
enum completion complete_prepare(const struct shell *sh, const char *before, const char *text);
char **complete_take(void);

/* Is there one candidate, and does it go on (a directory, or NAME=)? */
bool complete_is_directory(void);

/* For the files: adds those names in the box's directory of text that begin
 * like it. only: directories, programs, or all. */
void complete_in_box(const struct shell *sh, const char *text, enum arg_kind only);

/* Can a name be put into a line, between either kind of quotes, and stay one
 * word? Others are not offered: a name in a foreign root must not become a
 * line that does something. */
bool complete_is_harmless(const char *name);

/* Adds a candidate if it begins with text, and is harmless. */
void complete_add(const char *candidate, const char *text);

/* Adds the box's network devices (ARG_DEVICE), the host's (ARG_HOST_DEVICE), or of those the
 * bridges (ARG_BRIDGE). */
void complete_device(const struct shell *sh, const char *text, enum arg_kind kind);

#endif
