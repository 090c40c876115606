/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The resource limits of getrlimit(2) by name, and those of another process
 * as /proc/PID/limits shows them to everybody (proc(5)).
 */
#ifndef CTRSH_OPS_LIMITS_LIMITS_H
#define CTRSH_OPS_LIMITS_LIMITS_H

#include <stdbool.h>
#include <sys/resource.h>
#include <sys/types.h>

struct limit {
	const char *name;     /* as in ctrsh's words: nofile */
	const char *constant; /* after RLIMIT_: NOFILE */
	const char *title;    /* in /proc/PID/limits: Max open files */
	int resource;         /* RLIMIT_NOFILE */
	bool bytes;           /* K, M, G can follow the number */
};

extern const struct limit limits[];           /* ends with a NULL name */
extern const char *const limit_names[];       /* the same names, NULL at the end */
const struct limit *limit_find(const char *); /* NULL: no such limit */

/* A number, with K M G T for bytes, or "unlimited"; n: its length. false: it is none. */
bool limit_parse(const struct limit *l, const char *text, size_t n, rlim_t *value);

/* One of them in the text of /proc/PID/limits. false: it isn't there. */
bool limit_in(const char *text, const struct limit *l, struct rlimit *value);

/* The limits of a process. resource: RLIMIT_*. 0 or -1. */
int limit_of(pid_t pid, int resource, struct rlimit *value);

/* A value for people: a number or "unlimited". size: at least 24. */
const char *limit_show(char *buf, size_t size, rlim_t value);

#endif
