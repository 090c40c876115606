/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words like ro,nosuid,size=1m, taken apart: what is a flag of mount(2), what
 * is for the file system, and what only mount(8) knows (refused). libmount has
 * no static archive and brings many libraries along, so it is opened at first
 * need; in the shell only, never in the box.
 */
#ifndef CTRSH_OPS_FILES_LIBMOUNT_H
#define CTRSH_OPS_FILES_LIBMOUNT_H

#include <stdint.h>

#include "ops/err.h"

#define MOUNT_DATA 4096 /* mount(2): one page, with its NUL */

struct mount_words {
	unsigned long set, clear; /* MS_* bits that the words set and clear */
	char data[MOUNT_DATA];    /* for the file system; empty: none */
};

/* text: comma-separated; NULL or empty: no words. name: the op's, for errors. */
int mount_words(const char *name, const char *text, struct mount_words *w, struct err *err);

/* As attributes of a single mount, for mount_setattr(2). -1: among the words are
 * flags of the file system as a whole (MS_SYNCHRONOUS, …); data does not count. */
struct mount_attributes {
	uint64_t set, clear;
};
int mount_attributes(const struct mount_words *w, struct mount_attributes *a);

/* From the text: attributes and nothing else, or it is an error of usage. */
int mount_only_attributes(const char *name, const char *options, struct mount_attributes *a,
			  struct err *err);

#endif
