/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys of sysctl(8): where they are below /proc/sys, and which namespace
 * keeps a value of its own for each.
 */
#ifndef CTRSH_OPS_LIMITS_SYSCTLKEY_H
#define CTRSH_OPS_LIMITS_SYSCTLKEY_H

#include <stdbool.h>
#include <stddef.h>

#include "ops/op.h"

#define SYSCTL_ROOT    "/proc/sys"
#define SYSCTL_KEY_MAX 256

/* The path below /proc/sys of a key in either spelling, a.b.c or a/b/c: the
 * first separator tells which, and in a.b.c a slash stands for a dot
 * (sysctl(8)). false: it is no key, or too long. */
bool sysctl_path(const char *key, char *path, size_t size);

/* A path below /proc/sys as that key is spelled, in place. */
char *sysctl_spelled(const char *key, char *path);

/* The namespace (CLONE_NEW*) that a path belongs to, CHANGES_MACHINE: to none. */
unsigned sysctl_namespace(const char *path);

/* Does the host's /proc/sys, if there is one, have no such key? One of a namespace may be in the
 * box's nevertheless. */
bool sysctl_is_absent(const char *path);

/* Is the file itself another in each namespace? Otherwise there is one file,
 * and the value behind it depends on who writes. */
bool sysctl_has_own_file(const char *path);

/* In the shell, after a failure: why. */
void sysctl_diagnose(struct call *c);

#endif
