/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks at the box that leave a fact behind; for diagnoses. Each does what the
 * function behind its name does.
 */
#ifndef CTRSH_OPS_WHY_DIAGPROBE_H
#define CTRSH_OPS_WHY_DIAGPROBE_H

#include <stdbool.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "ops/files/mountinfo.h"
#include "ops/op.h"

/* Those of the namespaces in mask that the box does not share with the shell. */
unsigned diagnose_own(struct call *c, unsigned mask);

/* Is the box's user namespace another than the first one, whether the box made
 * it or was started in it? */
bool diagnose_in_user_namespace(struct call *c);

/* Is this map of the box's user namespace, uid_map or gid_map, still empty? */
bool diagnose_lacks_map(struct call *c, const char *name);

/* Does the box's user namespace own this namespace of the box (ioctl_nsfs(2))? */
bool diagnose_owns(struct call *c, const char *ns);

/* mountinfo_at, mountinfo_below, box_stat, box_is_mount_point */
int diagnose_mount_at(struct call *c, const char *path, struct mount_entry *e);
int diagnose_mount_below(struct call *c, const struct mount_entry *on, const char *path,
			 struct mount_entry *e);
int diagnose_stat(struct call *c, const char *path, struct stat *st);
bool diagnose_is_mount_point(struct call *c, const char *path);

/* Is the box's root directory another than the shell's, the host's? */
bool diagnose_other_root(struct call *c);

/* limit_of */
int diagnose_limit(struct call *c, int resource, struct rlimit *value);

/* May the box raise a hard limit? It takes CAP_SYS_RESOURCE in the first user namespace. */
bool diagnose_raises_limits(struct call *c);

#endif
