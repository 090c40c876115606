/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What has to change in groups that are not ours before one of cgroup v2 can
 * stand below them, and how they are put back. All paths are directories
 * below the mount point of the hierarchy.
 */
#ifndef CTRSH_OPS_CGROUP_GROUPTREE_H
#define CTRSH_OPS_CGROUP_GROUPTREE_H

#include "ops/op.h"

/* The group that takes in the processes of its parent: see grouptree_ready. */
#define GROUPTREE_LEAF "ctrsh-shell"

/* The extended attribute that names the controllers that were not distributed
 * before. */
#define GROUPTREE_MARK "user.ctrsh"

/* Is it the root of the hierarchy itself, which may distribute controllers and
 * hold processes at once? (Not the root of a cgroup namespace.) */
bool grouptree_is_root(const char *dir);

/* Did a manager hand it over, for its user to make groups in? (As systemd
 * marks it: the extended attribute "delegate".) */
bool grouptree_is_delegated(const char *dir);

/* Is it part of a threaded subtree, in which a group cannot take processes? */
bool grouptree_is_threaded(const char *dir);

/* Has dir hand the controller to the groups below it, so far as we may: the
 * groups above it, up to top, are told to do so where they do not, and
 * the processes that dir itself holds move to a group of their own below it.
 * Each step is traced, and remembered in the group. 0, or -1 with why and fix. */
int grouptree_ready(struct call *c, const char *top, const char *dir, const char *controller);

/* The same from the other end: if no group of ours is left below dir, all that
 * was changed in it, and in those above it, is changed back. */
void grouptree_restore(const char *dir);

/* For this one group. Nothing is done while a group of a box is below it. */
void grouptree_take_back(const char *dir);

/* Nobody else does either of the two with dir meanwhile. The descriptor is to
 * be closed. */
int grouptree_lock(const char *dir);

#endif
