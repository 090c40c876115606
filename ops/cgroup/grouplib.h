/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is done through libcgroup: it knows where the hierarchies are mounted,
 * writes values and moves the box. Nothing else includes its header.
 */
#ifndef CTRSH_OPS_CGROUP_GROUPLIB_H
#define CTRSH_OPS_CGROUP_GROUPLIB_H

#include <sys/types.h>

#include "ops/op.h"

/* Reads /proc/cgroups and /proc/mounts, once; ahead of time; or so that a
 * failure is told: 0 or -1. */
void grouplib_prepare(void);
int grouplib_start(struct call *c);

/* Where the controller's hierarchy is mounted. false: it is not. */
bool grouplib_mount(const char *controller, char *dir, unsigned size);

/* Their names, separated by blanks. */
void grouplib_controllers(char *list, unsigned size);

/* A value into a file of the group with this name in the hierarchy of the
 * controller; the process into the group. 0 or -1. */
int grouplib_write(struct call *c, const char *name, const char *controller, const char *file,
		   const char *value);
int grouplib_attach(struct call *c, const char *name, const char *controller, pid_t pid);

#endif
