/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of "mount overlay DIR lower=… upper=… work=… [OPTIONS]".
 */
#ifndef CTRSH_OPS_FILES_OVERLAY_H
#define CTRSH_OPS_FILES_OVERLAY_H

#include <stdbool.h>

struct overlay_words {
	const char *dir, *lower, *upper, *work, *options; /* NULL: not there */
};

/* argv: the op's, NULL at the end. -1: a word stands twice; it is returned in *twice. */
int overlay_words(char **argv, struct overlay_words *w, const char **twice);

/* The next of the directories in lower=, without escapes; false: no more. */
bool overlay_next_lower(const char **rest, char *buf, unsigned size);

#endif
