/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Users and groups of the box: its own /etc/passwd and /etc/group (passwd(5),
 * group(5)), read in the box and parsed here. The C library's look-up (NSS)
 * would load what a foreign root calls its libraries.
 */
#ifndef CTRSH_OPS_PRIVILEGE_ACCOUNTS_H
#define CTRSH_OPS_PRIVILEGE_ACCOUNTS_H

#include <stdbool.h>
#include <sys/types.h>

#include "ops/err.h"

#define ACCOUNTS_GROUPS 4096 /* of one user; the kernel would take 65536 */

/* Digits alone, up to 4294967294: -1 means none to the kernel (credentials(7)).
 * A word of digits is always an ID, whatever a file calls by that name. */
bool account_is_id(const char *word, unsigned *id);

/* Can it be a name, or an ID? (for a check before anything is read) */
bool account_is_word(const char *word);

struct account {
	char name[256];
	uid_t uid;
	gid_t gid;
};

/* The entry of a name or user ID. 0; -1 and *err: there is none, or no such
 * file, or it is not to be read. */
int account_find(const char *word, struct account *a, struct err *err);

/* The ID of a group's name or of the ID itself. 0 or -1. */
int account_group(const char *word, gid_t *gid, struct err *err);

/* The groups that a user is put into at login, as initgroups(3): gid first,
 * then those of which name is a member. list has room for ACCOUNTS_GROUPS.
 * How many, or -1. Without a file: gid alone. */
int account_groups(const char *name, gid_t gid, gid_t *list, struct err *err);

#endif
