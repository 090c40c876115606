/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The control groups on this host that ctrsh could have made or touched.
 */
#ifndef CTRSH_OPS_LEAKS_GROUPS_H
#define CTRSH_OPS_LEAKS_GROUPS_H

#include "ops/facts/items.h"

/* The key is a directory; the value is empty. */
void groups_read(struct items *t);

/* Is it one that ctrsh made for a box, ctrsh-PID-N? Its PID; 0: no. */
int groups_maker(const char *dir);

/* Is it the one that takes in a group's own processes (grouptree.h)? */
bool groups_is_leaf(const char *dir);

/* Is there a process of that number that is a ctrsh? */
bool groups_maker_lives(int pid);

/* Is there a group of a living ctrsh beside it? */
bool groups_has_user(const struct items *all, const char *leaf);

/* The line for a shell that removes it, with what is in it (shline.h). */
char *groups_removal(const char *dir);

#endif
