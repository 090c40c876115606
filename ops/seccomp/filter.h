/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The seccomp filter of the programs: from the rules that were collected to
 * the execve that it is loaded for.
 */
#ifndef CTRSH_OPS_SECCOMP_FILTER_H
#define CTRSH_OPS_SECCOMP_FILTER_H

#include <linux/filter.h>
#include <seccomp.h>
#include <stdbool.h>

#include "ops/op.h"

/* Makes the filter that the rules ask for now, if they ask for one. 0 or -1. */
int filter_prepare(struct call *c);

/* The same for programs that will hold these capabilities. */
int filter_prepare_for(struct call *c, uint64_t caps);

/* Rules and filter are no longer for programs to come. */
void filter_forget(void);

/* Compiles to prog, in whose place what it held is released. first: what it
 * allows is left to ctx; or NULL. profile: calls that libseccomp does not know
 * get ENOSYS. pauses: FILTER_PAUSE waits for the listener. 0, or an errno below 0. */
int filter_compile(scmp_filter_ctx first, scmp_filter_ctx ctx, bool profile, bool pauses,
		   struct sock_fprog *prog);

/* The one made last; its len is 0: there is none. */
const struct sock_fprog *filter_made(void);

/* The call that loads it, in buf (for the trace), or "" if there is none. */
const char *filter_text(char *buf, unsigned size);

/* A number that no system call has, for which a filter with a listener stops. */
#define FILTER_PAUSE 0x0effff

/* Loads the filter and executes the program. Does not return when it succeeds;
 * -1 otherwise, and the process is not bound by the filter. */
int filter_execve(struct call *c, const char *path, char **argv);

#endif
