/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Causes that several ops share. Each looks at the actual state (of the box
 * through /proc, of the host) and fills why and fix of c->err, or leaves them
 * empty when nothing was found. They run in the shell, after a failure. What
 * they read they note as facts.
 */
#ifndef CTRSH_OPS_WHY_DIAGNOSE_H
#define CTRSH_OPS_WHY_DIAGNOSE_H

#include <stdbool.h>

#include "ops/op.h"

/* The value of a line "Key:\tvalue" of the box's /proc/PID/status (proc(5)), in buf. */
bool diagnose_status(struct call *c, const char *key, char *buf, unsigned size);

/* For EPERM: does the box hold the capability (capabilities(7), its name and
 * number), and if it does, what else forbids the call? */
void diagnose_capability(struct call *c, const char *name, int number);

/* Is one of these, which are the box's own, of another user namespace than its own? Then that is
 * the cause, and it is told. */
bool diagnose_owned(struct call *c, unsigned flags);

/* Does the shell, from which the box was forked, hold the capability? */
bool diagnose_we_hold(int number);

/* For ENOSPC of unshare: a limit in /proc/sys/user (namespaces(7)) for one of
 * the namespaces in flags, in the box's user namespace or one above. */
void diagnose_namespace_limits(struct call *c, unsigned flags);

/* What a security module calls the box (attr/current of proc_pid_attr(5)), without the mode
 * of a profile. false: not readable, or none. */
bool diagnose_label(struct call *c, char *buf, unsigned size);

/* For EPERM or EACCES in a user namespace of a plain user: AppArmor takes its
 * capabilities away, or, with EACCES from unshare itself, refuses the namespace
 * (Ubuntu since 23.10). true: found and told. */
bool diagnose_apparmor(struct call *c);

/* The number in a file, -1: there is none. c: NULL where nothing failed. */
long diagnose_number(struct call *c, const char *path);

/* For EAGAIN of fork: pids.max of our group, RLIMIT_NPROC. */
void diagnose_fork(struct call *c);

/* For EACCES of seccomp: what it asks of the box. */
void diagnose_filter(struct call *c);

/* For EMFILE: RLIMIT_NOFILE of the box. */
void diagnose_descriptors(struct call *c);

/* Which part of a path, as the box sees it, is missing, no directory, or not
 * to be searched? true: found and told. */
bool diagnose_path(struct call *c, const char *path);

/* The path that has to be made so that this one is there: where a link on it leads
 * to nothing, what that names. false: it is there, cannot be followed, or only the kernel makes
 * something there (proc(5), sysfs(5)). real: PATH_MAX. */
bool diagnose_absent(struct call *c, const char *path, char *real);

/* Does the ID exist in the box's user namespace? map: uid_map or gid_map. */
bool diagnose_is_mapped(struct call *c, const char *map, unsigned id);

#endif
