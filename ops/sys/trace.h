/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The record of system calls. Both halves of an op make their calls through
 * sys.h, which hands each finished call to the trace; a line exists only for
 * a call that was made. Beside them goes what an op has to say as its result.
 */
#ifndef CTRSH_OPS_SYS_TRACE_H
#define CTRSH_OPS_SYS_TRACE_H

#include <stdbool.h>

struct trace {
	bool on;
	/* Takes a finished line, without newline. side: "box" or "host". */
	void (*emit)(void *arg, const char *side, const char *line);
	/* Takes a line of a result, without newline. */
	void (*print)(void *arg, const char *line);
	void *arg;
	const char *side;
};

/* A line in this trace, if it is on. */
void trace_line(const struct trace *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A line of the op's result, whether the trace is on or not: it goes to the
 * shell's standard output. At most 1000 bytes; the rest is cut. */
void trace_print(const struct trace *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Names a string as C would, in quotes, control characters escaped, cut with
 * "..." when it does not fit; NULL gives NULL. size: at least 8. */
const char *trace_quote(char *buf, unsigned size, const char *s);

/* The names of the bits in flags, joined by |; bits without a name in hex. */
struct trace_flag {
	unsigned long bit;
	const char *name;
};
const char *trace_flags(char *buf, unsigned size, const struct trace_flag *table,
			unsigned long flags);

#endif
